import type { Shop } from '@jumun/application';
import {
  Basket,
  couponId,
  err,
  type InvalidBasket,
  MAX_LINE_QUANTITY,
  MAX_ORDER_PRODUCTS,
  ok,
  orderId,
  productId,
} from '@jumun/domain';
import { z } from 'zod';
import { orderSchema, pageOf, paymentSchema } from '../answer-schemas.js';
import { orderCursor, pageJson } from '../cursors.js';
import { type Invalid, invalid } from '../edge/validation.js';
import { orderJson, paymentJson } from '../representation.js';
import { API, bodyId, emptyBody, pageLimit, pathId } from './fields.js';
import { done, shown } from './replies.js';
import { type Route, route } from './route.js';

const path = `${API}/orders`;
const order = z.object({ id: pathId });

const orderRequest = z.strictObject({
  /** Lines: a product may stand on several, so there may be more lines than an order has products. */
  items: z
    .array(
      z.strictObject({
        productId: bodyId.meta({ examples: [101] }),
        quantity: z.int().min(1).max(MAX_LINE_QUANTITY),
      }),
    )
    .min(1),
  /** `null` says the same as nothing: no coupon. */
  couponId: bodyId.nullable().default(null),
});

/** What the basket does not take, as a fault of the request. */
function invalidBasket(
  { reason, productId: wrong }: InvalidBasket,
  items: readonly { readonly productId: number }[],
): Invalid {
  if (reason === 'QUANTITY_OUT_OF_RANGE') {
    const line = items.findLastIndex((item) => item.productId === wrong);
    const message = `all lines of a product together must be 1 to ${MAX_LINE_QUANTITY} pieces`;
    return invalid({ path: `items.${line}.quantity`, message });
  }
  return invalid({ path: 'items', message: `must be 1 to ${MAX_ORDER_PRODUCTS} products` });
}

const orderCommands = (shop: Shop): readonly Route[] => [
  route({
    method: 'POST',
    path,
    access: 'customer',
    name: 'placeOrder',
    tag: 'Orders',
    summary: 'Place an order; its stock and coupon are held until expiresAt',
    body: orderRequest,
    status: 201,
    answer: orderSchema,
    answerHeaders: ['Location'],
    refusals: [
      'PRODUCT_NOT_FOUND',
      'OUT_OF_STOCK',
      'INSUFFICIENT_BALANCE',
      'COUPON_NOT_FOUND',
      'COUPON_NOT_USABLE',
      'SERVICE_BUSY',
    ],
    isBusy: () => shop.isBusyWithOrders(true),
    handle: async ({ customer: { userId }, body, idempotency }) => {
      const items = body.items.map((item) => ({ ...item, productId: productId(item.productId) }));
      const basket = Basket.of(items);
      if (basket.isErr()) return err(invalidBasket(basket.error, items));
      const coupon = body.couponId === null ? null : couponId(body.couponId);
      const command = { userId, basket: basket.value, couponId: coupon };
      const located = done(orderJson, ({ id }) => `${path}/${id}`);
      return (await shop.placeOrder(command, idempotency)).map(located);
    },
  }),

  route({
    method: 'POST',
    path: `${path}/:id/payment`,
    access: 'customer',
    name: 'payOrder',
    tag: 'Orders',
    summary: 'Pay an order from the wallet',
    params: order,
    body: z.strictObject({ amount: z.int().nonnegative().optional() }),
    status: 201,
    answer: paymentSchema,
    refusals: [
      'ORDER_NOT_FOUND',
      'ORDER_NOT_PAYABLE',
      'AMOUNT_MISMATCH',
      'INSUFFICIENT_BALANCE',
      'SERVICE_BUSY',
    ],
    isBusy: () => shop.isBusyWithOrders(false),
    handle: async ({ customer: { userId }, params, body, idempotency }) => {
      const command = { userId, orderId: orderId(params.id), amount: body.amount ?? null };
      return (await shop.payOrder(command, idempotency)).map(done(paymentJson));
    },
  }),

  route({
    method: 'POST',
    path: `${path}/:id/cancel`,
    access: 'customer',
    name: 'cancelOrder',
    tag: 'Orders',
    summary: 'Call an order off; a paid one is refunded',
    params: order,
    body: emptyBody,
    status: 200,
    answer: orderSchema,
    refusals: ['ORDER_NOT_FOUND', 'ORDER_NOT_CANCELLABLE', 'SERVICE_BUSY'],
    isBusy: () => shop.isBusyWithOrders(false),
    handle: async ({ customer: { userId }, params, idempotency }) => {
      const command = { userId, orderId: orderId(params.id) };
      return (await shop.cancelOrder(command, idempotency)).map(done(orderJson));
    },
  }),
];

const orderReads = (shop: Shop): readonly Route[] => [
  route({
    method: 'GET',
    path,
    access: 'customer',
    name: 'listOrders',
    tag: 'Orders',
    summary: 'Your orders, newest first',
    query: z.object({ cursor: orderCursor.schema, limit: pageLimit }),
    status: 200,
    answer: pageOf(orderSchema),
    handle: async ({ customer, query: { cursor, limit } }) => {
      const page = await shop.listOrders(customer.userId, cursor, limit);
      return ok({ body: pageJson(page, orderJson, orderCursor) });
    },
  }),

  route({
    method: 'GET',
    path: `${path}/:id`,
    access: 'customer',
    name: 'readOrder',
    tag: 'Orders',
    summary: 'One of your orders',
    params: order,
    status: 200,
    answer: orderSchema,
    refusals: ['ORDER_NOT_FOUND'],
    handle: async ({ customer, params }) =>
      (await shop.readOrder(customer.userId, orderId(params.id))).map(shown(orderJson)),
  }),
];

export const orderRoutes = (shop: Shop): readonly Route[] => [
  ...orderCommands(shop),
  ...orderReads(shop),
];
