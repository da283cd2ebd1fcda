/**
 * The rules of Jumun as immutable values and pure decisions.
 *
 * @module domain
 */

export { err, ok, type Result } from 'neverthrow';

export type { Brand } from './shared/brand.js';
export {
  type CouponCampaignId,
  type CouponId,
  couponCampaignId,
  couponId,
  type OrderId,
  orderId,
  type PaymentId,
  paymentId,
  type ProductId,
  productId,
  type ReviewId,
  reviewId,
  type UserId,
  userId,
  type WalletEntryId,
  walletEntryId,
} from './shared/ids.js';
export { afterDays, afterSeconds, type Instant, instant } from './shared/instant.js';
export { invariant, InvariantViolation } from './shared/invariant.js';
export { minus, type Money, NOTHING, plus, sum, times, won } from './shared/money.js';
export { MAX_QUANTITY, pieces, type Quantity } from './shared/quantity.js';

export {
  type OutOfStock,
  Stock,
  type StockLimitExceeded,
  type StockSnapshot,
} from './stock/stock.js';

export {
  type BalanceLimitExceeded,
  type InsufficientBalance,
  type InvalidAmount,
  MAX_BALANCE,
  MAX_CHARGE,
  MIN_CHARGE,
  Wallet,
  type WalletEntry,
  type WalletEntryKind,
  type WalletMovement,
  type WalletSnapshot,
} from './wallet/wallet.js';

export {
  Coupon,
  type CouponNotUsable,
  type CouponSnapshot,
  type CouponStatus,
  couponStatusAt,
  type CouponTerms,
  type CouponUse,
} from './coupon/coupon.js';
export {
  type CampaignLimitExceeded,
  type CouponAlreadyIssued,
  type CouponApplication,
  CouponCampaign,
  type CouponCampaignNotActive,
  type CouponCampaignSnapshot,
  type CouponCampaignTerms,
  type CouponExhausted,
  type CouponIssue,
  MAX_CAMPAIGN_NAME_LENGTH,
  MAX_CAMPAIGN_QUANTITY,
  MAX_COUPON_VALID_DAYS,
} from './coupon/coupon-campaign.js';
export { type DiscountRate, percent } from './coupon/discount-rate.js';

export { type AlternativeCandidate, rankAlternatives } from './catalogue/alternatives.js';
export {
  MAX_CATEGORY_LENGTH,
  MAX_DESCRIPTION_LENGTH,
  MAX_NAME_LENGTH,
  MAX_PRICE,
  Product,
  type ProductSnapshot,
} from './catalogue/product.js';
export {
  MAX_RATING,
  MAX_REVIEW_LENGTH,
  MIN_RATING,
  type Review,
  review,
} from './catalogue/review.js';

export {
  Basket,
  type BasketItem,
  type InvalidBasket,
  MAX_LINE_QUANTITY,
  MAX_ORDER_PRODUCTS,
} from './order/basket.js';
export {
  type AmountMismatch,
  Order,
  type OrderNotCancellable,
  type OrderNotDue,
  type OrderNotPayable,
  type OrderProgress,
  type OrderRequest,
  type OrderSnapshot,
  type OrderStatus,
  orderStatusAt,
  type OrderStep,
  type OrderTerms,
  type Payment,
  type ProductNotFound,
} from './order/order.js';
export type {
  OrderCancelled,
  OrderCompleted,
  OrderEvent,
  OrderExpired,
  OrderPlaced,
} from './order/order-events.js';
export type { OrderLine } from './order/order-line.js';
export { type Price, priceOf } from './order/pricing.js';

export { type DailySales, dailySalesOf } from './sales/daily-sales.js';
export { type RankChange, rankChangeOf, type RankMovement } from './sales/rank-change.js';
export {
  type RankedProduct,
  type RankingSort,
  rankSales,
  type SalesTotal,
} from './sales/ranking.js';
export { refundedSalesOf, type Sale, type SalesDay, salesOf } from './sales/sale.js';
export { SalesCalendar } from './sales/sales-calendar.js';
export { type Trend, trendMessage, trendsOf } from './sales/trend.js';
