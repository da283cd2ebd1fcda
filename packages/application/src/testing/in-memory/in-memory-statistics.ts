import { type DailySales, orderId, type OrderSnapshot, type Sale } from '@jumun/domain';
import type { Queries } from '../../ports/queries.js';
import type {
  RankingQueries,
  SalesMoment,
  SoldOrder,
  StatisticsProgress,
  StatisticsRepository,
} from '../../ports/statistics.js';
import {
  dailyKey,
  type InMemoryStore,
  PROGRESS_KEY,
  rankingKey,
  saleKey,
} from './in-memory-store.js';
import type { TableDraft } from './table.js';

/** The tables of the statistics, as one transaction sees them. */
export interface StatisticsDrafts {
  readonly sales: TableDraft<string, Sale>;
  readonly countedSales: TableDraft<string, string>;
  readonly dailySales: TableDraft<string, DailySales>;
  readonly rankings: ReturnType<InMemoryStore['rankings']['begin']>;
  readonly progress: TableDraft<typeof PROGRESS_KEY, StatisticsProgress>;
}

const FIRST_ORDER = orderId(1);

const BEGINNING: StatisticsProgress = {
  revision: 0,
  corrections: 0,
  version: 0,
  rankedRevision: 0,
  rankedAt: null,
};

const progressOf = (store: InMemoryStore): StatisticsProgress =>
  store.progress.get(PROGRESS_KEY) ?? BEGINNING;

/** Transactions of the in-memory store run one at a time, so the turn is always free. */
export const statisticsOf = (drafts: StatisticsDrafts): StatisticsRepository => {
  const { sales, countedSales, dailySales, rankings, progress } = drafts;
  const current = (): StatisticsProgress => progress.get(PROGRESS_KEY) ?? BEGINNING;
  const put = (next: StatisticsProgress): void => {
    if (progress.lock([PROGRESS_KEY]).size === 0) progress.add([next]);
    else progress.save([next]);
  };
  const add = (sums: readonly DailySales[], corrections: number): void => {
    if (sums.length === 0) return;
    for (const sum of sums) {
      const known = dailySales.lock([dailyKey(sum)]).get(dailyKey(sum));
      if (known === undefined) dailySales.add([{ ...sum }]);
      else dailySales.save([increased(known, sum)]);
    }
    const now = current();
    put({
      ...now,
      revision: now.revision + 1,
      corrections: now.corrections + corrections,
    });
  };
  return {
    takeTurn: async () => true,
    awaitTurn: async () => undefined,
    progress: async () => current(),
    takeUncounted: async (limit, from = FIRST_ORDER) => {
      const taken = sales
        .all()
        .filter((sale) => sale.orderId >= from)
        .filter((sale) => countedSales.get(saleKey(sale)) === undefined)
        .toSorted((a, b) => a.orderId - b.orderId)
        .slice(0, limit);
      countedSales.add(taken.map(saleKey));
      return taken;
    },
    addDaily: async (sums) => add(sums, 0),
    correctDaily: async (differences) => add(differences, 1),
    saveRankings: async (stored, version, at) => {
      rankings.remove(rankings.all().map(rankingKey));
      rankings.add(stored);
      const now = current();
      put({ ...now, version, rankedRevision: now.revision, rankedAt: at });
    },
  };
};

const increased = (known: DailySales, by: DailySales): DailySales => ({
  ...known,
  quantity: known.quantity + by.quantity,
  revenue: known.revenue + by.revenue,
});

export const rankingQueries = (store: InMemoryStore): RankingQueries => ({
  find: async (days, sort) => store.rankings.get(rankingKey({ days, sort })),
  version: async () => store.progress.get(PROGRESS_KEY)?.version ?? 0,
});

export const statisticsQueries = (store: InMemoryStore): Queries['statistics'] => ({
  progress: async () => progressOf(store),
  daily: async (day) => store.dailySales.all().filter((sum) => sum.day === day),
  rankings: async () => store.rankings.all(),
  atOneMoment: async (look) => look(momentOf(store)),
});

/** A copy, so that what is committed while somebody looks at it changes nothing. */
const momentOf = (store: InMemoryStore): SalesMoment => {
  const progress = progressOf(store);
  const daily = store.dailySales.all();
  const orders = store.orders.all().toSorted((a, b) => a.id - b.id);
  const uncounted = store.sales
    .all()
    .filter((sale) => store.countedSales.get(saleKey(sale)) === undefined);
  return {
    progress: async () => progress,
    sold: async (after, limit) => {
      const page = orders.filter(({ id }) => id > (after ?? 0)).slice(0, limit);
      return { orders: page.flatMap(soldBy), last: page.at(-1)?.id ?? null };
    },
    uncounted: async (after, last) =>
      uncounted.filter((sale) => sale.orderId > (after ?? 0) && sale.orderId <= last),
    days: async () => [...new Set(daily.map(({ day }) => day))].toSorted((a, b) => a - b),
    daily: async (day) => daily.filter((sum) => sum.day === day),
  };
};

const soldBy = (order: OrderSnapshot): readonly SoldOrder[] =>
  order.status === 'COMPLETED'
    ? [
        {
          id: order.id,
          paidAt: order.payment.paidAt,
          lines: order.lines.map(({ productId, quantity, amount, discount }) => ({
            productId,
            quantity,
            revenue: amount - discount,
          })),
        },
      ]
    : [];
