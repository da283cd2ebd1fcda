import type { Shop } from '@jumun/application';
import {
  MAX_CATEGORY_LENGTH,
  MAX_DESCRIPTION_LENGTH,
  MAX_NAME_LENGTH,
  MAX_PRICE,
  MAX_QUANTITY,
  ok,
  type ProductSnapshot,
  productId,
  won,
} from '@jumun/domain';
import { z } from 'zod';
import { shelfListJson } from '../admin-representation.js';
import { shelfListSchema } from '../admin-schemas.js';
import { productSchema, restockedSchema } from '../answer-schemas.js';
import { productJson } from '../representation.js';
import { API, label, pathId, text } from './fields.js';
import { productQuery } from './products.js';
import { done } from './replies.js';
import { type Route, route } from './route.js';

const path = `${API}/admin/products`;
const product = z.object({ id: pathId });

const terms = {
  name: label(MAX_NAME_LENGTH),
  description: text(0, MAX_DESCRIPTION_LENGTH),
  category: label(MAX_CATEGORY_LENGTH),
  price: z.int().nonnegative().max(MAX_PRICE).transform(won),
};

const revision = z.strictObject({
  name: terms.name.exactOptional(),
  description: terms.description.exactOptional(),
  category: terms.category.exactOptional(),
  price: terms.price.exactOptional(),
} satisfies Record<keyof Omit<ProductSnapshot, 'id'>, z.ZodType>);

export const adminProductRoutes = (shop: Shop): readonly Route[] => [
  route({
    method: 'GET',
    path,
    access: 'operator',
    name: 'listShelves',
    tag: 'Admin',
    summary: 'The catalogue with all its pieces, by id',
    query: productQuery,
    status: 200,
    answer: shelfListSchema,
    handle: async ({ query: { page, size, q, category } }) =>
      ok({ body: shelfListJson(await shop.listShelves({ text: q, category }, page, size)) }),
  }),

  route({
    method: 'POST',
    path,
    access: 'operator',
    name: 'registerProduct',
    tag: 'Admin',
    summary: 'Put a product on sale',
    body: z.strictObject({ ...terms, stock: z.int().nonnegative().max(MAX_QUANTITY) }),
    status: 201,
    answer: productSchema,
    answerHeaders: ['Location'],
    refusals: ['SERVICE_BUSY'],
    handle: async ({ body, idempotency }) => {
      const located = done(productJson, ({ id }) => `${API}/products/${id}`);
      return (await shop.registerProduct(body, idempotency)).map(located);
    },
  }),

  route({
    method: 'PATCH',
    path: `${path}/:id`,
    access: 'operator',
    name: 'reviseProduct',
    tag: 'Admin',
    summary: "Change a product's texts or price; orders already placed keep theirs",
    params: product,
    body: revision,
    status: 200,
    answer: productSchema,
    refusals: ['PRODUCT_NOT_FOUND', 'SERVICE_BUSY'],
    handle: async ({ params, body: changes }) =>
      (await shop.reviseProduct({ productId: productId(params.id), changes })).map(
        done(productJson),
      ),
  }),

  route({
    method: 'POST',
    path: `${path}/:id/restock`,
    access: 'operator',
    name: 'restockProduct',
    tag: 'Admin',
    summary: 'Add pieces to the shelf',
    params: product,
    body: z.strictObject({ quantity: z.int().min(1).max(MAX_QUANTITY) }),
    status: 200,
    answer: restockedSchema,
    refusals: ['PRODUCT_NOT_FOUND', 'STOCK_LIMIT_EXCEEDED', 'SERVICE_BUSY'],
    handle: async ({ params, body: { quantity }, idempotency }) => {
      const command = { productId: productId(params.id), quantity };
      return (await shop.restockProduct(command, idempotency)).map(
        done(({ id, stock }) => ({ id, stock })),
      );
    },
  }),
];
