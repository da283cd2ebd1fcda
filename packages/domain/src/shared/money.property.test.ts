import { fc, test } from '@fast-check/jest';
import { describe, expect } from '@jest/globals';
import { anyMoney } from '../testing/index.js';
import { minus, plus, sum, times, won } from './money.js';

const isExact = (value: bigint): boolean => value >= 0n && value <= Number.MAX_SAFE_INTEGER;

/** The exact value, or what was thrown: money is right or loud, never approximately right. */
const exactly = (compute: () => number, expected: bigint): void => {
  if (isExact(expected)) expect(BigInt(compute())).toBe(expected);
  else expect(compute).toThrow('whole number of won');
};

const anyAmount = () => anyMoney({ max: Number.MAX_SAFE_INTEGER });

describe('Money', () => {
  test.prop([fc.double()])('takes exactly the whole numbers from 0 to 2^53 − 1', (value) => {
    const isWhole = Number.isInteger(value) && value >= 0 && value < 2 ** 53;
    if (isWhole) expect(won(value)).toBe(value);
    else expect(() => won(value)).toThrow('whole number of won');
  });

  test.prop([anyAmount(), anyAmount()])('adds and subtracts as exact integers do', (a, b) => {
    exactly(() => plus(a, b), BigInt(a) + BigInt(b));
    exactly(() => minus(a, b), BigInt(a) - BigInt(b));
  });

  test.prop([anyAmount(), fc.nat()])('multiplies as exact integers do', (a, factor) => {
    exactly(() => times(a, factor), BigInt(a) * BigInt(factor));
  });

  test.prop([fc.array(anyMoney())])('sums to the same, whatever the order', (amounts) => {
    const exact = amounts.reduce((total, amount) => total + BigInt(amount), 0n);
    expect(BigInt(sum(amounts))).toBe(exact);
    expect(sum(amounts.toReversed())).toBe(sum(amounts));
  });
});
