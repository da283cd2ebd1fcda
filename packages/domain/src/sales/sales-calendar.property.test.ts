import { fc, test } from '@fast-check/jest';
import { describe, expect } from '@jest/globals';
import { type Instant, instant } from '../shared/instant.js';
import { anyInstant, anyInstantNear } from '../testing/index.js';
import { SalesCalendar } from './sales-calendar.js';

/** Far east and west of Greenwich, with and without summer time, off the hour, and one that skipped a day in 2011. */
const ZONES = [
  'UTC',
  'Asia/Seoul',
  'Asia/Kathmandu',
  'America/New_York',
  'America/St_Johns',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Pacific/Chatham',
];

const anySalesInstant = () => anyInstant({ from: Date.UTC(1972, 1), to: Date.UTC(2099, 0) });

const formats = new Map(
  ZONES.map((timeZone) => {
    const parts = { year: 'numeric', month: 'numeric', day: 'numeric' } as const;
    return [timeZone, new Intl.DateTimeFormat('en-US', { timeZone, ...parts })];
  }),
);

/** The day as Intl says, one look-up for each instant. */
function dayByIntl(timeZone: string, at: Instant): number {
  const [month, day, year] = (formats.get(timeZone)?.format(at) ?? '').split('/').map(Number);
  return (year ?? 0) * 10_000 + (month ?? 0) * 100 + (day ?? 0);
}

/** A moment within the last minute of the day of `start`, where the zone has it. */
function lastMinuteOf(timeZone: string, start: Instant): Instant {
  const today = dayByIntl(timeZone, start);
  let [still, tomorrow] = [0, 26 * 60];
  while (tomorrow - still > 1) {
    const middle = Math.floor((still + tomorrow) / 2);
    if (dayByIntl(timeZone, instant(start + middle * 60_000)) === today) still = middle;
    else tomorrow = middle;
  }
  return instant(start + still * 60_000);
}

/** A zone and some instants: many within a few minutes of each other, as sales are, and of a local midnight. */
const anySales = () =>
  fc
    .record({ timeZone: fc.constantFrom(...ZONES), start: anySalesInstant() })
    .chain(({ timeZone, start }) => {
      const midnight = lastMinuteOf(timeZone, start);
      const within = (minutes: number) =>
        anyInstant({ from: midnight - minutes * 60_000, to: midnight + minutes * 60_000 });
      const times = fc.oneof(within(2), within(40), anyInstantNear(start), anySalesInstant());
      return fc.record({
        timeZone: fc.constant(timeZone),
        times: fc.array(times, { minLength: 1, maxLength: 12 }),
      });
    });

/** The day before, by the rules one learns at school. */
function dayBefore(date: number): number {
  const [year, month, day] = [Math.floor(date / 10_000), Math.floor(date / 100) % 100, date % 100];
  if (day > 1) return date - 1;
  if (month === 1) return (year - 1) * 10_000 + 1231;
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const february = isLeap ? 29 : 28;
  const lengths = [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30];
  return year * 10_000 + (month - 1) * 100 + (lengths[month - 2] ?? 0);
}

describe('SalesCalendar', () => {
  test.prop([anySales()])('puts each instant on the day that Intl says', ({ timeZone, times }) => {
    const calendar = new SalesCalendar(timeZone);
    expect(times.map((at) => calendar.dayOf(at))).toEqual(
      times.map((at) => dayByIntl(timeZone, at)),
    );
  });

  test.prop([fc.constantFrom(...ZONES), anySalesInstant(), fc.integer({ min: 1, max: 800 })])(
    'counts days back as one does on a wall calendar',
    (timeZone, now, days) => {
      const calendar = new SalesCalendar(timeZone);
      let expected: number = calendar.dayOf(now);
      for (let back = 1; back < days; back += 1) expected = dayBefore(expected);
      expect(calendar.firstOfLastDays(days, now)).toBe(expected);
    },
  );
});
