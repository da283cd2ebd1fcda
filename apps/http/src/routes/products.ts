import type { Shop } from '@jumun/application';
import { MAX_CATEGORY_LENGTH, MAX_NAME_LENGTH, ok, productId } from '@jumun/domain';
import { z } from 'zod';
import {
  listOf,
  productDetailsSchema,
  productListSchema,
  shelfProductSchema,
} from '../answer-schemas.js';
import { productDetailsJson, productListJson, shelfProductJson } from '../representation.js';
import { API, filter, pathId, queryInteger } from './fields.js';
import { shown } from './replies.js';
import { type Route, route } from './route.js';

const MAX_SIZE = 100;
/** Beyond it, the number of products to skip would not be a safe integer. */
const MAX_PAGE = Math.floor(Number.MAX_SAFE_INTEGER / MAX_SIZE);

const product = z.object({ id: pathId });

/** Which products, and which page of them. */
export const productQuery = z.object({
  page: queryInteger(1, MAX_PAGE, 1),
  size: queryInteger(1, MAX_SIZE, 20),
  q: filter(MAX_NAME_LENGTH),
  category: filter(MAX_CATEGORY_LENGTH),
});

export const productRoutes = (shop: Shop): readonly Route[] => [
  route({
    method: 'GET',
    path: `${API}/products`,
    access: 'public',
    name: 'listProducts',
    tag: 'Products',
    summary: 'The catalogue, by id',
    query: productQuery,
    status: 200,
    answer: productListSchema,
    handle: async ({ query: { page, size, q, category } }) =>
      ok({ body: productListJson(await shop.listProducts({ text: q, category }, page, size)) }),
  }),

  route({
    method: 'GET',
    path: `${API}/products/:id`,
    access: 'public',
    name: 'readProduct',
    tag: 'Products',
    summary: 'One product, with its rating and latest reviews',
    params: product,
    status: 200,
    answer: productDetailsSchema,
    refusals: ['PRODUCT_NOT_FOUND', 'SERVICE_BUSY'],
    handle: async ({ params }) =>
      (await shop.readProduct(productId(params.id))).map(shown(productDetailsJson)),
  }),

  route({
    method: 'GET',
    path: `${API}/products/:id/alternatives`,
    access: 'public',
    name: 'listAlternatives',
    tag: 'Products',
    summary: 'Products in stock to buy instead, best first',
    params: product,
    query: z.object({ limit: queryInteger(1, 50, 5) }),
    status: 200,
    answer: listOf(shelfProductSchema),
    refusals: ['PRODUCT_NOT_FOUND'],
    handle: async ({ params, query: { limit } }) =>
      (await shop.listAlternatives(productId(params.id), limit)).map((alternatives) => ({
        body: { items: alternatives.map(shelfProductJson) },
      })),
  }),
];
