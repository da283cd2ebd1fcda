import type { ProductId, ReviewId, UserId } from '../shared/ids.js';
import type { Instant } from '../shared/instant.js';
import { invariant } from '../shared/invariant.js';

/** The worst rating, in stars. */
export const MIN_RATING = 1;
/** The best rating, in stars. */
export const MAX_RATING = 5;
/** The most characters of a review. */
export const MAX_REVIEW_LENGTH = 2_000;

/** What a buyer says of a product: one review for each customer and product, never changed. */
export interface Review {
  readonly id: ReviewId;
  readonly productId: ProductId;
  readonly userId: UserId;
  /** 1 to 5 stars. */
  readonly rating: number;
  readonly text: string;
  readonly createdAt: Instant;
}

/** Checks a review's bounds; throws when they are broken. */
export function review(words: Review): Review {
  const { rating, text } = words;
  invariant(
    Number.isInteger(rating) && rating >= MIN_RATING && rating <= MAX_RATING,
    `a rating is ${MIN_RATING} to ${MAX_RATING}: ${rating}`,
  );
  invariant(text.length <= MAX_REVIEW_LENGTH, `a review of ${text.length} characters`);
  return words;
}
