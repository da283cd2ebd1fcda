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
import type { Delivery, DeliveryId, DeliveryStatus, NewDelivery } from '../delivery/delivery.js';

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

/** Where a message stands in the line of its order. */
export type DeliveryStanding = Pick<Delivery, 'orderId' | 'sequence' | 'status'>;

/** What changes of a message while it is sent. */
export type DeliveryProgress = Pick<
  Delivery,
  'id' | 'status' | 'lastError' | 'nextAttemptAt' | 'deliveredAt'
>;

/** A message as it stands, and the number of its latest attempt, which tells whose it is. */
export type HeldDelivery = Pick<Delivery, 'id' | 'orderId' | 'sequence' | 'status' | 'attempts'>;

export interface DeliveryRepository {
  /** Puts messages in line for the data platform. Fails as a whole when an order has a message of that sequence already. */
  append(deliveries: readonly NewDelivery[]): Promise<void>;
  /**
   * Locks and loads the first `limit` messages of a status whose next attempt is due at `by`, the longest due first. What
   * another transaction has locked or not committed is passed over: nobody waits here.
   */
  lockDue(
    status: Exclude<DeliveryStatus, 'DELIVERED'>,
    by: Instant,
    limit: number,
  ): Promise<readonly Delivery[]>;
  /** Every message of these orders that is not DELIVERED, as it was committed, in any order. Locks nothing. */
  findUndelivered(orderIds: readonly OrderId[]): Promise<readonly DeliveryStanding[]>;
  /** Counts an attempt of these locked messages, which are PENDING from now on and nobody else's before `until`. */
  lease(ids: readonly DeliveryId[], until: Instant): Promise<void>;
  /** Puts the next attempt of these locked messages off. */
  postpone(ids: readonly DeliveryId[], until: Instant): Promise<void>;
  /** As {@link Repository.lockMany}. */
  lockMany(ids: readonly DeliveryId[]): Promise<ReadonlyMap<DeliveryId, HeldDelivery>>;
  /** As {@link Repository.saveMany}. */
  saveMany(deliveries: readonly DeliveryProgress[]): Promise<void>;
  /** Makes the messages due at `at` that follow the first one of these orders and would be sent later than that. */
  release(orderIds: readonly OrderId[], at: Instant): Promise<void>;
  /** Locks and loads the first `limit` FAILED messages by id, after the one named. */
  lockFailed(after: DeliveryId | null, limit: number): Promise<readonly HeldDelivery[]>;
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
