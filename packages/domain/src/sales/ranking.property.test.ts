import { fc, test } from '@fast-check/jest';
import { describe, expect } from '@jest/globals';
import { productId } from '../shared/ids.js';
import { rankSales, type RankingSort, type SalesTotal } from './ranking.js';

/** Few different figures, so that there are ties of every kind, refunds, and more products than places. */
const anyTotals = () =>
  fc.uniqueArray(
    fc.record({
      productId: fc.integer({ min: 1, max: 60 }).map(productId),
      quantity: fc.oneof(fc.integer({ min: -2, max: 4 }), fc.maxSafeInteger()),
      revenue: fc.oneof(fc.integer({ min: -2, max: 4 }), fc.maxSafeInteger()),
    }),
    { selector: (total) => total.productId, maxLength: 40, size: 'max' },
  );

const anySort = () => fc.constantFrom<RankingSort>('quantity', 'revenue');
const anyPlaces = () => fc.integer({ min: 0, max: 45 });

/** Whether `a` belongs before `b`, rule by rule. */
function isBetter(sort: RankingSort, a: SalesTotal, b: SalesTotal): boolean {
  if (sort === 'quantity' && a.quantity !== b.quantity) return a.quantity > b.quantity;
  if (a.revenue !== b.revenue) return a.revenue > b.revenue;
  return a.productId < b.productId;
}

/** The ranking as one would write it down first: each product's rank is how many are better, and one. */
const naiveRanking = (totals: readonly SalesTotal[], sort: RankingSort, places: number) => {
  const listed = totals.filter(({ quantity }) => quantity > 0);
  return listed
    .map((total) => ({
      rank: 1 + listed.filter((other) => isBetter(sort, other, total)).length,
      ...total,
    }))
    .filter(({ rank }) => rank <= places)
    .toSorted((a, b) => a.rank - b.rank);
};

describe('A ranking', () => {
  test.prop([anyTotals(), anySort(), anyPlaces()])(
    'gives each product the rank that counting the better ones gives it',
    (totals, sort, places) => {
      expect(rankSales(totals, sort, places)).toEqual(naiveRanking(totals, sort, places));
    },
  );

  test.prop([anyTotals(), anySort(), anyPlaces()])(
    'puts each better product before each lesser one, and no two on one place',
    (totals, sort, places) => {
      const ranking = rankSales(totals, sort, places);
      expect(ranking.map(({ rank }) => rank)).toEqual(ranking.map((_, at) => at + 1));
      for (const [at, worse] of ranking.entries()) {
        for (const better of ranking.slice(0, at)) {
          expect(isBetter(sort, better, worse)).toBe(true);
          expect(isBetter(sort, worse, better)).toBe(false);
        }
      }
    },
  );

  test.prop([
    anyTotals().chain((totals) =>
      fc.tuple(
        fc.constant(totals),
        fc.shuffledSubarray(totals, { minLength: totals.length, maxLength: totals.length }),
      ),
    ),
    anySort(),
    anyPlaces(),
  ])('is the same in whatever order the products come', ([totals, shuffled], sort, places) => {
    expect(rankSales(shuffled, sort, places)).toEqual(rankSales(totals, sort, places));
  });

  test.prop([anyTotals(), anySort(), anyPlaces(), anyPlaces()])(
    'of fewer places is the beginning of one of more',
    (totals, sort, some, more) => {
      const fewer = Math.min(some, more);
      const longer = rankSales(totals, sort, Math.max(some, more));
      expect(rankSales(totals, sort, fewer)).toEqual(longer.slice(0, fewer));
    },
  );
});
