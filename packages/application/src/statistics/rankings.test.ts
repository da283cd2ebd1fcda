import { fc, test } from '@fast-check/jest';
import { describe, expect, it } from '@jest/globals';
import {
  type DailySales,
  type Instant,
  instant,
  productId,
  rankSales,
  type RankingSort,
  SalesCalendar,
  type SalesDay,
} from '@jumun/domain';
import { NOON } from '@jumun/domain/testing';
import type { StoredRanking } from '../ports/statistics.js';
import { computeRankings, MAX_RANKING_DAYS } from './rankings.js';

const DAY = 86_400_000;
const CALENDAR = new SalesCalendar('Asia/Seoul');
const FIRST = { version: 1, computedAt: NOON };

const dayAt = (daysBefore: number, now: Instant = NOON): SalesDay =>
  CALENDAR.dayOf(instant(now - daysBefore * DAY));

const sum = (daysBefore: number, product: number, quantity: number, revenue = 0): DailySales => ({
  day: dayAt(daysBefore),
  productId: productId(product),
  quantity,
  revenue,
});

const rankingsOf = (
  sums: readonly DailySales[],
  previous: readonly StoredRanking[] = [],
  stamp = FIRST,
): Promise<readonly StoredRanking[]> => {
  const byDay = Map.groupBy(sums, ({ day }) => day);
  return computeRankings({ previous, daily: async (day) => byDay.get(day) ?? [] }, CALENDAR, stamp);
};

const find = (
  rankings: readonly StoredRanking[],
  days: number,
  sort: RankingSort = 'quantity',
): StoredRanking => {
  const found = rankings.find((ranking) => ranking.days === days && ranking.sort === sort);
  if (found === undefined) throw new Error(`no ranking of ${days} days`);
  return found;
};

const placesOf = (ranking: StoredRanking): readonly (readonly [number, number | null])[] =>
  ranking.places.map((place) => [place.productId, place.previousRank]);

describe('The rankings', () => {
  it('are one of each period from 1 to 30 days, by either sort', async () => {
    const rankings = await rankingsOf([]);
    const keys = new Set(rankings.map(({ days, sort }) => `${days} ${sort}`));
    expect([rankings.length, keys.size]).toEqual([60, 60]);
    expect(new Set(rankings.map(({ days }) => days))).toEqual(
      new Set(Array.from({ length: MAX_RANKING_DAYS }, (_, at) => at + 1)),
    );
  });

  it('of 3 days on 17 January have the sales of the 15th to the 17th (scenario 6)', async () => {
    const sums = [sum(0, 103, 100), sum(1, 103, 30), sum(2, 103, 20), sum(3, 103, 7), sum(2, 1, 1)];
    expect(find(await rankingsOf(sums), 3)).toEqual({
      days: 3,
      sort: 'quantity',
      version: 1,
      computedAt: NOON,
      from: 20_240_115,
      to: 20_240_117,
      totalQuantity: 151,
      places: [
        { rank: 1, previousRank: null, productId: 103, quantity: 150, revenue: 0 },
        { rank: 2, previousRank: null, productId: 1, quantity: 1, revenue: 0 },
      ],
    });
  });

  it('count the pieces of all products, also of those that have no place any more', async () => {
    const many = Array.from({ length: 1_100 }, (_, at) => sum(0, at + 1, 2));
    const { totalQuantity, places } = find(await rankingsOf([...many, sum(0, 2_000, -1)]), 1);
    expect([totalQuantity, places.length]).toEqual([2_199, 1_000]);
  });

  it('remember the place in the ranking before, of the same period and sort', async () => {
    const first = await rankingsOf([sum(0, 1, 5, 10), sum(0, 2, 4, 20), sum(5, 3, 9, 90)]);
    const sums = [sum(0, 1, 5, 10), sum(0, 2, 7, 20), sum(0, 4, 6, 60), sum(5, 3, 9, 90)];
    const second = await rankingsOf(sums, first, { version: 2, computedAt: NOON });
    expect(placesOf(find(second, 3))).toEqual([
      [2, 2],
      [4, null],
      [1, 1],
    ]);
    expect(placesOf(find(second, 3, 'revenue'))).toEqual([
      [4, null],
      [2, 1],
      [1, 2],
    ]);
    expect(placesOf(find(second, 6))).toEqual([
      [3, 1],
      [2, 3],
      [4, null],
      [1, 2],
    ]);
  });

  /** Of a few products, on days of the longest period, before it and after it. */
  const anySums = () =>
    fc.uniqueArray(
      fc
        .tuple(
          fc.oneof(fc.integer({ min: -1, max: 4 }), fc.integer({ min: 27, max: 32 })),
          fc.integer({ min: 1, max: 6 }),
          fc.integer({ min: -5, max: 5 }),
          fc.integer({ min: -5, max: 5 }),
        )
        .map((fields) => sum(...fields)),
      { selector: ({ day, productId: id }) => `${day} ${id}`, maxLength: 30 },
    );

  test.prop([anySums(), fc.integer({ min: 1, max: 30 }), fc.constantFrom('quantity', 'revenue')])(
    'are what adding up the period says, whatever was sold before and after it',
    async (sums, days, sort) => {
      const [from, to] = [dayAt(days - 1), dayAt(0)];
      const period = sums.filter(({ day }) => day >= from && day <= to);
      const products = Map.groupBy(period, ({ productId: id }) => id);
      const totals = [...products].map(([id, own]) => ({
        productId: id,
        quantity: own.reduce((pieces, { quantity }) => pieces + quantity, 0),
        revenue: own.reduce((won, { revenue }) => won + revenue, 0),
      }));
      const ranking = find(await rankingsOf(sums), days, sort);
      expect([ranking.from, ranking.to]).toEqual([from, to]);
      expect(ranking.totalQuantity).toBe(
        period.reduce((pieces, { quantity }) => pieces + quantity, 0),
      );
      expect(ranking.places).toEqual(
        rankSales(totals, sort, 1_000).map((place) => ({ ...place, previousRank: null })),
      );
    },
  );
});
