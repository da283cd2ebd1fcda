import type { Schemas } from '../../api/document.js';

export type Waiting = NonNullable<Schemas['Overview']['deliveries']['waiting']>;

/** Messages that an operator has had sent again, and what else waited when they did. */
export interface Replay {
  readonly requeued: number;
  /** What is not delivered beside them. */
  readonly pendingBeside: number;
  readonly failedBeside: number;
}

/** How far a replay has come; the parts add up to what was requeued. */
export interface ReplayProgress {
  readonly delivered: number;
  readonly waiting: number;
  /** They have failed once more. */
  readonly failed: number;
}

/**
 * A replay of `requeued` messages, of which `failed` counted as FAILED until then. `before` is what waited just before. A message
 * that is not waited for any more was delivered, or has failed again.
 */
export const begunReplay = (requeued: number, failed: number, before: Waiting): Replay => ({
  requeued,
  pendingBeside: before.pending,
  failedBeside: Math.max(0, before.failed - failed),
});

/**
 * How far it has come, by what waits now. Messages of orders that were paid meanwhile look like ours for the moment until they are
 * delivered, so what has come is never taken back.
 */
export function progressOf(
  { requeued, pendingBeside, failedBeside }: Replay,
  now: Waiting,
  before: ReplayProgress | null,
): ReplayProgress {
  const failed = Math.min(requeued, Math.max(0, now.failed - failedBeside));
  const seen = Math.min(requeued - failed, Math.max(0, now.pending - pendingBeside));
  const delivered = Math.max(requeued - failed - seen, before?.delivered ?? 0);
  const kept = Math.min(delivered, requeued - failed);
  return { delivered: kept, failed, waiting: requeued - kept - failed };
}
