import {
  err,
  ok,
  type ProductId,
  type ProductNotFound,
  rankAlternatives,
  type Result,
  type SalesCalendar,
} from '@jumun/domain';
import type { Clock } from '../ports/clock.js';
import type { CatalogueQueries, SalesQueries, ShelfProduct } from '../ports/queries.js';

/** How many products in stock are compared, at most, on either side of the wanted one's price. */
const CANDIDATES = 50;
/** Popular means sold in the last 3 days, as the popular products count by default. */
const POPULAR_DAYS = 3;

export interface AlternativesPorts {
  readonly catalogue: CatalogueQueries;
  readonly sales: SalesQueries;
  readonly clock: Clock;
  readonly calendar: SalesCalendar;
}

/** Products in stock to offer instead of `id`, best first: see `rankAlternatives`. */
export async function findAlternatives(
  { catalogue, sales, clock, calendar }: AlternativesPorts,
  id: ProductId,
  limit: number,
): Promise<Result<readonly ShelfProduct[], ProductNotFound>> {
  const wanted = (await catalogue.findMany([id])).get(id);
  if (wanted === undefined) return err({ code: 'PRODUCT_NOT_FOUND', productId: id });
  const near = await catalogue.nearPrice(wanted.category, wanted.price, CANDIDATES);
  const since = calendar.firstOfLastDays(POPULAR_DAYS, clock.now());
  const sold = await sales.piecesSold(
    near.map((product) => product.id),
    since,
  );
  const candidates = near.map((product) => ({ ...product, sold: sold.get(product.id) ?? 0 }));
  const ranked = rankAlternatives(wanted, candidates).slice(0, limit);
  return ok(
    ranked.map(({ id: alternative, name, category, price, stock }) => ({
      id: alternative,
      name,
      category,
      price,
      stock,
    })),
  );
}
