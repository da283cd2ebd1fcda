import { describe, expect, it } from '@jest/globals';
import { instant } from '../shared/instant.js';
import { InvariantViolation } from '../shared/invariant.js';
import { SalesCalendar } from './sales-calendar.js';

const at = (time: string) => instant(Date.parse(time));

describe('SalesCalendar', () => {
  describe('in Asia/Seoul', () => {
    const calendar = new SalesCalendar('Asia/Seoul');

    it.each([
      ['2024-01-16T23:59:59.999+09:00', 20_240_116],
      ['2024-01-17T00:00:00.000+09:00', 20_240_117],
      ['2024-01-17T23:59:59.999+09:00', 20_240_117],
      ['2024-01-18T00:00:00.000+09:00', 20_240_118],
      ['2024-01-16T15:00:00.000Z', 20_240_117],
    ])('puts %s on %d', (time, day) => {
      expect(calendar.dayOf(at(time))).toBe(day);
    });

    it.each([
      [1, 20_240_117],
      [3, 20_240_115],
      [7, 20_240_111],
      [18, 20_231_231],
    ])('begins the last %d days up to 17 January 2024 on %d (scenario 6)', (days, first) => {
      expect(calendar.firstOfLastDays(days, at('2024-01-17T12:00+09:00'))).toBe(first);
    });

    it('knows 29 February', () => {
      expect(calendar.firstOfLastDays(2, at('2024-03-01T00:00+09:00'))).toBe(20_240_229);
      expect(calendar.firstOfLastDays(2, at('2023-03-01T00:00+09:00'))).toBe(20_230_228);
    });

    it.each([0, -1, 1.5, Number.NaN])('throws at the last %d days', (days) => {
      expect(() => calendar.firstOfLastDays(days, instant(0))).toThrow(InvariantViolation);
    });
  });

  it('goes back by calendar days when the clocks change', () => {
    const newYork = new SalesCalendar('America/New_York');
    expect(newYork.firstOfLastDays(2, at('2024-03-11T00:30-04:00'))).toBe(20_240_310);
    expect(newYork.firstOfLastDays(2, at('2024-11-04T23:30-05:00'))).toBe(20_241_103);
  });

  it('goes back to yesterday when the clocks go back one minute past midnight', () => {
    const newfoundland = new SalesCalendar('America/St_Johns');
    expect(newfoundland.dayOf(at('2010-11-07T00:00:30-02:30'))).toBe(20_101_107);
    expect(newfoundland.dayOf(at('2010-11-06T23:01:30-03:30'))).toBe(20_101_106);
  });

  it('throws when there is no such time zone', () => {
    expect(() => new SalesCalendar('Asia/Pyongchang')).toThrow(RangeError);
  });

  it('throws at a year that has no four digits', () => {
    expect(() => new SalesCalendar('UTC').dayOf(instant(Date.UTC(10_000, 0)))).toThrow(
      InvariantViolation,
    );
  });
});
