import { type Instant, instant } from '@jumun/domain';
import type { Clock } from '../ports/clock.js';
import type { UnitOfWork } from '../ports/unit-of-work.js';
import type { Delivery } from './delivery.js';
import type { DeliveryPolicy } from './delivery-policy.js';
import { inTurn } from './in-turn.js';

/** How many messages are wanted. */
export interface DeliveryWish {
  /** Of those that wait for their next attempt. */
  readonly pending: number;
  /** Of those that are FAILED and may be sent again. */
  readonly failed: number;
  /** FAILED ones are wanted whose next attempt is due then: now, or earlier than they thought. */
  readonly failedBy: Instant;
}

/** What was claimed, and whether there may be more. */
export interface ClaimedDeliveries {
  /** Each with the attempt counted that is to be made now. */
  readonly deliveries: readonly Delivery[];
  readonly isMore: boolean;
}

/**
 * Takes messages that are due, for who calls and nobody else until the lease ends. The attempt is counted here, before it is
 * made: its number is what the outcome is written down under, so a message that was taken over by somebody else in the
 * meantime cannot be settled by who had it first. Messages that are behind an earlier one of their order are put off; they
 * come back when that is delivered, and by themselves after a while.
 */
export function claimDeliveries(
  { unitOfWork, clock }: { readonly unitOfWork: UnitOfWork; readonly clock: Clock },
  policy: Pick<DeliveryPolicy, 'leaseMs' | 'waitBehindFailedMs'>,
  { pending, failed, failedBy }: DeliveryWish,
): Promise<ClaimedDeliveries> {
  return unitOfWork.run(async ({ deliveries }) => {
    const now = clock.now();
    const [waiting, unlucky] = await Promise.all([
      deliveries.lockDue('PENDING', now, pending),
      deliveries.lockDue('FAILED', failedBy, failed),
    ]);
    const due = [...waiting, ...unlucky];
    const followers = due.filter(({ sequence }) => sequence > 1);
    const undelivered = await deliveries.findUndelivered(followers.map(({ orderId }) => orderId));
    const { ready, behindPending, behindFailed } = inTurn(due, undelivered);
    const until = instant(now + policy.leaseMs);
    await Promise.all([
      deliveries.lease(idsOf(ready), until),
      deliveries.postpone(idsOf(behindPending), until),
      deliveries.postpone(idsOf(behindFailed), instant(now + policy.waitBehindFailedMs)),
    ]);
    const leased = { status: 'PENDING', nextAttemptAt: until } as const;
    return {
      deliveries: ready.map((each) => ({ ...each, ...leased, attempts: each.attempts + 1 })),
      isMore: waiting.length === pending || (failed > 0 && unlucky.length === failed),
    };
  });
}

const idsOf = (deliveries: readonly Delivery[]) => deliveries.map(({ id }) => id);
