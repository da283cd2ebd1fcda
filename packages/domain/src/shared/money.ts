import type { Brand } from './brand.js';
import { invariant } from './invariant.js';

/** An amount in won: a safe integer, zero or more. Won has no smaller unit, so there is nothing to round. */
export type Money = Brand<number, 'Money'>;

/** `amount` won. Throws when it is negative, fractional or beyond the safe integers. */
export function won(amount: number): Money {
  invariant(
    Number.isSafeInteger(amount) && amount >= 0,
    `an amount is a whole number of won: ${amount}`,
  );
  return amount as Money;
}

/** 0 won. */
export const NOTHING: Money = won(0);

/** Both together. Throws beyond the safe integers, as all sums of money do. */
export const plus = (a: Money, b: Money): Money => won(a + b);

/** What is left of `a` after `b` was taken; throws when `b` is more. */
export const minus = (a: Money, b: Money): Money => won(a - b);

/** `factor` times as much: a whole number, such as pieces or per cent. */
export const times = (a: Money, factor: number): Money => won(a * factor);

/** All of them together; 0 won when there are none. */
export const sum = (amounts: readonly Money[]): Money => amounts.reduce(plus, NOTHING);
