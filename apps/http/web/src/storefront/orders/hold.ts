/** How long an order is held yet. */
export interface Hold {
  /** Whole seconds, rounded up: 0 is over. */
  readonly seconds: number;
  /** How much of the time is left, from 1 to 0. */
  readonly share: number;
}

/** What is left of a hold from `createdAt` to `expiresAt` (RFC 3339), at this time of the server (milliseconds since 1970). */
export function holdAt(createdAt: string, expiresAt: string, serverTime: number): Hold {
  const from = Date.parse(createdAt);
  const until = Date.parse(expiresAt);
  // The server's time is known to a fraction of a second: nobody is shown more than they were given.
  const left = Math.min(Math.max(0, until - serverTime), Math.max(0, until - from));
  return { seconds: Math.ceil(left / 1_000), share: until > from ? left / (until - from) : 0 };
}

/** `14:32`, and `1:02:03` when it is more than an hour. */
export function clockFace(seconds: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}:${two(seconds % 60)}`;
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`;
}

/** When what is left is said aloud: at these minutes, so that it is heard in time and not all the time. */
const SAID_AT_MINUTES = [10, 5, 3, 1, 0];

/** The minutes that were said last when so many seconds are left; null: nothing was said yet. */
export const saidMinutes = (seconds: number): number | null =>
  SAID_AT_MINUTES.toReversed().find((minutes) => seconds <= Math.max(30, minutes * 60)) ?? null;
