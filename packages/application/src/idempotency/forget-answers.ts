import { afterSeconds } from '@jumun/domain';
import type { Clock } from '../ports/clock.js';
import type { UnitOfWork } from '../ports/unit-of-work.js';

/** How long the answer to an idempotency key is kept. */
const RETENTION_SECONDS = 86_400;
const FORGET_AT_ONCE = 1_000;

/** Removes the answers of idempotency keys older than 24 hours; returns how many. */
export async function forgetAnswers(unitOfWork: UnitOfWork, clock: Clock): Promise<number> {
  const before = afterSeconds(clock.now(), -RETENTION_SECONDS);
  let forgotten = 0;
  for (;;) {
    const count = await unitOfWork.run((tx) => tx.idempotency.forget(before, FORGET_AT_ONCE));
    forgotten += count;
    if (count < FORGET_AT_ONCE) return forgotten;
  }
}
