import {
  type Instant,
  type Money,
  type ProductId,
  type ProductSnapshot,
  rankChangeOf,
  type RankingSort,
  type RankMovement,
  type SalesDay,
} from '@jumun/domain';
import type { StoredRanking } from '../ports/statistics.js';
import { MAX_RANKING_DAYS } from './rankings.js';

/** What somebody wants to know of the popular products. */
export interface PopularQuery {
  /** Calendar days of the shop up to today: 1 to 30. */
  readonly days: number;
  readonly sort: RankingSort;
  /** How many products: 1 to 50. */
  readonly limit: number;
}

/** What is shown to whoever asks for nothing in particular: the best five of the last three days (scenario 6). */
export const POPULAR_DEFAULTS: PopularQuery = { days: 3, sort: 'quantity', limit: 5 };

/** What a query may ask for at most. */
export const POPULAR_LIMITS = { days: MAX_RANKING_DAYS, limit: 50 } as const;

/** A popular product and how it moved since the ranking before. */
export interface PopularItem extends RankMovement {
  readonly rank: number;
  readonly productId: ProductId;
  readonly name: string;
  readonly price: Money;
  /** Pieces, refunds taken back. */
  readonly quantitySold: number;
  /** Won, after discounts. */
  readonly revenue: number;
}

/** The popular products as they are shown. */
export interface PopularView {
  /** Of the rankings that it was made from; 0 before the first ones. */
  readonly version: number;
  readonly period: { readonly from: SalesDay; readonly to: SalesDay; readonly days: number };
  readonly sort: RankingSort;
  /** Pieces sold in the period, those of products that are not listed too. */
  readonly totalQuantity: number;
  readonly computedAt: Instant;
  /** By rank. */
  readonly items: readonly PopularItem[];
}

/** Shows a stored ranking with the products as they are now; at most `limit` of them. */
export const popularViewOf = (
  { version, from, to, days, sort, totalQuantity, computedAt, places }: StoredRanking,
  products: ReadonlyMap<ProductId, ProductSnapshot>,
  limit: number,
): PopularView => ({
  version,
  period: { from, to, days },
  sort,
  totalQuantity,
  computedAt,
  items: places.slice(0, limit).flatMap(({ rank, previousRank, productId, quantity, revenue }) => {
    const product = products.get(productId);
    if (product === undefined) return [];
    const { name, price } = product;
    const movement = rankChangeOf(rank, previousRank);
    return { rank, ...movement, productId, name, price, quantitySold: quantity, revenue };
  }),
});
