import {
  err,
  ok,
  type ProductId,
  type ProductNotFound,
  review,
  reviewId,
  type UserId,
} from '@jumun/domain';
import type { CommandHandler } from '../batching/command.js';
import type { ReviewView } from './product-view.js';

export interface WriteReview {
  readonly userId: UserId;
  readonly productId: ProductId;
  /** 1 to 5 stars. */
  readonly rating: number;
  readonly text: string;
}

/** The customer has no COMPLETED order with the product. */
export interface ReviewNotAllowed {
  readonly code: 'REVIEW_NOT_ALLOWED';
  readonly productId: ProductId;
}

/** The customer has reviewed the product. */
export interface ReviewAlreadyWritten {
  readonly code: 'REVIEW_ALREADY_WRITTEN';
  readonly productId: ProductId;
}

/** A buyer says what they think of a product, once. */
export const writeReview: CommandHandler<
  WriteReview,
  ReviewView,
  ProductNotFound | ReviewNotAllowed | ReviewAlreadyWritten
> = {
  name: 'writeReview',
  ids: { review: 1 },

  claim({ userId, productId }, claims) {
    claims.catalogue.add(productId);
    claims.buyers.push({ productId, userId });
  },

  decide({ userId, productId, rating, text }, books, createdAt) {
    if (!books.shelf.has(productId)) return err({ code: 'PRODUCT_NOT_FOUND', productId });
    const customer = { productId, userId };
    if (!books.hasBought(customer)) return err({ code: 'REVIEW_NOT_ALLOWED', productId });
    if (books.hasReviewed(customer)) return err({ code: 'REVIEW_ALREADY_WRITTEN', productId });
    const id = reviewId(books.newId('review'));
    return ok({
      answer: { id, rating, text, createdAt },
      changes: { reviews: [review({ id, productId, userId, rating, text, createdAt })] },
    });
  },
};
