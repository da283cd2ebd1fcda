import type { HoldSignal, Lock } from '../../ports/lock.js';

/** A lock that lets everybody in at once. Whatever is right only with a real lock goes wrong with this one. */
export class NeverLock implements Lock {
  withLock<T>(
    _keys: readonly string[],
    _ttlMs: number,
    work: (signal: HoldSignal) => Promise<T>,
  ): Promise<T> {
    return work({ aborted: false });
  }
}
