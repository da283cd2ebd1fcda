import type { SalesRepository } from '@jumun/application';
import type { Sale } from '@jumun/domain';
import { valuesOf } from './keyed-table.js';
import { SALE_COLUMNS, toSaleRow } from './sale-rows.js';
import type { SqlSession } from './sql-session.js';

export class KnexSalesRepository implements SalesRepository {
  constructor(private readonly session: SqlSession) {}

  append(sales: readonly Sale[]): Promise<void> {
    const rows = sales.map((sale) => valuesOf(toSaleRow(sale), SALE_COLUMNS));
    return this.session.insertMany('sales_records', SALE_COLUMNS, rows);
  }
}
