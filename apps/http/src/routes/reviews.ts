import type { Shop } from '@jumun/application';
import { MAX_RATING, MAX_REVIEW_LENGTH, MIN_RATING, productId } from '@jumun/domain';
import { z } from 'zod';
import { pageOf, reviewSchema } from '../answer-schemas.js';
import { pageJson, reviewCursor } from '../cursors.js';
import { reviewJson } from '../representation.js';
import { API, pageLimit, pathId, text } from './fields.js';
import { done } from './replies.js';
import { type Route, route } from './route.js';

const path = `${API}/products/:id/reviews`;
const product = z.object({ id: pathId });

export const reviewRoutes = (shop: Shop): readonly Route[] => [
  route({
    method: 'GET',
    path,
    access: 'public',
    name: 'listReviews',
    tag: 'Products',
    summary: 'What buyers say of a product, newest first',
    params: product,
    query: z.object({ cursor: reviewCursor.schema, limit: pageLimit }),
    status: 200,
    answer: pageOf(reviewSchema),
    refusals: ['PRODUCT_NOT_FOUND'],
    handle: async ({ params, query: { cursor, limit } }) =>
      (await shop.listReviews(productId(params.id), cursor, limit)).map((page) => ({
        body: pageJson(page, reviewJson, reviewCursor),
      })),
  }),

  route({
    method: 'POST',
    path,
    access: 'customer',
    name: 'writeReview',
    tag: 'Products',
    summary: 'Review a product that you bought, once',
    params: product,
    body: z.strictObject({
      rating: z.int().min(MIN_RATING).max(MAX_RATING),
      text: text(0, MAX_REVIEW_LENGTH),
    }),
    status: 201,
    answer: reviewSchema,
    refusals: ['PRODUCT_NOT_FOUND', 'REVIEW_NOT_ALLOWED', 'REVIEW_ALREADY_WRITTEN', 'SERVICE_BUSY'],
    handle: async ({ customer: { userId }, params, body, idempotency }) => {
      const review = { ...body, userId, productId: productId(params.id) };
      return (await shop.writeReview(review, idempotency)).map(done(reviewJson));
    },
  }),
];
