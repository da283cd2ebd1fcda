import type { ProductId } from '../shared/ids.js';
import { invariant } from '../shared/invariant.js';

/** What a ranking goes by: pieces sold, or won paid for them. */
export type RankingSort = 'quantity' | 'revenue';

/** What was sold of one product in some time, refunds taken back. */
export interface SalesTotal {
  readonly productId: ProductId;
  /** Pieces. */
  readonly quantity: number;
  /** Won, after discounts. */
  readonly revenue: number;
}

/** A product's place among the popular ones. */
export interface RankedProduct extends SalesTotal {
  /** Counts from 1; no two products share one. */
  readonly rank: number;
}

/**
 * The best `places` products by `sort`. Products that sold alike stand by revenue, the higher first, then by id, the lower
 * first: one total order, whatever order the totals come in. A product with no pieces left, because all were refunded, has
 * no place. Each product stands in `totals` once.
 */
export function rankSales(
  totals: Iterable<SalesTotal>,
  sort: RankingSort,
  places: number,
): readonly RankedProduct[] {
  invariant(Number.isSafeInteger(places) && places >= 0, `a number of places: ${places}`);
  const best = new BestOf(places, ORDERS[sort]);
  for (const total of totals) if (total.quantity > 0) best.offer(total);
  return best.inOrder().map(({ productId, quantity, revenue }, at) => ({
    rank: at + 1,
    productId,
    quantity,
    revenue,
  }));
}

/** Below 0 when `a` stands before `b`; never 0 for two products. */
type SalesOrder = (a: SalesTotal, b: SalesTotal) => number;

const byRevenue: SalesOrder = (a, b) => b.revenue - a.revenue || a.productId - b.productId;

const ORDERS: Readonly<Record<RankingSort, SalesOrder>> = {
  quantity: (a, b) => b.quantity - a.quantity || byRevenue(a, b),
  revenue: byRevenue,
};

/**
 * The best of many, a few at a time: a heap whose first is the worst one kept. Most products of a large catalogue are
 * turned away by one comparison, so the whole catalogue is never sorted.
 */
class BestOf {
  private readonly heap: SalesTotal[] = [];

  constructor(
    private readonly room: number,
    private readonly order: SalesOrder,
  ) {}

  offer(total: SalesTotal): void {
    const { heap, room, order } = this;
    if (heap.length < room) {
      this.rise(total);
      return;
    }
    const worst = heap[0];
    if (worst !== undefined && order(total, worst) < 0) this.sink(total);
  }

  inOrder(): readonly SalesTotal[] {
    return this.heap.toSorted(this.order);
  }

  /** Adds a total at the end, and lets it up past all that are better. */
  private rise(total: SalesTotal): void {
    const { heap, order } = this;
    let at = heap.length;
    while (at > 0) {
      const above = (at - 1) >> 1;
      const parent = heap[above];
      if (parent === undefined || order(parent, total) > 0) break;
      heap[at] = parent;
      at = above;
    }
    heap[at] = total;
  }

  /** Puts a total in the place of the worst one, and lets it down past all that are worse. */
  private sink(total: SalesTotal): void {
    const { heap, order } = this;
    let at = 0;
    for (;;) {
      let below = 2 * at + 1;
      let child = heap[below];
      if (child === undefined) break;
      const other = heap[below + 1];
      if (other !== undefined && order(other, child) > 0) {
        child = other;
        below += 1;
      }
      if (order(child, total) < 0) break;
      heap[at] = child;
      at = below;
    }
    heap[at] = total;
  }
}
