import type {
  DueOrder,
  OrderPlace,
  OrderPosition,
  OrderQueries,
  OrderSearch,
} from '@jumun/application';
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

  search(
    search: OrderSearch,
    now: Instant,
    after: OrderPlace | null,
    limit: number,
  ): Promise<readonly OrderSnapshot[]> {
    const { conditions, values, order } = searchOf(search, now, after);
    const where = conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`;
    return this.database.read((session) =>
      selectOrders(session, `${where} ORDER BY ${order} LIMIT ?`, [...values, limit]),
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

/** Each list in the order of the index that finds it, so that a page costs what its rows cost. */
function searchOf(
  { userId, status }: OrderSearch,
  now: Instant,
  after: OrderPlace | null,
): {
  readonly conditions: readonly string[];
  readonly values: readonly SqlValue[];
  readonly order: string;
} {
  const [column, at] =
    userId !== null
      ? (['created_at', after?.createdAt] as const)
      : status !== null
        ? (['expires_at', after?.expiresAt] as const)
        : [null, undefined];
  const conditions: string[] = [];
  const values: SqlValue[] = [];
  const and = (condition: string, ...given: readonly SqlValue[]): void => {
    conditions.push(condition);
    values.push(...given);
  };
  if (userId !== null) and('user_id = ?', userId);
  if (status !== null) and('status = ?', status);
  if (status === 'PENDING') and('expires_at > ?', now);
  if (after !== null && column === null) and('id < ?', after.id);
  if (after !== null && column !== null && at !== undefined) {
    and(`${column} <= ? AND (${column} < ? OR id < ?)`, at, at, after.id);
  }
  return { conditions, values, order: column === null ? 'id DESC' : `${column} DESC, id DESC` };
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
