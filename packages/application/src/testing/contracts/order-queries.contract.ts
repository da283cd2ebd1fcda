import { afterSeconds, type Instant, instant, type Order, orderId, userId } from '@jumun/domain';
import {
  aCancelledOrder,
  aCompletedOrder,
  aCoupon,
  anExpiredOrder,
  anOrder,
  aProduct,
  NOON,
} from '@jumun/domain/testing';
import type { OrderPosition } from '../../ports/queries.js';
import { type Contract, mustEqual, type StoreHarness } from './contract.js';
import { HARD_TEXTS, idsOf, refundedOrder } from './samples.js';

const place = ({ unitOfWork }: StoreHarness, ...orders: readonly Order[]): Promise<void> =>
  unitOfWork.run((tx) => tx.orders.addMany(orders));

const hardLines = HARD_TEXTS.map((name, at) => [aProduct({ id: 900 - at, name }), at + 1] as const);

const ofEveryKind = [
  anOrder({ id: 1, items: hardLines, coupon: aCoupon({ userId: 1, discountRate: 33 }) }),
  aCompletedOrder({ id: 2 }),
  aCancelledOrder({ id: 3 }),
  refundedOrder({ id: 4, paymentId: 2004 }),
  anExpiredOrder({ id: 5 }),
];

/** What reads of orders owe. */
export const orderQueriesContract: Contract<StoreHarness> = [
  {
    sentence: 'finds an order of every kind as it was stored',
    async check(harness) {
      await place(harness, ...ofEveryKind);
      for (const order of ofEveryKind) {
        const found = await harness.queries.orders.find(userId(1), order.id);
        mustEqual(found, order.toSnapshot(), 'the order');
      }
      const listed = await harness.queries.orders.list(userId(1), null, 10);
      mustEqual(
        listed,
        ofEveryKind.toReversed().map((order) => order.toSnapshot()),
        'the orders as they are listed',
      );
    },
  },
  {
    sentence: 'finds no order of another customer',
    async check(harness) {
      await place(harness, anOrder({ id: 1, userId: 1 }));
      mustEqual(await harness.queries.orders.find(userId(2), orderId(1)), undefined, 'the order');
      mustEqual(await harness.queries.orders.find(userId(1), orderId(2)), undefined, 'the order');
      mustEqual(await harness.queries.orders.list(userId(2), null, 10), [], 'the orders');
    },
  },
  {
    sentence:
      'lists orders newest first, those of one moment by id, and goes on where a page ended',
    async check(harness) {
      const at = (seconds: number): Instant => afterSeconds(NOON, seconds);
      await place(
        harness,
        anOrder({ id: 1, placedAt: at(120) }),
        anOrder({ id: 2, placedAt: at(60) }),
        anOrder({ id: 3, placedAt: at(60) }),
        anOrder({ id: 4, placedAt: at(60) }),
        anOrder({ id: 5, placedAt: at(0) }),
        anOrder({ id: 6, placedAt: at(60), userId: 2 }),
      );
      const page = (after: OrderPosition | null, limit: number) =>
        harness.queries.orders.list(userId(1), after, limit);
      mustEqual(idsOf(await page(null, 10)), [1, 4, 3, 2, 5], 'all orders');
      const first = await page(null, 2);
      mustEqual(idsOf(first), [1, 4], 'the first page');
      const second = await page(first[1] ?? null, 2);
      mustEqual(idsOf(second), [3, 2], 'the page after it, in the middle of a moment');
      const third = await page(second[1] ?? null, 2);
      mustEqual(idsOf(third), [5], 'the last page');
      mustEqual(idsOf(await page(third[0] ?? null, 2)), [], 'the page after the last');
      const nowhere = { createdAt: at(90), id: orderId(999) };
      mustEqual(idsOf(await page(nowhere, 2)), [4, 3], 'the page after a place without an order');
    },
  },
  {
    sentence:
      'finds the PENDING orders whose time is over, the longest overdue first, page by page',
    async check(harness) {
      const due = [4, 2, 9, 7].map((id) => anOrder({ id, holdSeconds: 60 }));
      const others = [
        anOrder({ id: 1, holdSeconds: 61 }),
        anOrder({ id: 10, holdSeconds: 59 }),
        aCompletedOrder({ id: 3, holdSeconds: 61 }),
        aCancelledOrder({ id: 5, holdSeconds: 61 }),
        anExpiredOrder({ id: 6, holdSeconds: 60 }),
        refundedOrder({ id: 8, holdSeconds: 61, paymentId: 2008 }),
      ];
      await place(harness, ...due, ...others);
      const time = afterSeconds(NOON, 60);
      const page = async (now: Instant, after: number | null, limit: number) =>
        idsOf(
          await harness.queries.orders.due(
            now,
            after === null ? null : { id: orderId(after), expiresAt: time },
            limit,
          ),
        );
      mustEqual(await page(time, null, 10), [10, 2, 4, 7, 9], 'the orders due at the very moment');
      mustEqual(await page(instant(time - 1), null, 10), [10], 'the orders due just before');
      mustEqual(await page(time, null, 3), [10, 2, 4], 'the first page');
      mustEqual(await page(time, 4, 2), [7, 9], 'the second page');
      mustEqual(await page(time, 9, 2), [], 'the page after the last');
      const later = afterSeconds(NOON, 3_600);
      mustEqual(await page(later, null, 10), [10, 2, 4, 7, 9, 1], 'the orders due an hour later');
    },
  },
];
