import type { Instant } from '@jumun/domain';

/** The time of day. */
export interface Clock {
  now(): Instant;
}
