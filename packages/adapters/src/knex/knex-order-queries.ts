import type { DueOrder, OrderPosition, OrderQueries } from '@jumun/application';
import type { Instant, OrderId, OrderSnapshot, UserId } from '@jumun/domain';
import type { Database } from './database.js';
import { SELECT_ORDER_LINES, SELECT_ORDERS } from './knex-order-repository.js';
import { type OrderLineRow, type OrderRow, toOrderSnapshots } from './order-rows.js';
import type { SqlSession, SqlValue } from './sql-session.js';

export class KnexOrderQueries implements OrderQueries {
  constructor(private readonly database: Database) {}

  async find(userId: UserId, orderId: OrderId): Promise<OrderSnapshot | undefined> {
    const [order] = await this.database.read((session) =>
      selectOrders(session, 'WHERE id = ? AND user_id = ?', [orderId, userId]),
    );
    return order;
  }

  list(
    userId: UserId,
    after: OrderPosition | null,
    limit: number,
  ): Promise<readonly OrderSnapshot[]> {
    const { createdAt, id } = after ?? { createdAt: Number.MAX_SAFE_INTEGER, id: 0 };
    return this.database.read((session) =>
      selectOrders(
        session,
        `WHERE user_id = ? AND created_at <= ? AND (created_at < ? OR id < ?)
         ORDER BY created_at DESC, id DESC LIMIT ?`,
        [userId, createdAt, createdAt, id, limit],
      ),
    );
  }

  async due(now: Instant, after: DueOrder | null, limit: number): Promise<readonly DueOrder[]> {
    const { expiresAt, id } = after ?? { expiresAt: Number.MIN_SAFE_INTEGER, id: 0 };
    const rows = await this.database.read((session) =>
      session.all<Pick<OrderRow, 'id' | 'expires_at'>>(
        `SELECT id, expires_at FROM orders
         WHERE status = 'PENDING' AND expires_at BETWEEN ? AND ? AND (expires_at > ? OR id > ?)
         ORDER BY expires_at, id LIMIT ?`,
        [expiresAt, now, expiresAt, id, limit],
      ),
    );
    return rows.map((row) => ({ id: row.id, expiresAt: row.expires_at }));
  }
}

async function selectOrders(
  session: SqlSession,
  condition: string,
  values: readonly SqlValue[],
): Promise<readonly OrderSnapshot[]> {
  const orders = await session.all<OrderRow>(`${SELECT_ORDERS} ${condition}`, values);
  const lines = await session.selectByKeys<OrderLineRow>(
    { select: SELECT_ORDER_LINES, key: ['order_id'] },
    orders.map(({ id }) => [id]),
  );
  return toOrderSnapshots(orders, lines);
}
