import type { ProductCustomer, ReviewRepository } from '@jumun/application';
import type { Instant, ProductId, Review, ReviewId, UserId } from '@jumun/domain';
import { valuesOf } from './keyed-table.js';
import type { KeyedSelect, SqlSession } from './sql-session.js';

/** A row of `reviews`. */
export type ReviewRow = {
  readonly id: ReviewId;
  readonly product_id: ProductId;
  readonly user_id: UserId;
  readonly rating: number;
  readonly text: string;
  readonly created_at: Instant;
};

export const REVIEW_COLUMNS = [
  'id',
  'product_id',
  'user_id',
  'rating',
  'text',
  'created_at',
] as const satisfies readonly (keyof ReviewRow)[];

export class KnexReviewRepository implements ReviewRepository {
  constructor(private readonly session: SqlSession) {}

  addMany(reviews: readonly Review[]): Promise<void> {
    const rows = reviews.map((review) => valuesOf(toReviewRow(review), REVIEW_COLUMNS));
    return this.session.insertMany('reviews', REVIEW_COLUMNS, rows);
  }

  findReviewers(of: readonly ProductCustomer[]): Promise<readonly ProductCustomer[]> {
    return this.find(of, {
      select: 'SELECT product_id, user_id FROM reviews',
      key: ['product_id', 'user_id'],
    });
  }

  findBuyers(of: readonly ProductCustomer[]): Promise<readonly ProductCustomer[]> {
    return this.find(of, {
      select: `SELECT DISTINCT order_lines.product_id, orders.user_id
        FROM orders JOIN order_lines ON order_lines.order_id = orders.id`,
      key: ['order_lines.product_id', 'orders.user_id'],
      and: `orders.status = 'COMPLETED'`,
    });
  }

  private async find(
    of: readonly ProductCustomer[],
    query: KeyedSelect,
  ): Promise<readonly ProductCustomer[]> {
    const rows = await this.session.selectByKeys<Pick<ReviewRow, 'product_id' | 'user_id'>>(
      query,
      of.map(({ productId, userId }) => [productId, userId]),
    );
    return rows.map((row) => ({ productId: row.product_id, userId: row.user_id }));
  }
}

const toReviewRow = (review: Review): ReviewRow => ({
  id: review.id,
  product_id: review.productId,
  user_id: review.userId,
  rating: review.rating,
  text: review.text,
  created_at: review.createdAt,
});

export const toReview = (row: ReviewRow): Review => ({
  id: row.id,
  productId: row.product_id,
  userId: row.user_id,
  rating: row.rating,
  text: row.text,
  createdAt: row.created_at,
});
