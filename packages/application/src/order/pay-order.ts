import {
  type AmountMismatch,
  err,
  type InsufficientBalance,
  type Money,
  ok,
  type OrderId,
  type OrderNotPayable,
  type PaymentId,
  paymentId,
  type SalesCalendar,
  salesOf,
  type UserId,
  walletEntryId,
} from '@jumun/domain';
import type { CommandHandler } from '../batching/command.js';
import { deliveryOf } from '../delivery/order-message.js';
import { couponOf, moveStocks } from './holds.js';

export interface PayOrder {
  readonly userId: UserId;
  readonly orderId: OrderId;
  /** What the customer means to pay, where they said so: it must be the order's total. */
  readonly amount: number | null;
}

/** No such order, or it is somebody else's. */
export interface OrderNotFound {
  readonly code: 'ORDER_NOT_FOUND';
  readonly orderId: OrderId;
}

export interface PaymentView {
  readonly paymentId: PaymentId;
  readonly orderId: OrderId;
  readonly status: 'SUCCESS';
  readonly amount: Money;
  /** What is left in the wallet. */
  readonly balance: Money;
  readonly orderStatus: 'COMPLETED';
}

export type PayOrderRefusal =
  OrderNotFound | OrderNotPayable | AmountMismatch | InsufficientBalance;

/**
 * Takes the total out of the wallet, posts the held stock, uses the coupon, records the sale and has the data platform told.
 * Refusals in this order: not found, not payable, amount mismatch, insufficient balance (and then the order may be paid later).
 */
export const payOrder = (
  calendar: SalesCalendar,
): CommandHandler<PayOrder, PaymentView, PayOrderRefusal> => ({
  name: 'payOrder',
  ids: { payment: 1, walletEntry: 1, delivery: 1 },
  customer: ({ userId }) => userId,

  claim({ orderId }, claims) {
    claims.orders.add(orderId);
  },

  decide({ userId, orderId, amount }, books, now) {
    const order = books.order(orderId);
    if (order?.userId !== userId) return err({ code: 'ORDER_NOT_FOUND', orderId });
    const settled = order.pay({ paymentId: paymentId(books.newId('payment')), amount, now });
    if (settled.isErr()) return err(settled.error);
    const { next, event } = settled.value;
    const paid = books.wallet(userId, now).pay({
      entryId: walletEntryId(books.newId('walletEntry')),
      orderId,
      amount: order.total,
      at: now,
    });
    if (paid.isErr()) return err(paid.error);
    const wallet = paid.value.next;
    const coupon = couponOf(order, books);

    return ok({
      answer: {
        paymentId: event.paymentId,
        orderId,
        status: 'SUCCESS',
        amount: order.total,
        balance: wallet.balance,
        orderStatus: 'COMPLETED',
      },
      changes: {
        orders: [next],
        wallets: [wallet],
        walletEntries: [paid.value.entry],
        coupons: coupon === null ? [] : [coupon.use(orderId, now)],
        stocks: moveStocks(order.lines, books, (stock, quantity) => stock.post(quantity)),
        sales: salesOf(next, calendar.dayOf(now)),
        deliveries: [deliveryOf(event, books)],
      },
    });
  },
});
