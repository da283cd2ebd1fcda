import { describe, expect, it } from '@jest/globals';
import { MAX_PRICE } from '../catalogue/product.js';
import { percent } from '../coupon/discount-rate.js';
import { InvariantViolation } from '../shared/invariant.js';
import { won } from '../shared/money.js';
import { MAX_LINE_QUANTITY, MAX_ORDER_PRODUCTS } from './basket.js';
import { priceOf } from './pricing.js';

const discounted = (amounts: readonly number[], rate: number) =>
  priceOf(amounts.map(won), percent(rate));

describe('The price of an order', () => {
  it('without a coupon is what its lines cost', () => {
    expect(priceOf([won(25_000), won(45_000)], null)).toEqual({
      subtotal: 70_000,
      discount: 0,
      total: 70_000,
      lineDiscounts: [0, 0],
    });
  });

  it('takes 4,500 off 45,000 won at 10 %: 40,500 to pay (scenario 2)', () => {
    expect(discounted([45_000], 10)).toEqual({
      subtotal: 45_000,
      discount: 4_500,
      total: 40_500,
      lineDiscounts: [4_500],
    });
  });

  it('takes 2,250 off 45,000 won at 5 % (scenario 5)', () => {
    expect(discounted([45_000], 5)).toMatchObject({ discount: 2_250, total: 42_750 });
  });

  it.each([
    [99, 1, 0],
    [100, 1, 1],
    [199, 1, 1],
    [9, 10, 0],
    [10, 10, 1],
    [1, 99, 0],
    [2, 99, 1],
  ])('floors the discount of %d won at %d %% to %d won', (amount, rate, discount) => {
    expect(discounted([amount], rate).discount).toBe(discount);
  });

  it('floors once, over all lines: three lines of 5 won at 10 % are 1 won off, not 0', () => {
    expect(discounted([5, 5, 5], 10)).toEqual({
      subtotal: 15,
      discount: 1,
      total: 14,
      lineDiscounts: [1, 0, 0],
    });
  });

  it('gives the won that is left to the line with the largest remainder', () => {
    // 10 % are 1.2, 0.9 and 1.1 won: 3 won in all, of which the middle line gets the third.
    expect(discounted([12, 9, 11], 10).lineDiscounts).toEqual([1, 1, 1]);
  });

  it('gives it to the earlier line where remainders are equal', () => {
    expect(discounted([15, 15], 10).lineDiscounts).toEqual([2, 1]);
  });

  it('is nothing at 100 %, and then each line is free', () => {
    expect(discounted([25_000, 45_000], 100)).toEqual({
      subtotal: 70_000,
      discount: 70_000,
      total: 0,
      lineDiscounts: [25_000, 45_000],
    });
  });

  it('never discounts a line of 0 won', () => {
    expect(discounted([0, 9, 9], 50).lineDiscounts).toEqual([0, 5, 4]);
  });

  it('is exact for the dearest possible order', () => {
    const line = won(MAX_PRICE * MAX_LINE_QUANTITY);
    const lines = Array.from({ length: MAX_ORDER_PRODUCTS }, () => line);
    expect(priceOf(lines, percent(99))).toMatchObject({
      subtotal: 49_950_000_000_000,
      discount: 49_450_500_000_000,
      total: 499_500_000_000,
    });
  });

  it('throws rather than being off by a won when the amounts are beyond exact arithmetic', () => {
    expect(() => discounted([Number.MAX_SAFE_INTEGER], 99)).toThrow(InvariantViolation);
  });
});
