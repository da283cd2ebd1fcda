import { describe, expect, it } from '@jest/globals';
import { afterDays, afterSeconds, instant } from './instant.js';
import { InvariantViolation } from './invariant.js';

const LAST = 8_640_000_000_000_000;

describe('Instant', () => {
  it.each([0, -1, Date.UTC(2024, 0, 17), LAST, -LAST])('can be %d', (milliseconds) => {
    expect(instant(milliseconds)).toBe(milliseconds);
    expect(new Date(instant(milliseconds)).getTime()).toBe(milliseconds);
  });

  it.each([0.5, LAST + 1, -LAST - 1, Number.NaN, Number.POSITIVE_INFINITY])(
    'is never %d',
    (milliseconds) => {
      expect(() => instant(milliseconds)).toThrow(InvariantViolation);
    },
  );

  it('is moved on by seconds and by days of 24 hours', () => {
    const start = instant(Date.UTC(2024, 1, 28, 23, 59, 30));
    expect(afterSeconds(start, 30)).toBe(Date.UTC(2024, 1, 29));
    expect(afterDays(start, 1)).toBe(Date.UTC(2024, 1, 29, 23, 59, 30));
    expect(afterDays(start, -1)).toBe(Date.UTC(2024, 1, 27, 23, 59, 30));
  });
});
