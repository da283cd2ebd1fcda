import { err, ok, type OrderId, type Result, type UserId } from '@jumun/domain';
import { type Page, pageOf } from '../page.js';
import type { Clock } from '../ports/clock.js';
import type { OrderPosition, OrderQueries } from '../ports/queries.js';
import { type OrderView, orderViewOf } from './order-view.js';
import type { OrderNotFound } from './pay-order.js';

/** One of the customer's own orders. */
export async function readOrder(
  queries: OrderQueries,
  clock: Clock,
  userId: UserId,
  orderId: OrderId,
): Promise<Result<OrderView, OrderNotFound>> {
  const order = await queries.find(userId, orderId);
  if (order === undefined) return err({ code: 'ORDER_NOT_FOUND', orderId });
  return ok(orderViewOf(order, clock.now()));
}

/** The customer's own orders, newest first. */
export async function listOrders(
  queries: OrderQueries,
  clock: Clock,
  userId: UserId,
  after: OrderPosition | null,
  limit: number,
): Promise<Page<OrderView, OrderPosition>> {
  const now = clock.now();
  const orders = await queries.list(userId, after, limit + 1);
  const page = pageOf(orders, limit, ({ createdAt, id }) => ({ createdAt, id }));
  return { ...page, items: page.items.map((order) => orderViewOf(order, now)) };
}
