import { monitorEventLoopDelay, performance } from 'node:perf_hooks';

type DelayHistogram = ReturnType<typeof monitorEventLoopDelay>;

/** How the event loop of this process does. */
export interface LoopFigures {
  /** Milliseconds of work, and of waiting for some, since the process was started. */
  readonly activeMs: number;
  readonly idleMs: number;
  /** How late timers were since it was asked last, in milliseconds; null when it is asked for the first time. */
  readonly lateMs: { readonly mean: number; readonly p99: number; readonly max: number } | null;
}

const RESOLUTION_MS = 10;
const NS_PER_MS = 1e6;
/** Whoever looks asks every second or two. */
const FORGET_AFTER_MS = 30_000;

/** Watches the event loop while somebody asks how it does, and costs nothing while nobody does. */
export class LoopWatch {
  private delay: DelayHistogram | null = null;
  private forgetting: NodeJS.Timeout | undefined;

  read(): LoopFigures {
    const { active, idle } = performance.eventLoopUtilization();
    const lateMs = this.delay === null || this.delay.count === 0 ? null : latenessIn(this.delay);
    this.watchOn();
    return { activeMs: Math.round(active), idleMs: Math.round(idle), lateMs };
  }

  stop(): void {
    clearTimeout(this.forgetting);
    this.delay?.disable();
    this.delay = null;
  }

  private watchOn(): void {
    if (this.delay === null) {
      this.delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
      this.delay.enable();
    }
    this.delay.reset();
    clearTimeout(this.forgetting);
    this.forgetting = setTimeout(() => this.stop(), FORGET_AFTER_MS).unref();
  }
}

/** The histogram measures how long its own timer took, which is right when it is not late at all. */
function latenessIn(delay: DelayHistogram): NonNullable<LoopFigures['lateMs']> {
  const late = (ns: number): number =>
    Math.max(0, Math.round((ns / NS_PER_MS - RESOLUTION_MS) * 10) / 10);
  return { mean: late(delay.mean), p99: late(delay.percentile(99)), max: late(delay.max) };
}
