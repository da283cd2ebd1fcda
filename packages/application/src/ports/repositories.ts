import type {
  Coupon,
  CouponCampaign,
  CouponCampaignId,
  CouponId,
  Instant,
  Order,
  OrderId,
  Product,
  ProductId,
  Review,
  Sale,
  Stock,
  UserId,
  Wallet,
  WalletEntry,
} from '@jumun/domain';
import type { NewDelivery } from '../delivery/delivery.js';

/**
 * The repositories of one transaction. Every method takes a set, and nothing happens for an empty one. `lockMany` locks
 * and loads in one step, ids ascending whatever order they are given in, each id once; an id without a row is left out of
 * the answer. `addMany` inserts and fails as a whole when a row is there already. `saveMany` updates rows that were locked
 * in this transaction and throws when one of them is not there.
 */
export interface Repository<Id, Aggregate> {
  lockMany(ids: readonly Id[]): Promise<ReadonlyMap<Id, Aggregate>>;
  addMany(aggregates: readonly Aggregate[]): Promise<void>;
  saveMany(aggregates: readonly Aggregate[]): Promise<void>;
}

export type OrderRepository = Repository<OrderId, Order>;
export type StockRepository = Repository<ProductId, Stock>;

export interface WalletRepository extends Repository<UserId, Wallet> {
  /** Appends to the ledgers; entries are never changed or removed. */
  appendEntries(entries: readonly WalletEntry[]): Promise<void>;
}

export interface CouponRepository extends Repository<CouponId, Coupon> {
  /** Which of these customers hold a coupon of these campaigns. Exact while the campaigns are locked. */
  findHolders(holders: readonly CouponHolder[]): Promise<readonly CouponHolder[]>;
}

export interface CouponHolder {
  readonly campaignId: CouponCampaignId;
  readonly userId: UserId;
}

export type CouponCampaignRepository = Repository<CouponCampaignId, CouponCampaign>;

export interface ProductRepository extends Repository<ProductId, Product> {
  /** Reads without locking. */
  findMany(ids: readonly ProductId[]): Promise<ReadonlyMap<ProductId, Product>>;
}

/** A customer and a product: who bought or reviewed what. */
export interface ProductCustomer {
  readonly productId: ProductId;
  readonly userId: UserId;
}

export interface ReviewRepository {
  addMany(reviews: readonly Review[]): Promise<void>;
  /** Which of these customers have reviewed these products. */
  findReviewers(of: readonly ProductCustomer[]): Promise<readonly ProductCustomer[]>;
  /** Which of these customers have a COMPLETED order with these products. */
  findBuyers(of: readonly ProductCustomer[]): Promise<readonly ProductCustomer[]>;
}

export interface SalesRepository {
  /** Appends to the sales records that the statistics are made from. */
  append(sales: readonly Sale[]): Promise<void>;
}

export interface DeliveryRepository {
  /** Puts messages in line for the data platform. Fails as a whole when an order has a message of that sequence already. */
  append(deliveries: readonly NewDelivery[]): Promise<void>;
}

export interface IdempotencyKey {
  readonly userId: UserId;
  /** 1 to 255 visible ASCII characters, chosen by the customer's program. */
  readonly key: string;
}

/** What was answered to a request under an idempotency key. */
export interface RememberedAnswer extends IdempotencyKey {
  /** Tells whether a later request is the same one. */
  readonly fingerprint: string;
  /** The answer, as JSON. */
  readonly answer: string;
  readonly createdAt: Instant;
}

export interface IdempotencyRepository {
  find(keys: readonly IdempotencyKey[]): Promise<readonly RememberedAnswer[]>;
  /** Fails as a whole when one of the keys has an answer already. */
  remember(answers: readonly RememberedAnswer[]): Promise<void>;
  /** Removes at most `limit` answers older than `before`; returns how many. */
  forget(before: Instant, limit: number): Promise<number>;
}
