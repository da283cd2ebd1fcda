/**
 * Adapters in memory, the contracts of all ports, and audits of the books.
 *
 * @module application/testing
 */

export {
  auditBooks,
  type AuditedCampaign,
  type AuditedCoupon,
  type AuditedEntry,
  type AuditedOrder,
  type AuditedSale,
  type AuditedStock,
  type AuditedSum,
  type AuditedWallet,
  type BooksAudit,
} from './books/books-audit.js';
export { booksOf, type Shelved } from './books/in-memory-books.js';
export { type BooksScope, readBooks } from './books/read-books.js';

export { type CacheHarness, cacheContract } from './contracts/cache.contract.js';
export { catalogueQueriesContract } from './contracts/catalogue-queries.contract.js';
export {
  type Contract,
  describeContract,
  type Rule,
  type Runner,
  type StoreHarness,
} from './contracts/contract.js';
export { couponCampaignRepositoryContract } from './contracts/coupon-campaign-repository.contract.js';
export { couponQueriesContract } from './contracts/coupon-queries.contract.js';
export { couponRepositoryContract } from './contracts/coupon-repository.contract.js';
export { deliveryRepositoryContract } from './contracts/delivery-repository.contract.js';
export { eventBusContract, type EventBusHarness } from './contracts/event-bus.contract.js';
export { idSourceContract, type IdSourceHarness } from './contracts/id-source.contract.js';
export { idempotencyQueriesContract } from './contracts/idempotency-queries.contract.js';
export { idempotencyRepositoryContract } from './contracts/idempotency-repository.contract.js';
export { lockContract, type LockHarness } from './contracts/lock.contract.js';
export { orderQueriesContract } from './contracts/order-queries.contract.js';
export { orderRepositoryContract } from './contracts/order-repository.contract.js';
export { type PlantedFault, plantedFaults } from './contracts/planted-faults.js';
export { productRepositoryContract } from './contracts/product-repository.contract.js';
export { rankingQueriesContract } from './contracts/ranking-queries.contract.js';
export { reviewRepositoryContract } from './contracts/review-repository.contract.js';
export { salesQueriesContract } from './contracts/sales-queries.contract.js';
export { salesRepositoryContract } from './contracts/sales-repository.contract.js';
export { statisticsQueriesContract } from './contracts/statistics-queries.contract.js';
export { statisticsRepositoryContract } from './contracts/statistics-repository.contract.js';
export { stockRepositoryContract } from './contracts/stock-repository.contract.js';
export { storeContracts } from './contracts/store-contracts.js';
export { unitOfWorkContract } from './contracts/unit-of-work.contract.js';
export { walletQueriesContract } from './contracts/wallet-queries.contract.js';
export { walletRepositoryContract } from './contracts/wallet-repository.contract.js';

export { ExpiringLock } from './doubles/expiring-lock.js';
export { ManualClock } from './doubles/manual-clock.js';
export { NeverLock } from './doubles/never-lock.js';
export { RerunningUnitOfWork } from './doubles/rerunning-unit-of-work.js';

export { InMemoryCache } from './in-memory/in-memory-cache.js';
export { InMemoryEventBus } from './in-memory/in-memory-event-bus.js';
export { InMemoryIdSource } from './in-memory/in-memory-id-source.js';
export { InMemoryLock, type Timer } from './in-memory/in-memory-lock.js';
export { InMemoryQueries } from './in-memory/in-memory-queries.js';
export { InMemoryStore } from './in-memory/in-memory-store.js';
export { InMemoryUnitOfWork } from './in-memory/in-memory-unit-of-work.js';
export {
  type ShopInMemory,
  shopInMemory,
  type ShopInMemoryOptions,
} from './in-memory/shop-in-memory.js';
export { DuplicateRow } from './in-memory/table.js';

export { batchEquivalenceProperty } from './batch-equivalence/batch-equivalence.js';
export type { BatchHarness } from './batch-equivalence/play.js';
export type { Script } from './batch-equivalence/script.js';
