import {
  Coupon,
  CouponCampaign,
  type CouponId,
  type CouponSnapshot,
  Order,
  Product,
  type ProductId,
  type ProductSnapshot,
  Stock,
  type UserId,
  Wallet,
  type WalletSnapshot,
} from '@jumun/domain';
import type { Repository } from '../../ports/repositories.js';
import type { Transaction, UnitOfWork } from '../../ports/unit-of-work.js';
import { deliveriesOf } from './in-memory-deliveries.js';
import { statisticsOf } from './in-memory-statistics.js';
import { answerKey, type InMemoryStore } from './in-memory-store.js';
import type { TableDraft } from './table.js';

/**
 * Transactions over an {@link InMemoryStore}, one at a time. What a work writes is a draft: nobody sees it before the work
 * resolves, and nothing is left of it when the work rejects. As on a database with one connection, a work that waits for
 * something outside its transaction waits for ever.
 */
export class InMemoryUnitOfWork implements UnitOfWork {
  constructor(private readonly store: InMemoryStore) {}

  run<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.store.exclusively(async () => {
      const drafts = draftsOf(this.store);
      const result = await work(transactionOn(drafts));
      for (const draft of Object.values(drafts)) draft.commit();
      return result;
    });
  }
}

const draftsOf = (store: InMemoryStore) => ({
  orders: store.orders.begin(),
  wallets: store.wallets.begin(),
  walletEntries: store.walletEntries.begin(),
  coupons: store.coupons.begin(),
  campaigns: store.campaigns.begin(),
  products: store.products.begin(),
  stocks: store.stocks.begin(),
  reviews: store.reviews.begin(),
  sales: store.sales.begin(),
  deliveries: store.deliveries.begin(),
  answers: store.answers.begin(),
  countedSales: store.countedSales.begin(),
  dailySales: store.dailySales.begin(),
  rankings: store.rankings.begin(),
  progress: store.progress.begin(),
});

type Drafts = ReturnType<typeof draftsOf>;

const transactionOn = (drafts: Drafts): Transaction => ({
  orders: repositoryOf(drafts.orders, (row) => Order.rehydrate(row)),
  wallets: walletsOf(drafts),
  coupons: couponsOf(drafts.coupons),
  campaigns: repositoryOf(drafts.campaigns, (row) => CouponCampaign.rehydrate(row)),
  products: productsOf(drafts.products),
  stocks: repositoryOf(drafts.stocks, (row) => Stock.rehydrate(row)),
  reviews: reviewsOf(drafts),
  sales: {
    append: async (sales) => drafts.sales.add(sales),
  },
  deliveries: deliveriesOf(drafts.deliveries),
  idempotency: answersOf(drafts.answers),
  statistics: statisticsOf(drafts),
});

const repositoryOf = <Id extends number, Row, Aggregate extends { toSnapshot(): Row }>(
  rows: TableDraft<Id, Row>,
  rehydrate: (row: Row) => Aggregate,
): Repository<Id, Aggregate> => ({
  lockMany: async (ids) => rehydrated(rows.lock(ids), rehydrate),
  addMany: async (aggregates) => rows.add(aggregates.map((aggregate) => aggregate.toSnapshot())),
  saveMany: async (aggregates) => rows.save(aggregates.map((aggregate) => aggregate.toSnapshot())),
});

const rehydrated = <Id, Row, Aggregate>(
  rows: ReadonlyMap<Id, Row>,
  rehydrate: (row: Row) => Aggregate,
): ReadonlyMap<Id, Aggregate> => new Map([...rows].map(([id, row]) => [id, rehydrate(row)]));

const walletsOf = ({ wallets, walletEntries }: Drafts): Transaction['wallets'] => ({
  ...repositoryOf<UserId, WalletSnapshot, Wallet>(wallets, (row) => Wallet.rehydrate(row)),
  appendEntries: async (entries) => walletEntries.add(entries),
});

const couponsOf = (coupons: TableDraft<CouponId, CouponSnapshot>): Transaction['coupons'] => ({
  ...repositoryOf<CouponId, CouponSnapshot, Coupon>(coupons, (row) => Coupon.rehydrate(row)),
  findHolders: async (holders) => {
    const held = new Set(coupons.all().map((row) => `${row.campaignId}:${row.userId}`));
    return holders.filter(({ campaignId, userId }) => held.has(`${campaignId}:${userId}`));
  },
});

const productsOf = (products: TableDraft<ProductId, ProductSnapshot>): Transaction['products'] => ({
  ...repositoryOf<ProductId, ProductSnapshot, Product>(products, (row) => Product.rehydrate(row)),
  findMany: async (ids) => rehydrated(products.find(ids), (row) => Product.rehydrate(row)),
});

const reviewsOf = ({ reviews, orders }: Drafts): Transaction['reviews'] => ({
  addMany: async (rows) => reviews.add(rows),
  findReviewers: async (of) => {
    const reviewed = new Set(reviews.all().map((row) => `${row.productId}:${row.userId}`));
    return of.filter(({ productId, userId }) => reviewed.has(`${productId}:${userId}`));
  },
  findBuyers: async (of) => {
    const completed = orders.all().filter(({ status }) => status === 'COMPLETED');
    const bought = new Set(
      completed.flatMap(({ userId, lines }) => lines.map((line) => `${line.productId}:${userId}`)),
    );
    return of.filter(({ productId, userId }) => bought.has(`${productId}:${userId}`));
  },
});

const answersOf = (answers: Drafts['answers']): Transaction['idempotency'] => ({
  find: async (keys) => [...answers.find(keys.map(answerKey)).values()],
  remember: async (rows) => answers.add(rows),
  forget: async (before, limit) => {
    const old = answers.all().filter(({ createdAt }) => createdAt < before);
    const forgotten = old.slice(0, limit).map(answerKey);
    answers.remove(forgotten);
    return forgotten.length;
  },
});
