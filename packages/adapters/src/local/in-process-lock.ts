import type { HoldSignal, Lock } from '@jumun/application';

/** Mutual exclusion within this process, in the order of asking. */
export class InProcessLock implements Lock {
  private readonly tails = new Map<string, Promise<void>>();

  async withLock<T>(
    keys: readonly string[],
    ttlMs: number,
    work: (signal: HoldSignal) => Promise<T>,
  ): Promise<T> {
    const releases: (() => void)[] = [];
    for (const key of [...new Set(keys)].toSorted()) releases.push(await this.acquire(key));
    const release = (): void => {
      for (const each of releases) each();
    };
    const hold = new AbortController();
    const timer = setTimeout(() => {
      hold.abort();
      release();
    }, ttlMs);
    try {
      return await work(hold.signal);
    } finally {
      clearTimeout(timer);
      release();
    }
  }

  private async acquire(key: string): Promise<() => void> {
    const before = this.tails.get(key);
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    this.tails.set(key, released);
    await before;
    return () => {
      release();
      if (this.tails.get(key) === released) this.tails.delete(key);
    };
  }
}
