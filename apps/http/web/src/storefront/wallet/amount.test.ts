import { describe, expect, it } from '@jest/globals';
import { typedAmount } from './amount.js';

describe('An amount that a person types', () => {
  it.each([
    ['50000', 50_000],
    ['50,000', 50_000],
    [' 110,000원 ', 110_000],
    ['₩1', 1],
    ['10,000,000', 10_000_000],
  ])('%s is %s won', (text, amount) => {
    expect(typedAmount(text)).toBe(amount);
  });

  it.each(['', '0', '-5', '1.5', '10,000,001', 'all', '1e5', '99999999999999999999'])(
    '%s is none that can be charged',
    (text) => {
      expect(typedAmount(text)).toBeNull();
    },
  );
});
