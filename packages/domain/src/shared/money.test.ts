import { describe, expect, it } from '@jest/globals';
import { InvariantViolation } from './invariant.js';
import { minus, NOTHING, plus, sum, times, won } from './money.js';

describe('Money', () => {
  it.each([0, 1, 25_000, Number.MAX_SAFE_INTEGER])('can be %d won', (amount) => {
    expect(won(amount)).toBe(amount);
  });

  it.each([-1, 0.5, Number.MAX_SAFE_INTEGER + 1, Number.NaN, Number.POSITIVE_INFINITY])(
    'is never %d won',
    (amount) => {
      expect(() => won(amount)).toThrow(InvariantViolation);
    },
  );

  it('adds up', () => {
    expect(plus(won(40_500), won(4_500))).toBe(45_000);
    expect(sum([won(25_000), won(45_000), won(120_000)])).toBe(190_000);
  });

  it('of no amounts at all is nothing', () => {
    expect(sum([])).toBe(NOTHING);
    expect(NOTHING).toBe(0);
  });

  it('leaves the rest when some of it is taken', () => {
    expect(minus(won(50_000), won(25_000))).toBe(25_000);
    expect(minus(won(25_000), won(25_000))).toBe(NOTHING);
  });

  it('refuses to take more than there is', () => {
    expect(() => minus(won(25_000), won(25_001))).toThrow(InvariantViolation);
  });

  it('multiplies by a count', () => {
    expect(times(won(65_000), 150)).toBe(9_750_000);
    expect(times(won(65_000), 0)).toBe(NOTHING);
  });

  it('refuses a product or a sum that is no longer exact', () => {
    expect(() => times(won(Number.MAX_SAFE_INTEGER), 2)).toThrow(InvariantViolation);
    expect(() => plus(won(Number.MAX_SAFE_INTEGER), won(1))).toThrow(InvariantViolation);
  });
});
