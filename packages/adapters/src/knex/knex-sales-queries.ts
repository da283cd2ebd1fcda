import type { SalesQueries } from '@jumun/application';
import type { ProductId, SalesDay } from '@jumun/domain';
import type { Database } from './database.js';
import { ascending } from './keyed-table.js';

export class KnexSalesQueries implements SalesQueries {
  constructor(private readonly database: Database) {}

  async piecesSold(
    ids: readonly ProductId[],
    since: SalesDay,
  ): Promise<ReadonlyMap<ProductId, number>> {
    const rows = await this.database.browse((session) =>
      session.selectByKeys<{ product_id: ProductId; quantity: number }>(
        {
          select: 'SELECT product_id, quantity FROM sales_daily',
          key: ['product_id'],
          and: `day >= ${since}`,
        },
        ascending(ids),
      ),
    );
    const sold = new Map<ProductId, number>();
    for (const { product_id: id, quantity } of rows) sold.set(id, (sold.get(id) ?? 0) + quantity);
    return sold;
  }
}
