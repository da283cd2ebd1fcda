import { type Instant, instant } from '@jumun/domain';
import type { PlatformAnswer } from '../ports/data-platform.js';
import type { Delivery } from './delivery.js';
import type { DeliveryPolicy } from './delivery-policy.js';

/** What becomes of a message that was sent. */
export type DeliveryOutcome =
  | { readonly status: 'DELIVERED'; readonly deliveredAt: Instant }
  | { readonly status: 'PENDING'; readonly error: string; readonly nextAttemptAt: Instant }
  | {
      readonly status: 'FAILED';
      readonly error: string;
      /** When it is sent again by itself; null where the platform has refused it, and only an operator can have it sent. */
      readonly nextAttemptAt: Instant | null;
    };

/** As much of what went wrong as is stored. */
const LONGEST_ERROR = 500;

const REQUEST_TIMEOUT = 408;
const TOO_EARLY = 425;
const TOO_MANY_REQUESTS = 429;

/** Whether the platform may answer otherwise another time. */
export function isPassing(answer: PlatformAnswer): boolean {
  if (answer.kind === 'UNREACHABLE') return true;
  const { status } = answer;
  const isOwnFault = status >= 400 && status < 500;
  return !isOwnFault || [REQUEST_TIMEOUT, TOO_EARLY, TOO_MANY_REQUESTS].includes(status);
}

export const isTaken = (answer: PlatformAnswer): boolean =>
  answer.kind === 'ANSWERED' && answer.status >= 200 && answer.status < 300;

/**
 * What becomes of a message whose attempt number `attempts` was answered so. Anything below 300 delivers it. 408, 425 and
 * 429, redirects, 5xx, and no answer at all pass by: it is tried again, later each time, and no sooner than the platform
 * asks for within bounds. Any other 4xx is a refusal that the next attempt would meet too. `chance` is from 0 up to 1.
 */
export function judgeAnswer(
  { attempts }: Pick<Delivery, 'attempts'>,
  answer: PlatformAnswer,
  { now, chance, policy }: { now: Instant; chance: number; policy: DeliveryPolicy },
): DeliveryOutcome {
  if (isTaken(answer)) return { status: 'DELIVERED', deliveredAt: now };
  const error = errorOf(answer).slice(0, LONGEST_ERROR);
  if (!isPassing(answer)) return { status: 'FAILED', error, nextAttemptAt: null };
  const asked = Math.min(pauseAskedFor(answer, now), policy.longestPauseMs);
  const at = (pause: number): Instant => instant(now + Math.round(Math.max(pause, asked)));
  if (attempts >= policy.attempts) {
    return { status: 'FAILED', error, nextAttemptAt: at(policy.resendAfterMs) };
  }
  const pause = policy.firstPauseMs * 2 ** (attempts - 1) * (1 - chance / 2);
  return { status: 'PENDING', error, nextAttemptAt: at(pause) };
}

const errorOf = (answer: PlatformAnswer): string =>
  answer.kind === 'UNREACHABLE' ? answer.reason : `answered ${answer.status}`;

/** Milliseconds from `now` that a Retry-After asks for, as seconds or as a date; 0 without one that can be read. */
function pauseAskedFor(answer: PlatformAnswer, now: Instant): number {
  const asked = answer.kind === 'ANSWERED' ? (answer.retryAfter?.trim() ?? '') : '';
  if (/^\d+$/.test(asked)) return Number(asked) * 1_000;
  // RFC 9110: a date is in one form, and begins with the day of the week.
  const date = /^[A-Z][a-z]{2}, /.test(asked) ? Date.parse(asked) : Number.NaN;
  return Number.isNaN(date) ? 0 : Math.max(0, date - now);
}
