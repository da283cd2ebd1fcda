import type {
  CouponCampaignRepository,
  CouponRepository,
  DeliveryRepository,
  IdempotencyRepository,
  OrderRepository,
  ProductRepository,
  ReviewRepository,
  SalesRepository,
  StockRepository,
  WalletRepository,
} from './repositories.js';
import type { StatisticsRepository } from './statistics.js';

/**
 * One open transaction. Rows are locked in the order in which the repositories stand here, ids ascending. Calls may be made
 * together, without awaiting one before the next: they take effect in the order in which they are made, and a store that
 * is far away is spared the round trips.
 */
export interface Transaction {
  readonly orders: OrderRepository;
  readonly wallets: WalletRepository;
  readonly coupons: CouponRepository;
  readonly campaigns: CouponCampaignRepository;
  readonly products: ProductRepository;
  readonly stocks: StockRepository;
  readonly reviews: ReviewRepository;
  readonly sales: SalesRepository;
  readonly deliveries: DeliveryRepository;
  readonly idempotency: IdempotencyRepository;
  readonly statistics: StatisticsRepository;
}

export interface UnitOfWork {
  /**
   * Runs `work` in one transaction: commits when it resolves, rolls back and rethrows when it rejects. `work` touches
   * nothing but `tx`. On a deadlock, a lock wait time-out or a lost race for a new row, the whole of `work` runs again in
   * a fresh transaction, a bounded number of times. Unless it rejects with `CommitOutcomeUnknown`, a rejected run has
   * saved nothing. Rejects with `DependencyUnavailable` when the database is away.
   */
  run<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
}
