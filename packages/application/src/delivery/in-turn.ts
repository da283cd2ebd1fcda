import type { DeliveryStanding } from '../ports/repositories.js';
import type { Delivery } from './delivery.js';

/** Messages that are due, by whether it is their turn. */
export interface Turns {
  /** Everything before them was delivered. */
  readonly ready: readonly Delivery[];
  /** An earlier message of their order is on its way, or waits for it. */
  readonly behindPending: readonly Delivery[];
  /** An earlier message of their order is FAILED. */
  readonly behindFailed: readonly Delivery[];
}

/**
 * A receiver is told of an order in the order of what happened to it: a message is not sent before every earlier one of its
 * order is DELIVERED, also where that takes an operator. `undelivered` has all messages of these orders that are not; of an
 * order without a later message than its first it may be left out.
 */
export function inTurn(due: readonly Delivery[], undelivered: readonly DeliveryStanding[]): Turns {
  const waiting = Map.groupBy(undelivered, ({ orderId }) => orderId);
  const turnOf = ({ orderId, sequence }: Delivery): keyof Turns => {
    const earlier = waiting.get(orderId)?.filter((each) => each.sequence < sequence) ?? [];
    if (earlier.length === 0) return 'ready';
    return earlier.some(({ status }) => status === 'FAILED') ? 'behindFailed' : 'behindPending';
  };
  const turns = Map.groupBy(due, turnOf);
  return {
    ready: turns.get('ready') ?? [],
    behindPending: turns.get('behindPending') ?? [],
    behindFailed: turns.get('behindFailed') ?? [],
  };
}
