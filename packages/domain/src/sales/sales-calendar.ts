import { invariant } from '../shared/invariant.js';
import { type Instant, instant } from '../shared/instant.js';
import type { SalesDay } from './sale.js';

const DAY = 86_400_000;
const MINUTE = 60_000;

/**
 * Which calendar day of the shop an instant falls on. Sales are counted by the days of one time zone, whatever the clock
 * of the machine says. Since 1972 the offsets of all time zones are whole minutes and change on whole minutes (one minute
 * past midnight in Newfoundland), so one look-up serves a minute.
 */
export class SalesCalendar {
  private readonly format: Intl.DateTimeFormat;
  private minute = Number.NaN;
  private dayOfMinute = 0 as SalesDay;

  /** `timeZone` is an IANA name such as `Asia/Seoul`; throws a RangeError when there is no such zone. */
  constructor(readonly timeZone: string) {
    this.format = new Intl.DateTimeFormat('en-CA', {
      timeZone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    });
  }

  dayOf(at: Instant): SalesDay {
    const minute = Math.floor(at / MINUTE);
    if (minute !== this.minute) {
      const digits = this.format.format(at).replaceAll(/\D/g, '');
      invariant(digits.length === 8, `a day of four-digit years: ${digits}`);
      this.dayOfMinute = Number(digits) as SalesDay;
      this.minute = minute;
    }
    return this.dayOfMinute;
  }

  /** The first of the last `days` calendar days up to and including the day of `now`: 3 days on the 17th begin on the 15th. */
  firstOfLastDays(days: number, now: Instant): SalesDay {
    invariant(Number.isSafeInteger(days) && days >= 1, `a number of days: ${days}`);
    const today = this.dayOf(now);
    const midnight = Date.UTC(
      Math.floor(today / 10_000),
      (Math.floor(today / 100) % 100) - 1,
      today % 100,
    );
    const first = new Date(instant(midnight - (days - 1) * DAY));
    return (first.getUTCFullYear() * 10_000 +
      (first.getUTCMonth() + 1) * 100 +
      first.getUTCDate()) as SalesDay;
  }
}
