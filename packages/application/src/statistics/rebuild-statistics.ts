import type { DailySales, OrderId, ProductId, Sale, SalesCalendar, SalesDay } from '@jumun/domain';
import type { SalesMoment, SoldOrder, SoldPage } from '../ports/statistics.js';
import {
  renewRankings,
  rollUpSales,
  type StatisticsPolicy,
  type StatisticsPorts,
} from './roll-up-sales.js';

/** What a rebuild came to. */
export interface StatisticsRebuild {
  /** Paid orders that were added up. */
  readonly orders: number;
  /** Sums of a day and product that were not what the orders say, and now are. None, unless something is broken. */
  readonly corrected: number;
  /** Of the rankings that were made anew; null when somebody else was making them. */
  readonly version: number | null;
}

/**
 * Adds everything up again from the orders, and puts right what the daily sums have wrong; then makes the rankings anew.
 *
 * The orders are compared with what was counted, and with what waits to be counted, at one moment. What is wrong then stays
 * wrong by just as much, whatever is paid, refunded and counted meanwhile, because that changes both sides alike. So the
 * difference is added in the end, nothing has to stand still, and no sum is ever shown that is half rebuilt.
 */
export async function rebuildStatistics(
  ports: StatisticsPorts,
  policy: StatisticsPolicy,
): Promise<StatisticsRebuild> {
  for (;;) {
    const found = await ports.queries.statistics.atOneMoment((moment) => compare(moment, policy));
    if (await correct(ports, found)) {
      const { version } = await rollUpSales(ports, policy);
      return {
        orders: found.orders,
        corrected: found.differences.length,
        version: version ?? (await renewRankings(ports, policy, { always: true })),
      };
    }
    // Another rebuild has just corrected the same: what is left to do is seen by looking again.
  }
}

interface Comparison {
  readonly orders: number;
  readonly differences: readonly DailySales[];
  /** The corrections that were made before it. */
  readonly corrections: number;
}

const ORDERS_AT_ONCE = 2_000;

async function compare(
  moment: SalesMoment,
  { calendar, pause }: StatisticsPolicy,
): Promise<Comparison> {
  const { corrections } = await moment.progress();
  const sums = new DailySums();
  let orders = 0;
  let after: OrderId | null = null;
  for (;;) {
    const page: SoldPage = await moment.sold(after, ORDERS_AT_ONCE);
    if (page.last === null) break;
    for (const order of page.orders) addOrder(sums, order, calendar);
    sums.takeAway(await moment.uncounted(after, page.last));
    orders += page.orders.length;
    after = page.last;
    await pause();
  }
  for (const day of await moment.days()) {
    sums.takeAway(await moment.daily(day));
    await pause();
  }
  return { orders, differences: sums.notZero(), corrections };
}

function addOrder(sums: DailySums, { paidAt, lines }: SoldOrder, calendar: SalesCalendar): void {
  const day = calendar.dayOf(paidAt);
  for (const { productId, quantity, revenue } of lines) sums.add(day, productId, quantity, revenue);
}

/** False when the sums were corrected by somebody else meanwhile. */
const correct = (
  { unitOfWork }: StatisticsPorts,
  { differences, corrections }: Comparison,
): Promise<boolean> =>
  unitOfWork.run(async ({ statistics }) => {
    if (differences.length === 0) return true;
    await statistics.awaitTurn();
    if ((await statistics.progress()).corrections !== corrections) return false;
    await statistics.correctDaily(differences);
    return true;
  });

type DaySums = Map<ProductId, [quantity: number, revenue: number]>;

/** Sums by day and product; whatever comes to nothing is forgotten. */
class DailySums {
  private readonly days = new Map<SalesDay, DaySums>();

  add(day: SalesDay, productId: ProductId, quantity: number, revenue: number): void {
    const products: DaySums = this.days.get(day) ?? new Map();
    this.days.set(day, products);
    const sum = products.get(productId);
    if (sum === undefined) {
      if (quantity !== 0 || revenue !== 0) products.set(productId, [quantity, revenue]);
      return;
    }
    sum[0] += quantity;
    sum[1] += revenue;
    if (sum[0] === 0 && sum[1] === 0) products.delete(productId);
  }

  takeAway(sums: readonly (DailySales | Sale)[]): void {
    for (const { day, productId, quantity, revenue } of sums) {
      this.add(day, productId, 0 - quantity, 0 - revenue);
    }
  }

  notZero(): readonly DailySales[] {
    return [...this.days]
      .toSorted(([a], [b]) => a - b)
      .flatMap(([day, products]) =>
        [...products]
          .toSorted(([a], [b]) => a - b)
          .map(([productId, [quantity, revenue]]) => ({ day, productId, quantity, revenue })),
      );
  }
}
