import type { ProductId } from '../shared/ids.js';
import type { SalesTotal } from './ranking.js';
import type { Sale, SalesDay } from './sale.js';

/** What was sold of one product on one day of the shop. */
export interface DailySales extends SalesTotal {
  readonly day: SalesDay;
}

type DaySums = Map<ProductId, { quantity: number; revenue: number }>;

/**
 * Sales added up by day and product; each pair once, by day and then by product id. Refunds count as what they are:
 * negative sales of the day on which they were sold, so a sum may be 0 or, of refunds alone, negative.
 */
export function dailySalesOf(sales: readonly Sale[]): readonly DailySales[] {
  const days = new Map<SalesDay, DaySums>();
  for (const { day, productId, quantity, revenue } of sales) {
    const products: DaySums = days.get(day) ?? new Map();
    days.set(day, products);
    const sum = products.get(productId);
    if (sum === undefined) products.set(productId, { quantity, revenue });
    else {
      sum.quantity += quantity;
      sum.revenue += revenue;
    }
  }
  return [...days]
    .toSorted(([a], [b]) => a - b)
    .flatMap(([day, products]) =>
      [...products]
        .toSorted(([a], [b]) => a - b)
        .map(([productId, sum]) => ({ day, productId, ...sum })),
    );
}
