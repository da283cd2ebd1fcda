import { describe, expect, it } from '@jest/globals';
import { InvariantViolation } from './invariant.js';
import { MAX_QUANTITY, pieces } from './quantity.js';

describe('Quantity', () => {
  it.each([1, 999, MAX_QUANTITY])('can be %d pieces', (count) => {
    expect(pieces(count)).toBe(count);
  });

  it.each([0, -1, 1.5, MAX_QUANTITY + 1, Number.NaN])('is never %d pieces', (count) => {
    expect(() => pieces(count)).toThrow(InvariantViolation);
  });
});
