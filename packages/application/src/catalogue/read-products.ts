import { err, ok, type ProductId, type ProductNotFound, type Result } from '@jumun/domain';
import type { ServiceBusy } from '../batching/batcher.js';
import type { ReadDesk } from '../batching/read-desk.js';
import { type Page, pageOf } from '../page.js';
import type { Cache } from '../ports/cache.js';
import type {
  CatalogueQueries,
  ProductSearch,
  ReviewPosition,
  ShelfProduct,
} from '../ports/queries.js';
import type { ProductDetails, ReviewView } from './product-view.js';

/** How long the texts, rating and latest reviews of a product are kept: 5 minutes (scenario 6). Its stock never is. */
const DETAILS_TTL_MS = 300_000;
const LATEST_REVIEWS = 5;

export interface ProductList {
  readonly items: readonly ShelfProduct[];
  readonly page: number;
  readonly size: number;
  /** How many products match, on all pages. */
  readonly total: number;
}

/** The catalogue, by id. `page` counts from 1. */
export async function listProducts(
  queries: CatalogueQueries,
  search: ProductSearch,
  page: number,
  size: number,
): Promise<ProductList> {
  const [items, total] = await Promise.all([
    queries.search(search, (page - 1) * size, size),
    queries.count(search),
  ]);
  return { items, page, size, total };
}

/** What of a product's page may be a little old: everything but the stock. */
type CachedDetails = Omit<ProductDetails, 'stock'>;

export const detailsKey = (id: ProductId): string => `product:${id}`;

/** A product's page: its stock as it is now, the rest as it was up to 5 minutes ago. */
export async function readProduct(
  queries: CatalogueQueries,
  cache: Cache,
  stocks: ReadDesk<ProductId, number>,
  id: ProductId,
): Promise<Result<ProductDetails, ProductNotFound | ServiceBusy>> {
  const [details, stock] = await Promise.all([readDetails(queries, cache, id), stocks.find(id)]);
  if (stock.isErr()) return err(stock.error);
  if (details === undefined || stock.value === undefined) {
    return err({ code: 'PRODUCT_NOT_FOUND', productId: id });
  }
  return ok({ ...details, stock: stock.value });
}

async function readDetails(
  queries: CatalogueQueries,
  cache: Cache,
  id: ProductId,
): Promise<CachedDetails | undefined> {
  const kept = await cache.read(detailsKey(id), DETAILS_TTL_MS, async () => {
    const product = (await queries.findMany([id])).get(id);
    if (product === undefined) return undefined;
    const rating = (await queries.ratings([id])).get(id) ?? { average: 0, count: 0 };
    const reviews = (await queries.reviews(id, null, LATEST_REVIEWS)).map(reviewViewOf);
    return JSON.stringify({ ...product, rating, reviews } satisfies CachedDetails);
  });
  return kept === undefined ? undefined : (JSON.parse(kept) as CachedDetails);
}

/** A product's reviews, newest first. */
export async function listReviews(
  queries: CatalogueQueries,
  id: ProductId,
  after: ReviewPosition | null,
  limit: number,
): Promise<Result<Page<ReviewView, ReviewPosition>, ProductNotFound>> {
  const [products, reviews] = await Promise.all([
    queries.findMany([id]),
    queries.reviews(id, after, limit + 1),
  ]);
  if (!products.has(id)) return err({ code: 'PRODUCT_NOT_FOUND', productId: id });
  return ok(
    pageOf(reviews.map(reviewViewOf), limit, (last) => ({
      createdAt: last.createdAt,
      id: last.id,
    })),
  );
}

const reviewViewOf = ({ id, rating, text, createdAt }: ReviewView): ReviewView => ({
  id,
  rating,
  text,
  createdAt,
});
