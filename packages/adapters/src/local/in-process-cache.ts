import type { Cache } from '@jumun/application';
import { LRUCache } from 'lru-cache';

/** Entries kept at most; the least recently used one goes first. */
const MAX_ENTRIES = 10_000;

type Value = string | undefined;

/** A cache in the memory of this process: enough for one process, and the first layer for many. */
export class InProcessCache implements Cache {
  private readonly entries = new LRUCache<string, string>({
    max: MAX_ENTRIES,
    ttlResolution: 0,
    // The library takes an entry made at 0 for one that never ends.
    perf: { now: () => 1 + performance.now() },
  });
  private readonly loads = new Map<string, Promise<Value>>();

  read(key: string, ttlMs: number, load: () => Promise<Value>): Promise<Value> {
    const kept = this.entries.get(key);
    if (kept !== undefined) return Promise.resolve(kept);
    return this.loads.get(key) ?? this.load(key, ttlMs, load);
  }

  /** A load that is under way goes on for those who wait for it, but nobody else will hear of it. */
  invalidate(keys: readonly string[]): Promise<void> {
    for (const key of keys) {
      this.entries.delete(key);
      this.loads.delete(key);
    }
    return Promise.resolve();
  }

  private load(key: string, ttlMs: number, load: () => Promise<Value>): Promise<Value> {
    const loading = Promise.resolve().then(load);
    this.loads.set(key, loading);
    const settle = (value: Value): void => {
      if (this.loads.get(key) !== loading) return;
      this.loads.delete(key);
      if (value !== undefined) this.entries.set(key, value, { ttl: ttlMs });
    };
    loading.then(settle, () => settle(undefined));
    return loading;
  }
}
