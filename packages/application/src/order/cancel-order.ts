import {
  err,
  type Instant,
  ok,
  type Order,
  type OrderId,
  type OrderNotCancellable,
  refundedSalesOf,
  type SalesCalendar,
  type UserId,
  walletEntryId,
} from '@jumun/domain';
import type { Books, Changes } from '../batching/books.js';
import type { CommandHandler } from '../batching/command.js';
import { deliveryOf } from '../delivery/order-message.js';
import { moveStocks, releasedCoupon, voidHolds } from './holds.js';
import { type OrderView, orderViewOf } from './order-view.js';
import type { OrderNotFound } from './pay-order.js';

export interface CancelOrder {
  readonly userId: UserId;
  readonly orderId: OrderId;
}

export type CancelOrderRefusal = OrderNotFound | OrderNotCancellable;

/**
 * Calls an order off. An unpaid order's holds are voided. A paid one is undone: its total goes back to the wallet, its
 * pieces to the shelf, its coupon to the customer, its sale is taken out of the statistics of the day it was paid, and the data
 * platform is told.
 */
export const cancelOrder = (
  calendar: SalesCalendar,
): CommandHandler<CancelOrder, OrderView, CancelOrderRefusal> => ({
  name: 'cancelOrder',
  ids: { walletEntry: 1, delivery: 1 },
  customer: ({ userId }) => userId,

  claim({ orderId }, claims) {
    claims.orders.add(orderId);
  },

  decide({ userId, orderId }, books, now) {
    const order = books.order(orderId);
    if (order?.userId !== userId) return err({ code: 'ORDER_NOT_FOUND', orderId });
    const cancelled = order.cancel(now);
    if (cancelled.isErr()) return err(cancelled.error);
    const { next, event } = cancelled.value;
    const snapshot = next.toSnapshot();
    const paidAt = snapshot.status === 'CANCELLED' ? snapshot.payment?.paidAt : undefined;
    return ok({
      answer: orderViewOf(snapshot, now),
      changes: {
        orders: [next],
        ...(paidAt === undefined
          ? voidHolds(order, books)
          : {
              ...refund(order, calendar.dayOf(paidAt), books, now),
              deliveries: [deliveryOf(event, books)],
            }),
      },
    });
  },
});

function refund(
  order: Order,
  day: ReturnType<SalesCalendar['dayOf']>,
  books: Books,
  now: Instant,
): Changes {
  const refunded = books.wallet(order.userId, now).refund({
    entryId: walletEntryId(books.newId('walletEntry')),
    orderId: order.id,
    amount: order.total,
    at: now,
  });
  return {
    wallets: [refunded.next],
    walletEntries: [refunded.entry],
    coupons: releasedCoupon(order, books),
    stocks: moveStocks(order.lines, books, (stock, quantity) => stock.takeBack(quantity)),
    sales: refundedSalesOf(order, day),
  };
}
