import { fc, test } from '@fast-check/jest';
import { describe, expect } from '@jest/globals';
import { type ProductId, productId } from '../shared/ids.js';
import { Basket, type BasketItem } from './basket.js';

interface Wish {
  readonly productId: ProductId;
  readonly quantity: number;
}

/** Wishes for a handful of products, so that many are named twice. */
const anyWishes = ({ quantity = fc.integer({ min: 1, max: 20 }) } = {}) =>
  fc.array(fc.record({ productId: fc.integer({ min: 1, max: 8 }).map(productId), quantity }), {
    minLength: 1,
    maxLength: 30,
  });

const sumsOf = (wishes: readonly Wish[]): ReadonlyMap<number, number> => {
  const sums = new Map<number, number>();
  for (const wish of wishes) {
    sums.set(wish.productId, (sums.get(wish.productId) ?? 0) + wish.quantity);
  }
  return sums;
};

const itemsOf = (wishes: readonly Wish[]): readonly BasketItem[] =>
  Basket.of(wishes)
    .map(({ items }) => items)
    ._unsafeUnwrap();

const byProduct = (items: readonly BasketItem[]): readonly BasketItem[] =>
  items.toSorted((a, b) => a.productId - b.productId);

describe('Basket', () => {
  test.prop([anyWishes()])(
    'has each product once, with the sum of its wishes, in the order of first mention',
    (wishes) => {
      const expected = [...sumsOf(wishes)];
      expect(itemsOf(wishes).map((item) => [item.productId, item.quantity])).toEqual(expected);
    },
  );

  test.prop([
    anyWishes().chain((wishes) =>
      fc.tuple(fc.constant(wishes), fc.shuffledSubarray(wishes, { minLength: wishes.length })),
    ),
  ])('holds the same, whatever the order of the wishes', ([wishes, shuffled]) => {
    expect(byProduct(itemsOf(shuffled))).toEqual(byProduct(itemsOf(wishes)));
  });

  test.prop([anyWishes()])('put together again is the same basket', (wishes) => {
    expect(itemsOf(itemsOf(wishes))).toEqual(itemsOf(wishes));
  });

  test.prop([
    anyWishes({ quantity: fc.oneof(fc.integer({ min: -1, max: 1_001 }), fc.constantFrom(0.5)) }),
  ])('is refused exactly when a wish or a sum is not 1 to 999 whole pieces', (wishes) => {
    const counts = [...wishes.map(({ quantity }) => quantity), ...sumsOf(wishes).values()];
    const isGood = counts.every((count) => Number.isInteger(count) && count >= 1 && count <= 999);
    expect(Basket.of(wishes).isOk()).toBe(isGood);
  });
});
