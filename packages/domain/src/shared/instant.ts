import type { Brand } from './brand.js';
import { invariant } from './invariant.js';

/** A point in time: whole milliseconds since 1970-01-01T00:00Z. The model is told the time, it never asks for it. */
export type Instant = Brand<number, 'Instant'>;

const LAST_INSTANT = 8_640_000_000_000_000;

/** Throws unless `epochMilliseconds` is an integer that a `Date` can hold. */
export function instant(epochMilliseconds: number): Instant {
  invariant(
    Number.isSafeInteger(epochMilliseconds) && Math.abs(epochMilliseconds) <= LAST_INSTANT,
    `an instant is a whole number of milliseconds: ${epochMilliseconds}`,
  );
  return epochMilliseconds as Instant;
}

/** `seconds` later than `from`; a negative number is earlier. Throws where a `Date` ends. */
export const afterSeconds = (from: Instant, seconds: number): Instant =>
  instant(from + seconds * 1000);

/** `days` of 24 hours later than `from`, whatever the calendar says. */
export const afterDays = (from: Instant, days: number): Instant =>
  afterSeconds(from, days * 86_400);
