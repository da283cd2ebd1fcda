import { describe, expect, it } from '@jest/globals';
import { quoteOf } from './quote.js';

const PRODUCTS = new Map([
  [101, { price: 25_000 }],
  [102, { price: 45_000 }],
  [901, { price: 333 }],
  [999, null],
]);
const line = (productId: number, quantity = 1) => ({ productId, quantity });

describe('A quote', () => {
  it('is what the scenario pays for a keyboard with ten percent off', () => {
    expect(quoteOf([line(102)], PRODUCTS, 10)).toEqual({
      subtotal: 45_000,
      discount: 4_500,
      total: 40_500,
    });
  });

  it('rounds as the shop does: once, downwards, over all lines', () => {
    expect(quoteOf([line(901), line(101)], PRODUCTS, 7)).toEqual({
      subtotal: 25_333,
      discount: 1_773,
      total: 23_560,
    });
  });

  it('counts pieces, and nothing for what is unknown or no longer sold', () => {
    const lines = [line(101, 3), line(999, 2), line(555)];
    expect(quoteOf(lines, PRODUCTS, null)).toEqual({
      subtotal: 75_000,
      discount: 0,
      total: 75_000,
    });
  });
});
