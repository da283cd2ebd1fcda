import {
  type DailySales,
  type Instant,
  type ProductId,
  type RankingSort,
  rankSales,
  type SalesCalendar,
  type SalesDay,
} from '@jumun/domain';
import type { StoredRanking } from '../ports/statistics.js';

/** The longest period that there is a ranking for, in days; there is one for each from 1 day on. */
export const MAX_RANKING_DAYS = 30;
/** How many products of a ranking are kept: more than anybody is shown, so that a rise from far down is seen. */
export const RANKING_PLACES = 1_000;
/** What rankings there are for each period. */
export const RANKING_SORTS: readonly RankingSort[] = ['quantity', 'revenue'];

/** What rankings are made from. */
export interface RankingSources {
  /** The sums of one day, each product once. */
  readonly daily: (day: SalesDay) => Promise<readonly DailySales[]>;
  /** The rankings before: where products stood then. */
  readonly previous: readonly StoredRanking[];
}

/** What the new rankings are stamped with. */
export interface RankingStamp {
  readonly version: number;
  readonly computedAt: Instant;
}

/**
 * Every ranking there is: the last 1 to 30 days up to that of `computedAt`, by either sort. A day is read once; each period
 * is the one before and a day more, so the whole costs what the longest one costs, and nothing older is looked at.
 */
export async function computeRankings(
  { daily, previous }: RankingSources,
  calendar: SalesCalendar,
  { version, computedAt }: RankingStamp,
): Promise<readonly StoredRanking[]> {
  const ranksBefore = new Map(previous.map((ranking) => [keyOf(ranking), ranksOf(ranking)]));
  const totals = new Map<ProductId, SumSoFar>();
  const to = calendar.dayOf(computedAt);
  let totalQuantity = 0;
  const rankings: StoredRanking[] = [];
  for (let days = 1; days <= MAX_RANKING_DAYS; days += 1) {
    const from = calendar.firstOfLastDays(days, computedAt);
    totalQuantity += addTo(totals, await daily(from));
    for (const sort of RANKING_SORTS) {
      const before = ranksBefore.get(keyOf({ days, sort }));
      const places = rankSales(totals.values(), sort, RANKING_PLACES).map((place) => ({
        ...place,
        previousRank: before?.get(place.productId) ?? null,
      }));
      rankings.push({ days, sort, version, computedAt, from, to, totalQuantity, places });
    }
  }
  return rankings;
}

interface SumSoFar {
  readonly productId: ProductId;
  quantity: number;
  revenue: number;
}

/** Adds a day to the totals; returns the pieces sold on it. */
function addTo(totals: Map<ProductId, SumSoFar>, day: readonly DailySales[]): number {
  let pieces = 0;
  for (const { productId, quantity, revenue } of day) {
    pieces += quantity;
    const total = totals.get(productId);
    if (total === undefined) totals.set(productId, { productId, quantity, revenue });
    else {
      total.quantity += quantity;
      total.revenue += revenue;
    }
  }
  return pieces;
}

const keyOf = ({ days, sort }: Pick<StoredRanking, 'days' | 'sort'>): string => `${days} ${sort}`;

const ranksOf = ({ places }: StoredRanking): ReadonlyMap<ProductId, number> =>
  new Map(places.map(({ productId, rank }) => [productId, rank]));
