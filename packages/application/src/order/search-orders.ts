import type { UserId } from '@jumun/domain';
import { type Page, pageOf } from '../page.js';
import type { Clock } from '../ports/clock.js';
import type { OrderPlace, OrderQueries, OrderSearch } from '../ports/queries.js';
import { type OrderView, orderViewOf } from './order-view.js';

/** An order as an operator sees it: whose it is, too. */
export interface OperatorOrderView extends OrderView {
  readonly userId: UserId;
}

/** Orders of all customers, newest first, after the one named; those of one customer or one status where one is named. */
export async function searchOrders(
  queries: OrderQueries,
  clock: Clock,
  search: OrderSearch,
  after: OrderPlace | null,
  limit: number,
): Promise<Page<OperatorOrderView, OrderPlace>> {
  const now = clock.now();
  const orders = await queries.search(search, now, after, limit + 1);
  const page = pageOf(orders, limit, ({ createdAt, expiresAt, id }) => ({
    createdAt,
    expiresAt,
    id,
  }));
  return {
    ...page,
    items: page.items.map((order) => ({ userId: order.userId, ...orderViewOf(order, now) })),
  };
}
