import { type Instant, instant } from '@jumun/domain';
import type { Clock } from '../../ports/clock.js';

interface Sleeper {
  readonly until: number;
  readonly wake: () => void;
}

/** A clock that stands still until it is set. */
export class ManualClock implements Clock {
  private sleepers: readonly Sleeper[] = [];

  constructor(private time: Instant) {}

  now(): Instant {
    return this.time;
  }

  /** Sets the time, and wakes whoever waited for it. */
  set(time: Instant): void {
    this.time = time;
    const awake = this.sleepers.filter(({ until }) => until <= time);
    this.sleepers = this.sleepers.filter(({ until }) => until > time);
    for (const { wake } of awake) wake();
  }

  advance(milliseconds: number): void {
    this.set(instant(this.time + milliseconds));
  }

  /** Resolves once the clock was set to `milliseconds` from now, or later. */
  elapsed(milliseconds: number): Promise<void> {
    return new Promise((wake) => {
      this.sleepers = [...this.sleepers, { until: this.time + milliseconds, wake }];
    });
  }
}
