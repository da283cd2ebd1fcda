import type { DiscountRate } from '../coupon/discount-rate.js';
import { minus, type Money, NOTHING, plus, sum, times, won } from '../shared/money.js';

/** What an order costs, and how its discount is spread over the lines. */
export interface Price {
  /** What the lines cost without a discount. */
  readonly subtotal: Money;
  /** What the coupon takes off, over all lines. */
  readonly discount: Money;
  /** What is to be paid: subtotal − discount. */
  readonly total: Money;
  /** Each line's share of the discount, in the order of the lines. */
  readonly lineDiscounts: readonly Money[];
}

/**
 * The one place where Jumun rounds. A percentage of the subtotal is floored to the won, and spread over the lines by the
 * largest remainder: each line first gets its own percentage floored, then the won that are left go one each to the lines
 * with the largest remainders, the earlier line first where they are equal. No line is discounted by more than it costs.
 */
export function priceOf(lineAmounts: readonly Money[], rate: DiscountRate | null): Price {
  const subtotal = sum(lineAmounts);
  if (rate === null) {
    const lineDiscounts = lineAmounts.map(() => NOTHING);
    return { subtotal, discount: NOTHING, total: subtotal, lineDiscounts };
  }
  const discount = percentageOf(subtotal, rate);
  const lineDiscounts = lineAmounts.map((amount) => percentageOf(amount, rate));
  const byRemainder = lineAmounts
    .map((amount, line) => ({ line, remainder: (amount * rate) % 100 }))
    .toSorted((a, b) => b.remainder - a.remainder || a.line - b.line);
  const left = minus(discount, sum(lineDiscounts));
  for (const { line } of byRemainder.slice(0, left)) {
    lineDiscounts[line] = plus(lineDiscounts[line] ?? NOTHING, won(1));
  }
  return { subtotal, discount, total: minus(subtotal, discount), lineDiscounts };
}

const percentageOf = (amount: Money, rate: DiscountRate): Money =>
  won(Math.floor(times(amount, rate) / 100));
