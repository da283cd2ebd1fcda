/** How large a rush is. */
export interface RushSize {
  /** How many customers come. */
  readonly customers: number;
  /** How many products they want, the first of the catalogue. */
  readonly products: number;
  /** In what time they come, one after the other. */
  readonly seconds: number;
}

export const USUAL_RUSH: RushSize = { customers: 300, products: 8, seconds: 20 };

export const RUSH_LIMITS = { customers: 2_000, products: 20, seconds: 60 } as const;

/** More of them in a second than this, and the rush takes longer than it was asked to. */
const MOST_PER_SECOND = 100;

/** What becomes of an order that could be placed. */
export type Fate = 'PAY' | 'REFUND' | 'CANCEL' | 'LEAVE';

/** What one customer is going to do. */
export interface RushCustomer {
  readonly userId: number;
  /** After the first customer. */
  readonly comesAfterMs: number;
  /** Which of the products. */
  readonly product: number;
  readonly pieces: number;
  readonly wantsCoupon: boolean;
  /** Who is poor charges too little, and learns by a refusal how much is missing. */
  readonly isPoor: boolean;
  readonly takesAlternative: boolean;
  readonly fate: Fate;
}

/** Ids that no customer is likely to have. */
const FIRST_CUSTOMER = 5_000_000;

/** They come in so many waves, each with another favourite. */
const WAVES = 3;
/** How far down the catalogue the next favourite is. */
const STEP = 2;

/** How long all of them take to come, in milliseconds. */
export const durationMs = ({ customers, seconds }: RushSize): number =>
  Math.max(seconds, customers / MOST_PER_SECOND) * 1_000;

/**
 * Who comes when, and wants what: the same for the same size. What most of them want changes twice, so that rankings move.
 */
export function planRush(size: RushSize): readonly RushCustomer[] {
  const roll = diceOf(size.customers);
  const lasts = durationMs(size);
  return Array.from({ length: size.customers }, (_, at) => {
    const wave = Math.floor((at * WAVES) / size.customers);
    return {
      userId: FIRST_CUSTOMER + at,
      comesAfterMs: (at * lasts) / size.customers,
      product: (wave * STEP + favoured(roll(), size.products)) % size.products,
      pieces: roll() < 0.7 ? 1 : 2,
      wantsCoupon: roll() < 0.6,
      isPoor: roll() < 0.06,
      takesAlternative: roll() < 0.6,
      fate: fateOf(roll()),
    };
  });
}

/** Which products are somebody's favourite: the first of each wave. */
export const favouritesOf = ({ products }: RushSize): ReadonlySet<number> =>
  new Set(Array.from({ length: WAVES }, (_, wave) => (wave * STEP) % products));

/** How many pieces of each product they want altogether. */
export function wishesOf(plan: readonly RushCustomer[], { products }: RushSize): readonly number[] {
  const wishes = Array.from({ length: products }, () => 0);
  for (const { product, pieces } of plan) wishes[product] = (wishes[product] ?? 0) + pieces;
  return wishes;
}

/** The first of `count` is wanted by the most, the second by half as many, the third by a third, ... */
function favoured(chance: number, count: number): number {
  const weights = Array.from({ length: count }, (_, at) => 1 / (at + 1));
  let left = chance * weights.reduce((sum, weight) => sum + weight, 0);
  const found = weights.findIndex((weight) => {
    left -= weight;
    return left < 0;
  });
  return Math.max(0, found);
}

function fateOf(chance: number): Fate {
  if (chance < 0.8) return 'PAY';
  if (chance < 0.87) return 'REFUND';
  return chance < 0.94 ? 'CANCEL' : 'LEAVE';
}

/** Numbers from 0 to 1, always the same ones for a seed (Numerical Recipes' generator). */
function diceOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
