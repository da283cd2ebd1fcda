import type { Clock } from '@jumun/application';
import { type Instant, instant } from '@jumun/domain';

/** The clock of this machine. */
export class SystemClock implements Clock {
  now(): Instant {
    return instant(Date.now());
  }
}
