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
import type { OrderPlace, OrderPosition, OrderSearch } from '../../ports/queries.js';
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
  {
    sentence: 'finds the orders of all customers, newest first, and goes on where a page ended',
    async check(harness) {
      await place(harness, ...severalCustomers());
      const search = searching(harness, {});
      mustEqual(idsOf(await search(null, 10)), [9, 7, 6, 5, 4, 3, 2, 1], 'all orders');
      const first = await search(null, 3);
      mustEqual(idsOf(first), [9, 7, 6], 'the first page');
      mustEqual(idsOf(await search(first[2] ?? null, 3)), [5, 4, 3], 'the page after it');
      mustEqual(first[1], severalCustomers()[6]?.toSnapshot(), 'an order with its lines');
    },
  },
  {
    sentence: 'finds the orders of one customer by when they were placed, of one status as well',
    async check(harness) {
      await place(harness, ...severalCustomers());
      const search = searching(harness, { userId: userId(2) });
      mustEqual(idsOf(await search(null, 10)), [5, 6, 4, 7], 'the orders of customer 2');
      const first = await search(null, 2);
      mustEqual(idsOf(await search(first[1] ?? null, 2)), [4, 7], 'the second page');
      const pending = searching(harness, { userId: userId(2), status: 'PENDING' });
      mustEqual(idsOf(await pending(null, 10)), [5, 7], 'those that can be paid');
      mustEqual(idsOf(await searching(harness, { userId: userId(3) })(null, 10)), [], 'nobody’s');
    },
  },
  {
    sentence: 'finds the orders of one status, the last to expire first',
    async check(harness) {
      await place(harness, ...severalCustomers());
      const completed = searching(harness, { status: 'COMPLETED' });
      mustEqual(idsOf(await completed(null, 10)), [6, 3, 2], 'the orders that are COMPLETED');
      const first = await completed(null, 2);
      mustEqual(idsOf(await completed(first[1] ?? null, 2)), [2], 'the second page of them');
      const pending = searching(harness, { status: 'PENDING' });
      mustEqual(
        idsOf(await pending(null, 10)),
        [5, 7, 1],
        'the PENDING orders, without the one whose time is over at this very moment',
      );
      mustEqual(
        idsOf(await searching(harness, { status: 'CANCELLED' })(null, 10)),
        [4],
        'cancelled',
      );
    },
  },
];

/** Of customers 1 and 2, at noon and the minutes after it; order 9 has expired just now, and nobody has tidied it up. */
const severalCustomers = (): readonly Order[] => {
  const at = (seconds: number): Instant => afterSeconds(NOON, seconds);
  return [
    anOrder({ id: 1, placedAt: at(0) }),
    aCompletedOrder({ id: 2, placedAt: at(60), paymentId: 2 }),
    aCompletedOrder({ id: 3, placedAt: at(60), paymentId: 3 }),
    aCancelledOrder({ id: 4, placedAt: at(120), userId: 2 }),
    anOrder({ id: 5, placedAt: at(180), userId: 2 }),
    aCompletedOrder({ id: 6, placedAt: at(120), userId: 2, paymentId: 6 }),
    anOrder({ id: 7, placedAt: at(60), userId: 2 }),
    anOrder({ id: 9, placedAt: at(0), holdSeconds: 600 }),
  ];
};

const searching =
  ({ queries }: StoreHarness, search: Partial<OrderSearch>) =>
  (after: OrderPlace | null, limit: number) =>
    queries.orders.search(
      { userId: null, status: null, ...search },
      afterSeconds(NOON, 600),
      after,
      limit,
    );
