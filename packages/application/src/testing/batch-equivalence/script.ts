import * as fc from 'fast-check';
import type { Arbitrary } from 'fast-check';

/**
 * A thing by its place in line. Lines go round: in a line of two, place 2 is place 0 again. `NOWHERE` is a thing that does
 * not exist, or belongs to somebody else.
 */
export type Place = number | 'NOWHERE';

/** What somebody does. Orders and coupons are named by their places among the customer's own. */
export type Act =
  | { readonly does: 'charge'; readonly user: number; readonly amount: number }
  | {
      readonly does: 'place';
      readonly user: number;
      readonly items: readonly { readonly product: Place; readonly quantity: number }[];
      /** Without any coupon of their own, a customer uses none. */
      readonly coupon: Place | null;
    }
  | {
      readonly does: 'pay';
      readonly user: number;
      readonly order: Place;
      readonly amount: number | null;
    }
  | { readonly does: 'cancel'; readonly user: number; readonly order: Place }
  | { readonly does: 'expire'; readonly user: number; readonly order: Place }
  | {
      readonly does: 'restock';
      readonly user: number;
      readonly product: Place;
      readonly quantity: number;
    }
  | { readonly does: 'issue'; readonly user: number; readonly campaign: Place }
  | {
      readonly does: 'grow';
      readonly user: number;
      readonly campaign: Place;
      readonly quantity: number;
    }
  | { readonly does: 'end'; readonly user: number; readonly campaign: Place };

export interface Step {
  readonly act: Act;
  /** The idempotency key, where one is used. */
  readonly key: string | null;
}

/** What a shop has, what happened there before, and what is then asked of it at once. */
export interface Script {
  readonly products: readonly { readonly price: number; readonly stock: number }[];
  readonly campaigns: readonly { readonly discountRate: number; readonly totalQuantity: number }[];
  /** What each customer charges first. */
  readonly charges: readonly number[];
  readonly before: readonly Step[];
  /** How long after all that the batch comes. Orders are held for 900 seconds. */
  readonly secondsLater: number;
  readonly batch: readonly Step[];
}

export const USERS = 3;
const PRODUCTS = 3;
const CAMPAIGNS = 2;
export const KEYS: readonly string[] = ['key-1', 'key-2', 'key-3'];

const below = (count: number): Arbitrary<number> => fc.nat({ max: count - 1 });

/** Mostly a thing that is there. */
const placeAmong = (count: number): Arbitrary<Place> =>
  fc.oneof(
    { weight: 9, arbitrary: below(count) },
    { weight: 1, arbitrary: fc.constant('NOWHERE' as const) },
  );

const user = below(USERS);
const order = placeAmong(4);
const product = placeAmong(PRODUCTS);
const campaign = placeAmong(CAMPAIGNS);
const quantity = fc.oneof({ weight: 3, arbitrary: fc.constant(1) }, fc.integer({ min: 2, max: 4 }));

const anyPlacing: Arbitrary<Act> = fc.record({
  does: fc.constant('place'),
  user,
  items: fc.array(fc.record({ product, quantity }), { minLength: 1, maxLength: 2 }),
  coupon: fc.option(placeAmong(2), { nil: null, freq: 2 }),
});

const anyPayment: Arbitrary<Act> = fc.record({
  does: fc.constant('pay'),
  user,
  order,
  amount: fc.oneof({ weight: 6, arbitrary: fc.constant(null) }, fc.constantFrom(1, 10_000)),
});

const anyCharge: Arbitrary<Act> = fc.record({
  does: fc.constant('charge'),
  user,
  amount: fc.constantFrom(0, 1, 10_000, 25_000, 10_000_000, 10_000_001),
});

const anyIssue: Arbitrary<Act> = fc.record({ does: fc.constant('issue'), user, campaign });

const anyAct: Arbitrary<Act> = fc.oneof(
  { weight: 4, arbitrary: anyPlacing },
  { weight: 4, arbitrary: anyPayment },
  { weight: 1, arbitrary: anyCharge },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('cancel'), user, order }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('expire'), user, order }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('restock'), user, product, quantity }) },
  { weight: 2, arbitrary: anyIssue },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('grow'), user, campaign, quantity }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('end'), user, campaign }) },
);

const anyKey = fc.oneof(
  { weight: 2, arbitrary: fc.constant(null) },
  { weight: 1, arbitrary: fc.constantFrom(...KEYS) },
);

/** Steps, some of which are an earlier one again, to the letter. */
const anySteps = (minLength: number, maxLength: number): Arbitrary<readonly Step[]> =>
  fc
    .array(
      fc.record({
        step: fc.record({ act: anyAct, key: anyKey }),
        again: fc.option(fc.nat({ max: maxLength }), { freq: 4 }),
      }),
      { minLength, maxLength },
    )
    .map((drawn) =>
      drawn.map(({ step, again }, at) => {
        const repeated = again === null || at === 0 ? undefined : drawn[again % at];
        return repeated?.step ?? step;
      }),
    );

/** Coupons and orders enough for something to be paid, cancelled or expired, and then whatever else. */
const anyPast = (): Arbitrary<readonly Step[]> =>
  fc
    .tuple(
      fc.array(anyIssue, { minLength: 2, maxLength: 4 }),
      fc.array(anyPlacing, { minLength: 5, maxLength: 8 }),
      fc.array(anyPayment, { minLength: 0, maxLength: 3 }),
      anySteps(0, 6),
    )
    .map(([issues, placings, payments, steps]) => [
      ...[...issues, ...placings, ...payments].map((act) => ({ act, key: null })),
      ...steps,
    ]);

/** Any script with few customers, few products and few coupons, so that they get in each other's way. */
export const anyScript = (): Arbitrary<Script> =>
  fc.record({
    products: fc.array(
      fc.record({ price: fc.constantFrom(0, 333, 10_000), stock: fc.integer({ min: 1, max: 20 }) }),
      { minLength: PRODUCTS, maxLength: PRODUCTS },
    ),
    campaigns: fc.array(
      fc.record({
        discountRate: fc.constantFrom(10, 33, 100),
        totalQuantity: fc.integer({ min: 1, max: 3 }),
      }),
      { minLength: CAMPAIGNS, maxLength: CAMPAIGNS },
    ),
    charges: fc.array(fc.constantFrom(10_000, 50_000, 1_000_000), {
      minLength: USERS,
      maxLength: USERS,
    }),
    before: anyPast(),
    secondsLater: fc.constantFrom(0, 899, 900, 901),
    batch: anySteps(4, 14),
  });
