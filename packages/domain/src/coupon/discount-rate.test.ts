import { describe, expect, it } from '@jest/globals';
import { InvariantViolation } from '../shared/invariant.js';
import { percent } from './discount-rate.js';

describe('DiscountRate', () => {
  it.each([1, 10, 100])('can be %d per cent', (rate) => {
    expect(percent(rate)).toBe(rate);
  });

  it.each([0, 101, -10, 12.5, Number.NaN])('is never %d per cent', (rate) => {
    expect(() => percent(rate)).toThrow(InvariantViolation);
  });
});
