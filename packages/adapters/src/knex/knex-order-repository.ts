import type { OrderRepository } from '@jumun/application';
import { Order, type OrderId } from '@jumun/domain';
import { ascending, valuesOf } from './keyed-table.js';
import {
  ORDER_CHANGING_COLUMNS,
  ORDER_COLUMNS,
  ORDER_LINE_COLUMNS,
  type OrderLineRow,
  type OrderRow,
  toOrderLineRows,
  toOrderRow,
  toOrderSnapshots,
} from './order-rows.js';
import type { SqlSession } from './sql-session.js';

export const SELECT_ORDERS = `SELECT ${ORDER_COLUMNS.join(', ')} FROM orders`;
export const SELECT_ORDER_LINES = `SELECT ${ORDER_LINE_COLUMNS.join(', ')} FROM order_lines`;

/** Orders lie in two tables. Lines are written with their order and never change, so the order's lock covers them. */
export class KnexOrderRepository implements OrderRepository {
  constructor(private readonly session: SqlSession) {}

  async lockMany(ids: readonly OrderId[]): Promise<ReadonlyMap<OrderId, Order>> {
    const keys = ascending(ids);
    const [orders, lines] = await Promise.all([
      this.session.selectByKeys<OrderRow>({ select: SELECT_ORDERS, key: ['id'], lock: true }, keys),
      this.session.selectByKeys<OrderLineRow>(
        { select: SELECT_ORDER_LINES, key: ['order_id'] },
        keys,
      ),
    ]);
    return new Map(
      toOrderSnapshots(orders, lines).map((order) => [order.id, Order.rehydrate(order)]),
    );
  }

  async addMany(orders: readonly Order[]): Promise<void> {
    const snapshots = orders.map((order) => order.toSnapshot());
    const lines = snapshots.flatMap(toOrderLineRows);
    await Promise.all([
      this.session.insertMany(
        'orders',
        ORDER_COLUMNS,
        snapshots.map((order) => valuesOf(toOrderRow(order), ORDER_COLUMNS)),
      ),
      this.session.insertMany(
        'order_lines',
        ORDER_LINE_COLUMNS,
        lines.map((line) => valuesOf(line, ORDER_LINE_COLUMNS)),
      ),
    ]);
  }

  saveMany(orders: readonly Order[]): Promise<void> {
    const columns = [...ORDER_CHANGING_COLUMNS, 'id'];
    const rows = orders.map((order) => valuesOf(toOrderRow(order.toSnapshot()), columns));
    return this.session.updateMany('orders', ORDER_CHANGING_COLUMNS, 'id', rows);
  }
}
