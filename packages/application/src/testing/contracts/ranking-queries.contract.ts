import { productId } from '@jumun/domain';
import { NOON } from '@jumun/domain/testing';
import type { StoredRanking } from '../../ports/statistics.js';
import { type Contract, mustEqual, type StoreHarness } from './contract.js';
import { aRanking, MOST } from './samples.js';

const MANY = 1_000;

/** A ranking with all the places that are ever stored, its figures as long as they can be. */
const long = (fields: Pick<StoredRanking, 'days' | 'sort'>): StoredRanking =>
  aRanking({
    ...fields,
    totalQuantity: MOST,
    places: Array.from({ length: MANY }, (_, at) => ({
      rank: at + 1,
      previousRank: at % 3 === 0 ? null : MANY - at,
      productId: productId(MOST - at),
      quantity: MOST - at,
      revenue: MOST - at,
    })),
  });

/** What reads of the rankings owe. */
export const rankingQueriesContract: Contract<StoreHarness> = [
  {
    sentence: 'knows no ranking before one was stored',
    async check({ queries }) {
      mustEqual(await queries.rankings.find(3, 'quantity'), undefined, 'a ranking');
      mustEqual(await queries.rankings.version(), 0, 'the version');
    },
  },
  {
    sentence: 'finds the ranking of just these days and this sort, every place as it was stored',
    async check({ unitOfWork, queries }) {
      const stored = [
        long({ days: 30, sort: 'quantity' }),
        ...Array.from({ length: 30 }, (_, at) => at + 1).map((days) =>
          aRanking({ days, sort: 'revenue', totalQuantity: days }),
        ),
      ];
      await unitOfWork.run(({ statistics }) => statistics.saveRankings(stored, 7, NOON));
      for (const ranking of stored) {
        const found = await queries.rankings.find(ranking.days, ranking.sort);
        mustEqual(found, ranking, `the ranking of ${ranking.days} days by ${ranking.sort}`);
      }
      mustEqual(await queries.rankings.find(31, 'quantity'), undefined, 'one that is not stored');
      mustEqual(await queries.rankings.version(), 7, 'the version');
    },
  },
];
