import type { Clock } from '../ports/clock.js';
import type { DeliveryProgress } from '../ports/repositories.js';
import type { UnitOfWork } from '../ports/unit-of-work.js';
import type { Delivery } from './delivery.js';
import type { DeliveryOutcome } from './judge-answer.js';

/** What came of an attempt. */
export interface Settlement {
  /** As it was claimed: its `attempts` is the number of the attempt. */
  readonly delivery: Delivery;
  readonly outcome: DeliveryOutcome;
}

/**
 * Writes down what came of these attempts. Of each, in their order: whether that was still its caller's to say. Where
 * another attempt was counted since, or the message was settled by somebody else, nothing is changed.
 */
export function settleDeliveries(
  { unitOfWork, clock }: { readonly unitOfWork: UnitOfWork; readonly clock: Clock },
  settlements: readonly Settlement[],
): Promise<readonly boolean[]> {
  return unitOfWork.run(async ({ deliveries }) => {
    const held = await deliveries.lockMany(settlements.map(({ delivery }) => delivery.id));
    const isOurs = ({ delivery: { id, attempts } }: Settlement): boolean => {
      const found = held.get(id);
      return found?.status === 'PENDING' && found.attempts === attempts;
    };
    const ours = settlements.filter(isOurs);
    const delivered = ours.filter(({ outcome }) => outcome.status === 'DELIVERED');
    await Promise.all([
      deliveries.saveMany(ours.map(progressOf)),
      deliveries.release(
        delivered.map(({ delivery }) => delivery.orderId),
        clock.now(),
      ),
    ]);
    return settlements.map(isOurs);
  });
}

function progressOf({ delivery: { id }, outcome }: Settlement): DeliveryProgress {
  if (outcome.status === 'DELIVERED') {
    const { status, deliveredAt } = outcome;
    return { id, status, lastError: null, nextAttemptAt: null, deliveredAt };
  }
  const { status, error, nextAttemptAt } = outcome;
  return { id, status, lastError: error, nextAttemptAt, deliveredAt: null };
}
