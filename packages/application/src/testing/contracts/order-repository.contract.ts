import { afterSeconds, Order, orderId, paymentId, pieces, productId, won } from '@jumun/domain';
import {
  aCancelledOrder,
  aCompletedOrder,
  aCoupon,
  accepted,
  anExpiredOrder,
  anOrder,
  anyOrder,
  aProduct,
  NOON,
} from '@jumun/domain/testing';
import * as fc from 'fast-check';
import type { Contract, StoreHarness } from './contract.js';
import { repositoryContract } from './repository.contract.js';
import { FAR_FUTURE, HARD_TEXTS, MOST, refundedOrder } from './samples.js';

const hardLines = HARD_TEXTS.map((name, at) => [aProduct({ id: 900 - at, name }), at + 1] as const);
const fiftyLines = Array.from(
  { length: 50 },
  (_, at) => [aProduct({ id: 50 - at, price: at }), 1] as const,
);

/** One line that costs as much as a number can say. */
const dearest = Order.rehydrate({
  ...anOrder({ id: 9, userId: MOST }).toSnapshot(),
  lines: [
    {
      productId: productId(MOST),
      name: 'the dearest',
      unitPrice: won(MOST),
      quantity: pieces(1),
      amount: won(MOST),
      discount: won(1),
    },
  ],
  subtotal: won(MOST),
  discount: won(1),
  total: won(MOST - 1),
  expiresAt: FAR_FUTURE,
});

/** Any orders that the domain can lead to, with ids and payments of their own. */
const anyStates = fc
  .sample(anyOrder(), { numRuns: 60, seed: 26 })
  .map((order, at) => renumbered(order, 10_000 + at));

function renumbered(order: Order, id: number): Order {
  const snapshot = order.toSnapshot();
  const payment = 'payment' in snapshot ? snapshot.payment : null;
  return Order.rehydrate({
    ...snapshot,
    id: orderId(id),
    ...(payment !== null && { payment: { ...payment, id: paymentId(id) } }),
  });
}

const later = afterSeconds(NOON, 300);
const pendingOrder = (id: number) => anOrder({ id, coupon: aCoupon({ userId: 1 }) });

/** What a store owes for orders. It is asked to store no product, coupon or wallet along with them. */
export const orderRepositoryContract: Contract<StoreHarness> = repositoryContract({
  of: (tx) => tx.orders,
  idOf: (order) => order.id,
  nth: (n) => anOrder({ id: n }),
  states: [
    pendingOrder(1),
    aCompletedOrder({ id: 2, paymentId: MOST }),
    aCancelledOrder({ id: 3 }),
    refundedOrder({ id: 4, paymentId: 2004 }),
    anExpiredOrder({ id: 5 }),
    anOrder({ id: 6, items: hardLines, coupon: aCoupon({ userId: 1, discountRate: 33 }) }),
    anOrder({ id: 7, items: fiftyLines }),
    anOrder({ id: 8, coupon: aCoupon({ userId: 1, discountRate: 100 }) }),
    dearest,
    anOrder({ id: MOST }),
    ...anyStates,
  ],
  changes: [
    [
      pendingOrder(1),
      accepted(pendingOrder(1).pay({ paymentId: paymentId(2001), amount: null, now: later })).next,
    ],
    [
      aCompletedOrder({ id: 2, paymentId: 2002 }),
      accepted(aCompletedOrder({ id: 2, paymentId: 2002 }).cancel(later)).next,
    ],
    [pendingOrder(3), accepted(pendingOrder(3).cancel(later)).next],
    [pendingOrder(4), accepted(pendingOrder(4).expire(FAR_FUTURE)).next],
  ],
});
