import { err, ok, type OrderId, type OrderNotDue } from '@jumun/domain';
import type { CommandDesk } from '../batching/command-desk.js';
import type { CommandHandler } from '../batching/command.js';
import type { Clock } from '../ports/clock.js';
import type { DueOrder, OrderQueries } from '../ports/queries.js';
import { voidHolds } from './holds.js';
import type { OrderNotFound } from './pay-order.js';

export interface ExpireOrder {
  readonly orderId: OrderId;
}

/** Tidies up an order that was not paid in time: it is EXPIRED, and its holds are void. */
export const expireOrder: CommandHandler<ExpireOrder, null, OrderNotFound | OrderNotDue> = {
  name: 'expireOrder',
  ids: {},

  claim({ orderId }, claims) {
    claims.orders.add(orderId);
  },

  decide({ orderId }, books, now) {
    const order = books.order(orderId);
    if (order === undefined) return err({ code: 'ORDER_NOT_FOUND', orderId });
    const expired = order.expire(now);
    if (expired.isErr()) return err(expired.error);
    const changes = { orders: [expired.value.next], ...voidHolds(order, books) };
    return ok({ answer: null, changes });
  },
};

/** How many orders are looked up, and submitted together, at a time: well under what the desk's queue holds. */
const SWEEP_SIZE = 100;

/**
 * Expires every order that is due. An order that cannot be expired is skipped, so it holds up no other; the first such
 * fault is thrown once all others are done. Returns how many were expired.
 */
export async function expireOrders(
  desk: CommandDesk,
  queries: OrderQueries,
  clock: Clock,
): Promise<number> {
  const now = clock.now();
  let expired = 0;
  let fault: unknown;
  let after: DueOrder | null = null;
  for (;;) {
    const due: readonly DueOrder[] = await queries.due(now, after, SWEEP_SIZE);
    const outcomes = await Promise.allSettled(
      due.map(({ id }) => desk.submit(expireOrder, { orderId: id })),
    );
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') fault ??= outcome.reason;
      else if (outcome.value.isOk()) expired += 1;
    }
    after = due.at(-1) ?? null;
    if (due.length < SWEEP_SIZE) break;
  }
  if (fault !== undefined) throw new Error('an order could not be expired', { cause: fault });
  return expired;
}
