import type { RankingPlace, StatisticsProgress, StoredRanking } from '@jumun/application';
import type { Instant, RankingSort, SalesDay } from '@jumun/domain';
import type { SqlSession } from './sql-session.js';

/** The row of `statistics`. */
type ProgressRow = {
  readonly revision: number;
  readonly corrections: number;
  readonly version: number;
  readonly ranked_revision: number;
  readonly ranked_at: Instant | null;
};

/** How far the statistics have come. */
export async function readProgress(session: SqlSession): Promise<StatisticsProgress> {
  const [row] = await session.all<ProgressRow>(
    'SELECT revision, corrections, version, ranked_revision, ranked_at FROM statistics WHERE id = 1',
  );
  if (row === undefined) throw new Error('the row of statistics that the migration made is gone');
  return {
    revision: row.revision,
    corrections: row.corrections,
    version: row.version,
    rankedRevision: row.ranked_revision,
    rankedAt: row.ranked_at,
  };
}

/** A row of `rankings`. */
export type RankingRow = {
  readonly days: number;
  readonly sort: RankingSort;
  readonly version: number;
  readonly computed_at: Instant;
  readonly from_day: SalesDay;
  readonly to_day: SalesDay;
  readonly total_quantity: number;
  readonly places: string;
};

export const RANKING_COLUMNS = [
  'days',
  'sort',
  'version',
  'computed_at',
  'from_day',
  'to_day',
  'total_quantity',
  'places',
] as const satisfies readonly (keyof RankingRow)[];

/** A place as it is stored, a third as long as with the names: the rank is its number in the list, and 0 is no rank. */
type PlaceCells = readonly [
  productId: RankingPlace['productId'],
  quantity: number,
  revenue: number,
  previousRank: number,
];

export const toRankingRow = (ranking: StoredRanking): RankingRow => ({
  days: ranking.days,
  sort: ranking.sort,
  version: ranking.version,
  computed_at: ranking.computedAt,
  from_day: ranking.from,
  to_day: ranking.to,
  total_quantity: ranking.totalQuantity,
  places: JSON.stringify(
    ranking.places.map(({ productId, quantity, revenue, previousRank }): PlaceCells => [
      productId,
      quantity,
      revenue,
      previousRank ?? 0,
    ]),
  ),
});

export const toRanking = (row: RankingRow): StoredRanking => ({
  days: row.days,
  sort: row.sort,
  version: row.version,
  computedAt: row.computed_at,
  from: row.from_day,
  to: row.to_day,
  totalQuantity: row.total_quantity,
  places: (JSON.parse(row.places) as readonly PlaceCells[]).map(
    ([productId, quantity, revenue, previousRank], at) => ({
      rank: at + 1,
      previousRank: previousRank === 0 ? null : previousRank,
      productId,
      quantity,
      revenue,
    }),
  ),
});
