import { fc, test } from '@fast-check/jest';
import { describe, expect } from '@jest/globals';
import { anyProduct, anyProductSnapshot, isUntouchedBy } from '../testing/index.js';
import { Product, type ProductSnapshot } from './product.js';

/** Some of the fields of another product, never its id. */
const anyRevision = () =>
  fc
    .record({
      from: anyProductSnapshot(),
      fields: fc.subarray(['name', 'description', 'category', 'price'] as const),
    })
    .map(({ from, fields }) => Object.fromEntries(fields.map((field) => [field, from[field]])));

describe('Product', () => {
  test.prop([anyProductSnapshot()])('survives being stored and read back', (snapshot) => {
    expect(Product.rehydrate(snapshot).toSnapshot()).toStrictEqual({ ...snapshot });
  });

  test.prop([anyProduct(), anyRevision()])('is never changed by a decision', (product, changes) => {
    expect(isUntouchedBy(product, (same) => same.revise(changes))).toBe(true);
  });

  test.prop([anyProduct(), anyRevision()])(
    'has after a revision what was changed, and the rest as it was',
    (product, changes) => {
      const expected: ProductSnapshot = { ...product.toSnapshot(), ...changes };
      expect(product.revise(changes).toSnapshot()).toEqual(expected);
    },
  );
});
