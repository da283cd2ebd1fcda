import type { HoldSignal, Lock } from '../../ports/lock.js';

/** A lock whose every hold ends in the middle of its work: the signal aborts, and the next one comes in. */
export class ExpiringLock implements Lock {
  withLock<T>(
    _keys: readonly string[],
    _ttlMs: number,
    work: (signal: HoldSignal) => Promise<T>,
  ): Promise<T> {
    const signal = { aborted: false };
    const result = work(signal);
    signal.aborted = true;
    return result;
  }
}
