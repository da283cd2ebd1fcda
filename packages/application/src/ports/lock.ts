/** Tells whether the hold has ended before its work did. An `AbortSignal` is one. */
export interface HoldSignal {
  readonly aborted: boolean;
}

/**
 * Mutual exclusion between processes, to shed contention. It is never what makes a result right: row locks, conditional
 * updates and UNIQUE constraints are, so everything also holds with a lock that lets everybody in.
 */
export interface Lock {
  /**
   * Runs `work` while holding every key. Keys are taken in sorted order. The hold ends after `ttlMs` milliseconds even if
   * the work does not; `signal` then aborts. When the keys cannot be had, the work runs without them.
   */
  withLock<T>(
    keys: readonly string[],
    ttlMs: number,
    work: (signal: HoldSignal) => Promise<T>,
  ): Promise<T>;
}
