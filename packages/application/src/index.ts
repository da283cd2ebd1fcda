/**
 * The use cases of Jumun, and the ports that they need.
 *
 * @module application
 */

export {
  BOOKS_CHECKS,
  type BooksCheck,
  type BooksView,
  type CampaignBooks,
  type CouponSums,
} from './audit/books-view.js';
export type { AcceptedCommand, AcceptedCounts } from './batching/accepted-tally.js';
export type { BatchTracer } from './batching/batch-tracer.js';
export type { BatcherCounts, BatcherOptions, ServiceBusy } from './batching/batcher.js';
export { Distribution, type DistributionSnapshot } from './batching/distribution.js';
export type { DeskPorts } from './batching/command-desk.js';
export type { Answered, Idempotency, IdempotencyKeyReused, Refusal } from './batching/command.js';
export type {
  RegisterProduct,
  RestockProduct,
  ReviseProduct,
} from './catalogue/manage-products.js';
export type { ShelfList, ShelfView } from './catalogue/list-shelves.js';
export type { ProductDetails, ProductView, ReviewView } from './catalogue/product-view.js';
export type { ProductList } from './catalogue/read-products.js';
export type {
  ReviewAlreadyWritten,
  ReviewNotAllowed,
  WriteReview,
} from './catalogue/write-review.js';
export type { CampaignState, CampaignView, OperatorCampaignView } from './coupon/campaign-view.js';
export type { CouponView } from './coupon/coupon-view.js';
export type {
  CouponCampaignNotFound,
  IssueCoupon,
  IssueCouponRefusal,
} from './coupon/issue-coupon.js';
export type { EndCampaign, GrowCampaign, OpenCampaign } from './coupon/manage-campaigns.js';
export type { CancelOrder, CancelOrderRefusal } from './order/cancel-order.js';
export type { OutOfStockOffer } from './order/offer-alternatives.js';
export type { OrderView } from './order/order-view.js';
export type { OperatorOrderView } from './order/search-orders.js';
export type { OrderNotFound, PaymentView, PayOrder, PayOrderRefusal } from './order/pay-order.js';
export type {
  CouponNotFound,
  ItemsOutOfStock,
  PlaceOrder,
  PlaceOrderRefusal,
} from './order/place-order.js';
export type { MeasuredBacklog } from './delivery/backlog-gauge.js';
export type { Circuit, CircuitPolicy } from './delivery/circuit.js';
export type { Delivery, DeliveryId, DeliveryStatus, NewDelivery } from './delivery/delivery.js';
export { DELIVERY_DEFAULTS, type DeliveryPolicy } from './delivery/delivery-policy.js';
export {
  type DeliveryAttempt,
  DeliveryRelay,
  type FailedDelivery,
  type RelayCounts,
  type RelayPorts,
  type RelayWatcher,
} from './delivery/delivery-relay.js';
export type { DeliveryView } from './delivery/read-deliveries.js';
export type { DeliveryReplay } from './delivery/replay-deliveries.js';
export type { Page } from './page.js';
export type {
  AuditQueries,
  BooksTotals,
  CampaignTotal,
  CouponTotal,
  LedgerTotal,
  OrderTotal,
} from './ports/audit.js';
export type { Cache } from './ports/cache.js';
export type { Clock } from './ports/clock.js';
export type { DataPlatform, PlatformAnswer, PlatformMessage } from './ports/data-platform.js';
export type {
  CouponCampaignChanged,
  DeliveriesWaiting,
  EventBus,
  RankingsChanged,
  ShopNews,
} from './ports/event-bus.js';
export { CommitOutcomeUnknown, DependencyUnavailable } from './ports/faults.js';
export type { IdKind, IdSource } from './ports/id-source.js';
export type { HoldSignal, Lock } from './ports/lock.js';
export type {
  CatalogueQueries,
  CouponQueries,
  DeliveryBacklog,
  DeliveryQueries,
  DueOrder,
  IdempotencyQueries,
  OrderPlace,
  OrderPosition,
  OrderQueries,
  OrderSearch,
  ProductRating,
  ProductSearch,
  Queries,
  ReviewPosition,
  SalesQueries,
  ShelfProduct,
  WalletQueries,
} from './ports/queries.js';
export type {
  CouponCampaignRepository,
  CouponHolder,
  CouponRepository,
  DeliveryProgress,
  DeliveryRepository,
  DeliveryStanding,
  HeldDelivery,
  IdempotencyKey,
  IdempotencyRepository,
  OrderRepository,
  ProductCustomer,
  ProductRepository,
  RememberedAnswer,
  Repository,
  ReviewRepository,
  SalesRepository,
  StockRepository,
  WalletRepository,
} from './ports/repositories.js';
export type {
  RankingPlace,
  RankingQueries,
  SalesMoment,
  SoldLine,
  SoldOrder,
  SoldPage,
  StatisticsProgress,
  StatisticsQueries,
  StatisticsRepository,
  StoredRanking,
} from './ports/statistics.js';
export type { Transaction, UnitOfWork } from './ports/unit-of-work.js';
export {
  type CommandResult,
  type DeskName,
  Shop,
  type ShopCounts,
  type ShopPolicy,
  type ShopPorts,
} from './shop.js';
export type { PopularChange, PopularCounts } from './statistics/popular-board.js';
export {
  POPULAR_DEFAULTS,
  POPULAR_LIMITS,
  type PopularItem,
  type PopularQuery,
  type PopularView,
} from './statistics/popular-view.js';
export { MAX_RANKING_DAYS, RANKING_PLACES } from './statistics/rankings.js';
export type { StatisticsRebuild } from './statistics/rebuild-statistics.js';
export type { RollUp } from './statistics/roll-up-sales.js';
export type { ChargeView, ChargeWallet } from './wallet/charge-wallet.js';
export type { WalletView } from './wallet/read-wallet.js';
