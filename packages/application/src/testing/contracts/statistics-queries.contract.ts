import { afterSeconds, type Order, type OrderId, orderId, salesOf } from '@jumun/domain';
import {
  aCancelledOrder,
  aCompletedOrder,
  aCoupon,
  aReservedCoupon,
  anExpiredOrder,
  anOrder,
  BLUETOOTH_KEYBOARD,
  GAMING_MOUSE,
  NOON,
  WIRELESS_MOUSE,
} from '@jumun/domain/testing';
import type { SalesMoment, SoldOrder } from '../../ports/statistics.js';
import { type Contract, mustEqual, type StoreHarness } from './contract.js';
import { aSale, aSum, countSales, MOST, refundedOrder, salesDay } from './samples.js';

const DAY = salesDay(20_240_117);

/** All that `moment` shows as sold, two orders at a time, and how many pages that took. */
async function allSold(
  moment: SalesMoment,
): Promise<readonly [orders: SoldOrder[], pages: number]> {
  const orders: SoldOrder[] = [];
  let after: OrderId | null = null;
  for (let pages = 0; ; pages += 1) {
    const page: Awaited<ReturnType<SalesMoment['sold']>> = await moment.sold(after, 2);
    if (page.last === null) return [orders, pages];
    orders.push(...page.orders);
    after = page.last;
  }
}

const everyStatus = (): readonly Order[] => [
  anOrder({ id: 1 }),
  aCompletedOrder({
    id: 2,
    paymentId: 2,
    coupon: aReservedCoupon({ id: 1, orderId: 2 }),
    items: [
      [WIRELESS_MOUSE, 3],
      [BLUETOOTH_KEYBOARD, 1],
    ],
  }),
  refundedOrder({ id: 3, paymentId: 3 }),
  aCancelledOrder({ id: 4 }),
  anExpiredOrder({ id: 5, coupon: aCoupon({ id: 2 }) }),
  aCompletedOrder({
    id: MOST,
    paymentId: 4,
    placedAt: afterSeconds(NOON, 3_600),
    items: [[GAMING_MOUSE, 1]],
  }),
];

/** What reads for the statistics owe. */
export const statisticsQueriesContract: Contract<StoreHarness> = [
  {
    sentence:
      'shows what COMPLETED orders have sold after the discount, page by page, and no other',
    async check({ unitOfWork, queries }) {
      await unitOfWork.run((tx) => tx.orders.addMany(everyStatus()));
      const [orders, pages] = await queries.statistics.atOneMoment(allSold);
      mustEqual(pages, 3, 'pages of two orders each');
      mustEqual(
        orders,
        [
          {
            id: 2,
            paidAt: afterSeconds(NOON, 60),
            lines: [
              { productId: 101, quantity: 3, revenue: 67_500 },
              { productId: 102, quantity: 1, revenue: 40_500 },
            ],
          },
          {
            id: MOST,
            paidAt: afterSeconds(NOON, 3_660),
            lines: [{ productId: 103, quantity: 1, revenue: 65_000 }],
          },
        ],
        'what was sold',
      );
    },
  },
  {
    sentence: 'shows the records of a range of orders that were not counted, and no other',
    async check({ unitOfWork, queries }) {
      const append = (...orders: readonly number[]): Promise<void> =>
        unitOfWork.run((tx) => tx.sales.append(orders.map((order) => aSale({ order }))));
      await append(1, 4, 5);
      await countSales(unitOfWork);
      await append(2, 3, 6, 7);
      const uncounted = (after: number | null, last: number): Promise<readonly number[]> =>
        queries.statistics.atOneMoment(async (moment) => {
          const from = after === null ? null : orderId(after);
          const sales = await moment.uncounted(from, orderId(last));
          return sales.map((sale) => sale.orderId).toSorted((a, b) => a - b);
        });
      mustEqual(await uncounted(null, 3), [2, 3], 'up to 3');
      mustEqual(await uncounted(3, 6), [6], 'after 3, up to 6');
      mustEqual(await uncounted(7, MOST), [], 'after 7');
    },
  },
  {
    sentence: 'shows the sums by day, and which days have any',
    async check({ unitOfWork, queries }) {
      const sums = [
        aSum({ day: 20_231_231, product: 102 }),
        aSum({ product: 101 }),
        aSum({ product: 103, quantity: 0, revenue: 0 }),
      ];
      await unitOfWork.run(({ statistics }) => statistics.addDaily(sums));
      const { statistics } = queries;
      mustEqual(new Set(await statistics.daily(DAY)), new Set(sums.slice(1)), 'of the 17th');
      mustEqual(await statistics.daily(salesDay(20_240_116)), [], 'of the 16th');
      await statistics.atOneMoment(async (moment) => {
        mustEqual(await moment.days(), [20_231_231, 20_240_117], 'the days');
        mustEqual(await moment.daily(salesDay(20_231_231)), sums.slice(0, 1), 'of the last year');
      });
    },
  },
  {
    sentence: 'shows one moment, whatever is sold and counted while somebody looks at it',
    async check({ unitOfWork, rival, queries }) {
      const first = aCompletedOrder({ id: 1, paymentId: 1 });
      const second = aCompletedOrder({ id: 2, paymentId: 2 });
      const sell = async (order: Order): Promise<void> =>
        rival.run(async (tx) => {
          await tx.orders.addMany([order]);
          await tx.sales.append(salesOf(order, DAY));
        });
      await sell(first);
      const [before, seen] = await queries.statistics.atOneMoment(async (moment) => {
        const all = async (): Promise<unknown> => ({
          orders: (await moment.sold(null, 10)).orders.map(({ id }) => id),
          uncounted: (await moment.uncounted(null, orderId(MOST))).map((sale) => sale.orderId),
          sums: await moment.daily(DAY),
          progress: await moment.progress(),
        });
        const earlier = await all();
        await sell(second);
        await countSales(rival);
        return [earlier, await all()];
      });
      mustEqual(seen, before, 'what was seen in the end');
      mustEqual((await queries.statistics.progress()).revision, 1, 'the revision by now');
      mustEqual((await countSales(unitOfWork)).length, 0, 'what is left to count');
    },
  },
];
