import { fc, test } from '@fast-check/jest';
import { describe, expect } from '@jest/globals';
import { MAX_PRICE } from '../catalogue/product.js';
import { anyDiscountRate, anyMoney } from '../testing/index.js';
import { MAX_LINE_QUANTITY, MAX_ORDER_PRODUCTS } from './basket.js';
import { priceOf } from './pricing.js';

/** Lines of up to `max` won each, from pennies to the dearest that a basket can hold. */
const anyLines = ({ max = MAX_PRICE * MAX_LINE_QUANTITY } = {}) =>
  fc.array(anyMoney({ max }), { minLength: 1, maxLength: MAX_ORDER_PRODUCTS });

const exactSum = (amounts: readonly number[]): bigint =>
  amounts.reduce((total, amount) => total + BigInt(amount), 0n);

/**
 * The largest remainder method, told naively: hand the discount out won by won, each to the line that is furthest below
 * its exact share (in hundredths of a won), the earlier one where two are equally far.
 */
function handOutWonByWon(amounts: readonly number[], rate: number): readonly number[] {
  const missing = amounts.map((amount) => amount * rate);
  const given = amounts.map(() => 0);
  const discount = Math.floor(missing.reduce((total, share) => total + share, 0) / 100);
  for (let handedOut = 0; handedOut < discount; handedOut += 1) {
    const line = missing.indexOf(Math.max(...missing));
    missing[line] = (missing[line] ?? 0) - 100;
    given[line] = (given[line] ?? 0) + 1;
  }
  return given;
}

describe('The price of an order', () => {
  test.prop([anyLines(), anyDiscountRate()])(
    'is discounted by floor(subtotal × rate / 100), and what is left is to be paid',
    (amounts, rate) => {
      const { subtotal, discount, total } = priceOf(amounts, rate);
      const exactSubtotal = exactSum(amounts);
      const exactDiscount = (exactSubtotal * BigInt(rate)) / 100n;
      expect([BigInt(subtotal), BigInt(discount), BigInt(total)]).toEqual([
        exactSubtotal,
        exactDiscount,
        exactSubtotal - exactDiscount,
      ]);
      expect(total).toBeGreaterThanOrEqual(0);
    },
  );

  test.prop([anyLines(), anyDiscountRate()])(
    'has line discounts that sum to the discount, none more than its line costs',
    (amounts, rate) => {
      const { discount, lineDiscounts } = priceOf(amounts, rate);
      expect(lineDiscounts).toHaveLength(amounts.length);
      expect(exactSum(lineDiscounts)).toBe(BigInt(discount));
      for (const [line, amount] of amounts.entries()) {
        expect(lineDiscounts[line]).toBeLessThanOrEqual(amount);
      }
    },
  );

  test.prop([anyLines(), anyDiscountRate()])(
    'gives each line its exact share, give or take less than one won',
    (amounts, rate) => {
      const { lineDiscounts } = priceOf(amounts, rate);
      for (const [line, amount] of amounts.entries()) {
        const share = BigInt(amount) * BigInt(rate);
        const error = BigInt(lineDiscounts[line] ?? 0) * 100n - share;
        expect(error > -100n && error < 100n).toBe(true);
      }
    },
  );

  test.prop([anyLines({ max: 60 }), anyDiscountRate()])(
    'is spread over the lines as if it were handed out won by won',
    (amounts, rate) => {
      expect(priceOf(amounts, rate).lineDiscounts).toEqual(handOutWonByWon(amounts, rate));
    },
  );

  test.prop([anyLines()])('without a coupon is the sum of the lines', (amounts) => {
    const { subtotal, discount, total, lineDiscounts } = priceOf(amounts, null);
    expect(BigInt(subtotal)).toBe(exactSum(amounts));
    expect({ discount, total }).toEqual({ discount: 0, total: subtotal });
    expect(lineDiscounts).toEqual(amounts.map(() => 0));
  });

  test.prop([anyLines(), fc.option(anyDiscountRate())])('changes no argument', (amounts, rate) => {
    const before = [...amounts];
    priceOf(amounts, rate);
    expect(amounts).toEqual(before);
  });
});
