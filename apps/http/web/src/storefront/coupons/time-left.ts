/** How long a campaign runs yet: in the unit in which a person would say it. */
export type TimeLeft =
  | { readonly unit: 'always' | 'over' }
  | { readonly unit: 'days' | 'hours' | 'seconds'; readonly count: number };

const HOUR = 3_600;
const DAY = 24 * HOUR;
/** Whatever runs for longer has no end that anybody waits for. */
const ALWAYS = 366 * DAY;

/** What is left until `endsAt` (RFC 3339), at this time of the server (milliseconds since 1970); the last hours by the second. */
export function timeLeft(endsAt: string, serverTime: number): TimeLeft {
  const seconds = Math.ceil((Date.parse(endsAt) - serverTime) / 1_000);
  if (seconds <= 0) return { unit: 'over' };
  if (seconds > ALWAYS) return { unit: 'always' };
  if (seconds > 2 * DAY) return { unit: 'days', count: Math.floor(seconds / DAY) };
  if (seconds > 6 * HOUR) return { unit: 'hours', count: Math.floor(seconds / HOUR) };
  return { unit: 'seconds', count: seconds };
}
