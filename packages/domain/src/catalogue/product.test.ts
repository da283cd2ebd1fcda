import { describe, expect, it } from '@jest/globals';
import { InvariantViolation } from '../shared/invariant.js';
import { won } from '../shared/money.js';
import { aProduct } from '../testing/index.js';
import {
  MAX_CATEGORY_LENGTH,
  MAX_DESCRIPTION_LENGTH,
  MAX_NAME_LENGTH,
  MAX_PRICE,
  Product,
} from './product.js';

const text = (length: number): string => '가'.repeat(length);

describe('Product', () => {
  it('is what the customer sees (scenario 1)', () => {
    const product = aProduct({ description: '조용한 클릭' });
    expect(product.toSnapshot()).toEqual({
      id: 101,
      name: '무선 마우스',
      description: '조용한 클릭',
      category: '마우스',
      price: 25_000,
    });
    expect(product).toMatchObject({
      id: 101,
      name: '무선 마우스',
      category: '마우스',
      price: 25_000,
    });
  });

  it.each([
    ['no name', { name: '' }],
    ['a name too long', { name: text(MAX_NAME_LENGTH + 1) }],
    ['no category', { category: '' }],
    ['a category too long', { category: text(MAX_CATEGORY_LENGTH + 1) }],
    ['a description too long', { description: text(MAX_DESCRIPTION_LENGTH + 1) }],
    ['a negative price', { price: -1 }],
    ['half a won', { price: 0.5 }],
    ['a price too high', { price: MAX_PRICE + 1 }],
  ])('throws at %s', (_, broken) => {
    const snapshot = { ...aProduct().toSnapshot(), ...broken } as ReturnType<Product['toSnapshot']>;
    expect(() => Product.rehydrate(snapshot)).toThrow(InvariantViolation);
  });

  it.each([
    ['the longest name', { name: text(MAX_NAME_LENGTH) }],
    ['the longest category', { category: text(MAX_CATEGORY_LENGTH) }],
    ['no description', { description: '' }],
    ['the longest description', { description: text(MAX_DESCRIPTION_LENGTH) }],
    ['no price', { price: 0 }],
    ['the highest price', { price: MAX_PRICE }],
  ])('may have %s', (_, extreme) => {
    expect(aProduct(extreme).toSnapshot()).toMatchObject(extreme);
  });

  describe('when revised', () => {
    it('has what was changed, and the rest as it was', () => {
      const product = aProduct();
      const revised = product.revise({ price: won(19_900) });
      expect(revised.toSnapshot()).toEqual({ ...product.toSnapshot(), price: 19_900 });
      expect(product.price).toBe(25_000);
    });

    it('throws when the change breaks a bound', () => {
      expect(() => aProduct().revise({ name: '' })).toThrow(InvariantViolation);
    });
  });
});
