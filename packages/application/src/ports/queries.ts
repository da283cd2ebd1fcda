import type {
  CouponCampaignId,
  CouponCampaignSnapshot,
  CouponSnapshot,
  Instant,
  Money,
  OrderId,
  OrderSnapshot,
  OrderStatus,
  ProductId,
  ProductSnapshot,
  Review,
  ReviewId,
  SalesDay,
  StockSnapshot,
  UserId,
  WalletEntry,
  WalletSnapshot,
} from '@jumun/domain';
import type { Delivery, DeliveryId, DeliveryStatus } from '../delivery/delivery.js';
import type { AuditQueries } from './audit.js';
import type { IdempotencyKey, RememberedAnswer } from './repositories.js';
import type { RankingQueries, StatisticsQueries } from './statistics.js';

/** Reads outside any transaction. They see what was committed, lock nothing and answer in plain data. */
export interface Queries {
  readonly wallets: WalletQueries;
  readonly catalogue: CatalogueQueries;
  readonly orders: OrderQueries;
  readonly coupons: CouponQueries;
  readonly sales: SalesQueries;
  readonly rankings: RankingQueries;
  readonly statistics: StatisticsQueries;
  readonly deliveries: DeliveryQueries;
  readonly idempotency: IdempotencyQueries;
  readonly audit: AuditQueries;
  /** Resolves when the store answers; rejects with `DependencyUnavailable` when it does not. */
  ping(): Promise<void>;
}

export interface WalletQueries {
  findMany(userIds: readonly UserId[]): Promise<ReadonlyMap<UserId, WalletSnapshot>>;
  /** A customer's ledger, newest first: at most `limit` entries with a sequence below `before`. */
  entries(userId: UserId, before: number | null, limit: number): Promise<readonly WalletEntry[]>;
}

export interface ProductSearch {
  /** Part of the name, whatever its case; matched literally. */
  readonly text: string | null;
  readonly category: string | null;
}

/** A product as it stands on the shelf. */
export interface ShelfProduct {
  readonly id: ProductId;
  readonly name: string;
  readonly category: string;
  readonly price: Money;
  /** Pieces that can be ordered now. */
  readonly stock: number;
}

export interface ProductRating {
  /** Mean of all ratings, 1 to 5; 0 without a rating. */
  readonly average: number;
  readonly count: number;
}

/** Where a newest-first list of reviews goes on: after the one named. */
export interface ReviewPosition {
  readonly createdAt: Instant;
  readonly id: ReviewId;
}

export interface CatalogueQueries {
  /** Products by id, ascending, without the first `offset`. */
  search(search: ProductSearch, offset: number, limit: number): Promise<readonly ShelfProduct[]>;
  count(search: ProductSearch): Promise<number>;
  findMany(ids: readonly ProductId[]): Promise<ReadonlyMap<ProductId, ProductSnapshot>>;
  /** Pieces that can be ordered now, by product. */
  stocks(ids: readonly ProductId[]): Promise<ReadonlyMap<ProductId, number>>;
  /** All pieces of products, the reserved ones too. */
  shelves(ids: readonly ProductId[]): Promise<ReadonlyMap<ProductId, StockSnapshot>>;
  ratings(ids: readonly ProductId[]): Promise<ReadonlyMap<ProductId, ProductRating>>;
  /** Newest first. */
  reviews(id: ProductId, after: ReviewPosition | null, limit: number): Promise<readonly Review[]>;
  /** Products of `category` in stock, at most `limit` at or above `price` and `limit` below it, the nearest ones. */
  nearPrice(category: string, price: Money, limit: number): Promise<readonly ShelfProduct[]>;
}

/** Where a newest-first list of orders goes on: after the one named. */
export interface OrderPosition {
  readonly createdAt: Instant;
  readonly id: OrderId;
}

/** An order whose time is over, and where a list of them goes on: after the one named. */
export interface DueOrder {
  readonly expiresAt: Instant;
  readonly id: OrderId;
}

/** What an operator looks for among the orders of all customers. Null: whatever there is. */
export interface OrderSearch {
  readonly userId: UserId | null;
  /**
   * As it is stored, but for PENDING orders past their time: they are in no list until somebody has tidied them up, and
   * then they are EXPIRED.
   */
  readonly status: OrderStatus | null;
}

/** Where a list of everybody's orders goes on: after the one named. */
export interface OrderPlace extends OrderPosition {
  readonly expiresAt: Instant;
}

export interface OrderQueries {
  /** The order if it is this customer's. */
  find(userId: UserId, orderId: OrderId): Promise<OrderSnapshot | undefined>;
  /** A customer's orders, newest first. */
  list(
    userId: UserId,
    after: OrderPosition | null,
    limit: number,
  ): Promise<readonly OrderSnapshot[]>;
  /**
   * Orders of all customers, newest first, as far as there is an order of them that costs nothing to keep: those of one
   * customer by when they were placed, those of one status by when they expire, others by id.
   */
  search(
    search: OrderSearch,
    now: Instant,
    after: OrderPlace | null,
    limit: number,
  ): Promise<readonly OrderSnapshot[]>;
  /** PENDING orders whose time is over at `now`, the longest overdue first, those of one moment by id. */
  due(now: Instant, after: DueOrder | null, limit: number): Promise<readonly DueOrder[]>;
}

export interface CouponQueries {
  /** A customer's coupons, newest first. */
  ofUser(userId: UserId): Promise<readonly CouponSnapshot[]>;
  /** Campaigns that run at `now`, by id. */
  runningCampaigns(now: Instant): Promise<readonly CouponCampaignSnapshot[]>;
  /** All campaigns, past and coming ones too, newest first by id: at most `limit` with an id below `before`. */
  campaigns(
    before: CouponCampaignId | null,
    limit: number,
  ): Promise<readonly CouponCampaignSnapshot[]>;
}

export interface SalesQueries {
  /**
   * Pieces sold on `since` and later, by product, as far as they were counted: sales since the last roll-up are not in it.
   * Products without sales are left out.
   */
  piecesSold(ids: readonly ProductId[], since: SalesDay): Promise<ReadonlyMap<ProductId, number>>;
}

/** What has not reached the data platform yet. */
export interface DeliveryBacklog {
  readonly pending: number;
  readonly failed: number;
  /** When the oldest of them was written; null when there is none. */
  readonly oldestAt: Instant | null;
}

export interface DeliveryQueries {
  /** Messages to the data platform, newest first by id: at most `limit` with an id below `before`; of one status, or of all. */
  list(
    status: DeliveryStatus | null,
    before: DeliveryId | null,
    limit: number,
  ): Promise<readonly Delivery[]>;
  /** The age is that of the oldest among the thousand lowest ids of each status: ids are nearly in the order of time. */
  backlog(): Promise<DeliveryBacklog>;
}

export interface IdempotencyQueries {
  find(keys: readonly IdempotencyKey[]): Promise<readonly RememberedAnswer[]>;
}
