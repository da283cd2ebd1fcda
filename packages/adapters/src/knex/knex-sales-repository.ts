import type { SalesRepository } from '@jumun/application';
import type { Sale } from '@jumun/domain';
import type { SqlSession } from './sql-session.js';

const COLUMNS = ['order_id', 'product_id', 'sign', 'day', 'quantity', 'revenue'] as const;

export class KnexSalesRepository implements SalesRepository {
  constructor(private readonly session: SqlSession) {}

  append(sales: readonly Sale[]): Promise<void> {
    const rows = sales.map(({ orderId, productId, day, quantity, revenue }) => [
      orderId,
      productId,
      Math.sign(quantity),
      day,
      quantity,
      revenue,
    ]);
    return this.session.insertMany('sales_records', COLUMNS, rows);
  }
}
