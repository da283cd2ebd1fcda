import type { HoldSignal, Lock } from '../../ports/lock.js';

/** Tells when a span of time is over. */
export interface Timer {
  elapsed(milliseconds: number): Promise<void>;
}

/** Mutual exclusion in this process, first come, first served. A hold ends with its work or with its time. */
export class InMemoryLock implements Lock {
  /** By key, when the last one in line will be done with it. */
  private readonly lines = new Map<string, Promise<void>>();

  constructor(private readonly timer: Timer) {}

  async withLock<T>(
    keys: readonly string[],
    ttlMs: number,
    work: (signal: HoldSignal) => Promise<T>,
  ): Promise<T> {
    const signal = { aborted: false };
    const releases: (() => void)[] = [];
    const release = (): void => {
      for (const done of releases) done();
    };
    for (const key of [...new Set(keys)].toSorted()) releases.push(await this.take(key));
    const end = (): void => {
      signal.aborted = true;
      release();
    };
    this.timer.elapsed(ttlMs).then(end, end);
    try {
      return await work(signal);
    } finally {
      release();
    }
  }

  /** Resolves when it is this caller's turn, with how to end it. */
  private async take(key: string): Promise<() => void> {
    const before = this.lines.get(key);
    let end = (): void => {};
    const done = new Promise<void>((resolve) => {
      end = resolve;
    });
    this.lines.set(key, done);
    await before;
    return () => {
      if (this.lines.get(key) === done) this.lines.delete(key);
      end();
    };
  }
}
