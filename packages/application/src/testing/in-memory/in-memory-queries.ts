import type { Instant, ProductSnapshot } from '@jumun/domain';
import type { AuditQueries } from '../../ports/audit.js';
import type {
  CatalogueQueries,
  CouponQueries,
  DeliveryQueries,
  IdempotencyQueries,
  DueOrder,
  OrderPlace,
  OrderQueries,
  OrderSearch,
  ProductRating,
  ProductSearch,
  Queries,
  SalesQueries,
  ShelfProduct,
  WalletQueries,
} from '../../ports/queries.js';
import { auditQueries } from './in-memory-audit.js';
import { deliveryQueries } from './in-memory-deliveries.js';
import { rankingQueries, statisticsQueries } from './in-memory-statistics.js';
import { answerKey, type InMemoryStore } from './in-memory-store.js';
import type { Table } from './table.js';

/** Reads of what is committed in an {@link InMemoryStore}. */
export class InMemoryQueries implements Queries {
  readonly wallets: WalletQueries;
  readonly catalogue: CatalogueQueries;
  readonly orders: OrderQueries;
  readonly coupons: CouponQueries;
  readonly sales: SalesQueries;
  readonly rankings: Queries['rankings'];
  readonly statistics: Queries['statistics'];
  readonly deliveries: DeliveryQueries;
  readonly idempotency: IdempotencyQueries;
  readonly audit: AuditQueries;

  constructor(store: InMemoryStore) {
    this.wallets = walletQueries(store);
    this.catalogue = catalogueQueries(store);
    this.orders = orderQueries(store);
    this.coupons = couponQueries(store);
    this.sales = salesQueries(store);
    this.rankings = rankingQueries(store);
    this.statistics = statisticsQueries(store);
    this.deliveries = deliveryQueries(store);
    this.audit = auditQueries(store);
    this.idempotency = {
      find: async (keys) => [...pick(store.answers, keys.map(answerKey)).values()],
    };
  }

  ping(): Promise<void> {
    return Promise.resolve();
  }
}

const walletQueries = (store: InMemoryStore): WalletQueries => ({
  findMany: async (userIds) => pick(store.wallets, userIds),
  entries: async (userId, before, limit) =>
    store.walletEntries
      .all()
      .filter((entry) => entry.userId === userId && entry.sequence < (before ?? Infinity))
      .toSorted((a, b) => b.sequence - a.sequence)
      .slice(0, limit),
});

const catalogueQueries = (store: InMemoryStore): CatalogueQueries => ({
  search: async (search, offset, limit) =>
    matching(store, search)
      .slice(offset, offset + limit)
      .map((product) => shelved(store, product)),
  count: async (search) => matching(store, search).length,
  findMany: async (ids) => pick(store.products, ids),
  stocks: async (ids) =>
    new Map(
      [...pick(store.stocks, ids)].map(([id, { onHand, reserved }]) => [id, onHand - reserved]),
    ),
  shelves: async (ids) => pick(store.stocks, ids),
  ratings: async (ids) => {
    const ratings = new Map<(typeof ids)[number], ProductRating>();
    for (const id of ids) {
      const given = store.reviews.all().filter(({ productId }) => productId === id);
      const total = given.reduce((stars, { rating }) => stars + rating, 0);
      if (given.length > 0) ratings.set(id, { average: total / given.length, count: given.length });
    }
    return ratings;
  },
  reviews: async (id, after, limit) =>
    store.reviews
      .all()
      .filter(({ productId }) => productId === id)
      .toSorted(newestFirst)
      .filter((review) => after === null || newestFirst(after, review) < 0)
      .slice(0, limit),
  nearPrice: async (category, price, limit) => {
    const inStock = matching(store, { text: null, category })
      .map((product) => shelved(store, product))
      .filter(({ stock }) => stock > 0);
    const nearest = (products: readonly ShelfProduct[]): readonly ShelfProduct[] =>
      products
        .toSorted((a, b) => Math.abs(a.price - price) - Math.abs(b.price - price) || a.id - b.id)
        .slice(0, limit);
    return [
      ...nearest(inStock.filter((product) => product.price >= price)),
      ...nearest(inStock.filter((product) => product.price < price)),
    ];
  },
});

const orderQueries = (store: InMemoryStore): OrderQueries => ({
  find: async (userId, orderId) => {
    const order = store.orders.get(orderId);
    return order?.userId === userId ? order : undefined;
  },
  list: async (userId, after, limit) =>
    store.orders
      .all()
      .filter((order) => order.userId === userId)
      .toSorted(newestFirst)
      .filter((order) => after === null || newestFirst(after, order) < 0)
      .slice(0, limit),
  search: async (search, now, after, limit) =>
    store.orders
      .all()
      .filter(({ userId }) => search.userId === null || userId === search.userId)
      .filter(({ status }) => search.status === null || status === search.status)
      .filter(
        ({ status, expiresAt }) =>
          search.status === null || status !== 'PENDING' || expiresAt > now,
      )
      .toSorted(inOrderOf(search))
      .filter((order) => after === null || inOrderOf(search)(after, order) < 0)
      .slice(0, limit),
  due: async (now, after, limit) =>
    store.orders
      .all()
      .filter(({ status, expiresAt }) => status === 'PENDING' && expiresAt <= now)
      .map(({ expiresAt, id }) => ({ expiresAt, id }))
      .toSorted(byDueTime)
      .filter((order) => after === null || byDueTime(order, after) > 0)
      .slice(0, limit),
});

const inOrderOf =
  ({ userId, status }: OrderSearch) =>
  (a: OrderPlace, b: OrderPlace): number => {
    if (userId !== null) return newestFirst(a, b);
    return (status === null ? 0 : b.expiresAt - a.expiresAt) || b.id - a.id;
  };

const byDueTime = (a: DueOrder, b: DueOrder): number => a.expiresAt - b.expiresAt || a.id - b.id;

const couponQueries = (store: InMemoryStore): CouponQueries => ({
  ofUser: async (userId) =>
    store.coupons
      .all()
      .filter((coupon) => coupon.userId === userId)
      .toSorted((a, b) => b.issuedAt - a.issuedAt || b.id - a.id),
  runningCampaigns: async (now) =>
    store.campaigns
      .all()
      .filter(({ startsAt, endsAt }) => now >= startsAt && now < endsAt)
      .toSorted((a, b) => a.id - b.id),
  campaigns: async (before, limit) =>
    store.campaigns
      .all()
      .filter(({ id }) => before === null || id < before)
      .toSorted((a, b) => b.id - a.id)
      .slice(0, limit),
});

const salesQueries = (store: InMemoryStore): SalesQueries => ({
  piecesSold: async (ids, since) => {
    const sold = new Map<(typeof ids)[number], number>();
    for (const { productId, day, quantity } of store.dailySales.all()) {
      if (day < since || !ids.includes(productId)) continue;
      sold.set(productId, (sold.get(productId) ?? 0) + quantity);
    }
    return sold;
  },
});

/** Products that match, by id. */
const matching = (
  store: InMemoryStore,
  { text, category }: ProductSearch,
): readonly ProductSnapshot[] =>
  store.products
    .all()
    .filter((product) => text === null || inLowerCase(product.name).includes(inLowerCase(text)))
    .filter((product) => category === null || product.category === category)
    .toSorted((a, b) => a.id - b.id);

const inLowerCase = (text: string): string => text.toLowerCase();

const shelved = (
  store: InMemoryStore,
  { id, name, category, price }: ProductSnapshot,
): ShelfProduct => {
  const stock = store.stocks.get(id);
  return {
    id,
    name,
    category,
    price,
    stock: stock === undefined ? 0 : stock.onHand - stock.reserved,
  };
};

const newestFirst = (
  a: { readonly createdAt: Instant; readonly id: number },
  b: { readonly createdAt: Instant; readonly id: number },
): number => b.createdAt - a.createdAt || b.id - a.id;

const pick = <Key extends number | string, Row>(
  table: Table<Key, Row>,
  keys: readonly Key[],
): ReadonlyMap<Key, Row> => table.begin().find(keys);
