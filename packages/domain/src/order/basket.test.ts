import { describe, expect, it } from '@jest/globals';
import { productId } from '../shared/ids.js';
import { accepted, refused } from '../testing/index.js';
import { Basket, MAX_LINE_QUANTITY, MAX_ORDER_PRODUCTS } from './basket.js';

const wish = (id: number, quantity: number) => ({ productId: productId(id), quantity });
const differentProducts = (count: number) =>
  Array.from({ length: count }, (_, index) => wish(1 + index, 1));

describe('Basket', () => {
  it('holds what was wished for', () => {
    expect(accepted(Basket.of([wish(101, 1)])).items).toEqual([{ productId: 101, quantity: 1 }]);
  });

  it('puts a product named twice into one item, in the place where it was first named', () => {
    expect(accepted(Basket.of([wish(102, 1), wish(101, 2), wish(102, 3)])).items).toEqual([
      { productId: 102, quantity: 4 },
      { productId: 101, quantity: 2 },
    ]);
  });

  it('refuses to be empty', () => {
    expect(refused(Basket.of([]))).toEqual({
      code: 'INVALID_BASKET',
      reason: 'EMPTY',
      productId: null,
    });
  });

  it('takes 50 different products, and refuses 51', () => {
    expect(MAX_ORDER_PRODUCTS).toBe(50);
    expect(accepted(Basket.of(differentProducts(50))).items).toHaveLength(50);
    expect(refused(Basket.of(differentProducts(51)))).toEqual({
      code: 'INVALID_BASKET',
      reason: 'TOO_MANY_PRODUCTS',
      productId: null,
    });
  });

  it('counts products, not wishes', () => {
    const twice = [...differentProducts(50), ...differentProducts(50)];
    expect(accepted(Basket.of(twice)).items).toHaveLength(50);
  });

  it.each([1, MAX_LINE_QUANTITY])('takes %d pieces of a product', (quantity) => {
    expect(accepted(Basket.of([wish(101, quantity)])).items).toEqual([
      { productId: 101, quantity },
    ]);
  });

  it.each([0, -1, 1.5, MAX_LINE_QUANTITY + 1, Number.NaN, Number.POSITIVE_INFINITY])(
    'refuses %d pieces, and names the first product at fault',
    (quantity) => {
      expect(refused(Basket.of([wish(101, 1), wish(102, quantity), wish(103, 0)]))).toEqual({
        code: 'INVALID_BASKET',
        reason: 'QUANTITY_OUT_OF_RANGE',
        productId: 102,
      });
    },
  );

  it('looks at the sum of a product named twice: 999 pieces, and refuses 1,000', () => {
    const half = wish(101, 500);
    expect(accepted(Basket.of([half, wish(101, 499)])).items).toEqual([wish(101, 999)]);
    expect(refused(Basket.of([half, half]))).toEqual({
      code: 'INVALID_BASKET',
      reason: 'QUANTITY_OUT_OF_RANGE',
      productId: 101,
    });
  });

  it('lets no negative wish take pieces away from another', () => {
    expect(Basket.of([wish(101, 5), wish(101, -2)]).isErr()).toBe(true);
  });
});
