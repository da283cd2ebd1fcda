import type { Instant, Money, ProductId, ReviewId } from '@jumun/domain';
import type { ProductRating } from '../ports/queries.js';

/** A product with its stock, as its operator sees it. */
export interface ProductView {
  readonly id: ProductId;
  readonly name: string;
  readonly description: string;
  readonly category: string;
  readonly price: Money;
  /** Pieces that can be ordered now. */
  readonly stock: number;
}

export interface ReviewView {
  readonly id: ReviewId;
  readonly rating: number;
  readonly text: string;
  readonly createdAt: Instant;
}

/** A product's page. */
export interface ProductDetails extends ProductView {
  readonly rating: ProductRating;
  /** The latest, newest first. */
  readonly reviews: readonly ReviewView[];
}
