import type { Shop } from '@jumun/application';
import { MAX_RATING, MAX_REVIEW_LENGTH, MIN_RATING, productId } from '@jumun/domain';
import { z } from 'zod';
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
    summary: 'What buyers say of a product, newest first',
    params: product,
    query: z.object({ cursor: reviewCursor.schema, limit: pageLimit }),
    status: 200,
    handle: async ({ params, query: { cursor, limit } }) =>
      (await shop.listReviews(productId(params.id), cursor, limit)).map((page) => ({
        body: pageJson(page, reviewJson, reviewCursor),
      })),
  }),

  route({
    method: 'POST',
    path,
    access: 'customer',
    summary: 'Review a product that you bought, once',
    params: product,
    body: z.strictObject({
      rating: z.int().min(MIN_RATING).max(MAX_RATING),
      text: text(0, MAX_REVIEW_LENGTH),
    }),
    status: 201,
    handle: async ({ customer: { userId }, params, body, idempotency }) => {
      const review = { ...body, userId, productId: productId(params.id) };
      return (await shop.writeReview(review, idempotency)).map(done(reviewJson));
    },
  }),
];
