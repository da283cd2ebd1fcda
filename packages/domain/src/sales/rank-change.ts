/** How a product stands against the ranking before: higher, lower, where it was, or not ranked then. */
export type RankChange = 'UP' | 'DOWN' | 'SAME' | 'NEW';

/** A product's movement since the ranking before. */
export interface RankMovement {
  /** Null when it was not ranked then. */
  readonly previousRank: number | null;
  readonly change: RankChange;
  /** Places won; 2 places up is 2, 2 places down is −2. 0 for a NEW one. */
  readonly rankDelta: number;
}

/** What became of a product that is at `rank` now and was at `previousRank` before. Ranks count from 1. */
export function rankChangeOf(rank: number, previousRank: number | null): RankMovement {
  if (previousRank === null) return { previousRank, change: 'NEW', rankDelta: 0 };
  const rankDelta = previousRank - rank;
  if (rankDelta === 0) return { previousRank, change: 'SAME', rankDelta };
  return { previousRank, change: rankDelta > 0 ? 'UP' : 'DOWN', rankDelta };
}
