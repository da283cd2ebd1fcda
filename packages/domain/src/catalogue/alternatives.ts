import type { ProductId } from '../shared/ids.js';
import type { Money } from '../shared/money.js';

/** What the choice of alternatives looks at. */
export interface AlternativeCandidate {
  readonly id: ProductId;
  readonly price: Money;
  /** Pieces that can be ordered now. */
  readonly stock: number;
  /** Pieces sold of late. */
  readonly sold: number;
}

/** A price is near another when it is at least half and at most double of it. */
const isNear = (price: Money, wanted: Money): boolean => price * 2 >= wanted && price <= wanted * 2;

/**
 * Products to offer instead of `wanted`, best first, from candidates of its category: those in stock; near in price
 * before the rest; then the more popular; then the nearer in price; then the lower id. Never the product itself.
 * Source: scenario 3, "similar popular products".
 */
export function rankAlternatives<Candidate extends AlternativeCandidate>(
  wanted: { readonly id: ProductId; readonly price: Money },
  candidates: readonly Candidate[],
): readonly Candidate[] {
  const distance = (price: Money): number => Math.abs(price - wanted.price);
  return candidates
    .filter(({ id, stock }) => id !== wanted.id && stock > 0)
    .toSorted(
      (a, b) =>
        Number(isNear(b.price, wanted.price)) - Number(isNear(a.price, wanted.price)) ||
        b.sold - a.sold ||
        distance(a.price) - distance(b.price) ||
        a.id - b.id,
    );
}
