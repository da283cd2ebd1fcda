import type { Cache } from '@jumun/application';
import { LRUCache } from 'lru-cache';

/** Entries kept at most; the least recently used one goes first. */
const MAX_ENTRIES = 10_000;

/** Up to this part of its time is taken from each entry by chance, so that not all end at once. */
const JITTER = 0.1;

type Value = string | undefined;

/** What a cache in this process has done since it was made. */
export interface InProcessCacheCounts {
  /** Reads of what was kept. */
  readonly hits: number;
  /** Reads that found nothing kept. */
  readonly misses: number;
  /** Loads: what the database was asked; misses at one time share one. */
  readonly loads: number;
}

/** A cache in the memory of this process: enough for one process, and the first layer for many. */
export class InProcessCache implements Cache {
  private readonly entries = new LRUCache<string, string>({
    max: MAX_ENTRIES,
    ttlResolution: 0,
    // The library takes an entry made at 0 for one that never ends.
    perf: { now: () => 1 + performance.now() },
  });
  private readonly loads = new Map<string, Promise<Value>>();
  private hits = 0;
  private misses = 0;
  private loaded = 0;

  read(key: string, ttlMs: number, load: () => Promise<Value>): Promise<Value> {
    const kept = this.entries.get(key);
    if (kept !== undefined) {
      this.hits += 1;
      return Promise.resolve(kept);
    }
    this.misses += 1;
    return this.loads.get(key) ?? this.load(key, ttlMs, load);
  }

  counts(): InProcessCacheCounts {
    const { hits, misses, loaded: loads } = this;
    return { hits, misses, loads };
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
    this.loaded += 1;
    const loading = Promise.resolve().then(load);
    this.loads.set(key, loading);
    const settle = (value: Value): void => {
      if (this.loads.get(key) !== loading) return;
      this.loads.delete(key);
      if (value !== undefined) this.entries.set(key, value, { ttl: lifetimeMs(ttlMs) });
    };
    loading.then(settle, () => settle(undefined));
    return loading;
  }
}

/** At least 1: the library takes 0 for a time that never ends. */
const lifetimeMs = (ttlMs: number): number =>
  Math.max(1, Math.floor(ttlMs * (1 - JITTER * Math.random())));
