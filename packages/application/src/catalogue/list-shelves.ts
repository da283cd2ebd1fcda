import type { CatalogueQueries, ProductSearch } from '../ports/queries.js';
import type { ProductView } from './product-view.js';

/** A product, and all its pieces. */
export interface ShelfView extends ProductView {
  /** Pieces there are, the reserved ones too. */
  readonly onHand: number;
  /** Of those, pieces that are held for orders which are not paid yet. */
  readonly reserved: number;
}

export interface ShelfList {
  readonly items: readonly ShelfView[];
  readonly page: number;
  readonly size: number;
  /** How many products match, on all pages. */
  readonly total: number;
}

/** The catalogue as an operator sees it, by id. `page` counts from 1. Texts, prices and pieces are those of this moment. */
export async function listShelves(
  queries: CatalogueQueries,
  search: ProductSearch,
  page: number,
  size: number,
): Promise<ShelfList> {
  const [found, total] = await Promise.all([
    queries.search(search, (page - 1) * size, size),
    queries.count(search),
  ]);
  const ids = found.map(({ id }) => id);
  const [products, shelves] = await Promise.all([queries.findMany(ids), queries.shelves(ids)]);
  const items = ids.flatMap((id): readonly ShelfView[] => {
    const product = products.get(id);
    const shelf = shelves.get(id);
    if (product === undefined || shelf === undefined) return [];
    const { onHand, reserved } = shelf;
    return [{ ...product, stock: onHand - reserved, onHand, reserved }];
  });
  return { items, page, size, total };
}
