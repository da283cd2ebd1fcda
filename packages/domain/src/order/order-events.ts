import type { CouponId, OrderId, PaymentId, UserId } from '../shared/ids.js';
import type { Instant } from '../shared/instant.js';
import type { Money } from '../shared/money.js';
import type { OrderLine } from './order-line.js';

/** Stock and coupon are held; the customer may pay. */
export interface OrderPlaced {
  readonly type: 'OrderPlaced';
  readonly orderId: OrderId;
  readonly userId: UserId;
  readonly total: Money;
  readonly at: Instant;
}

/** The order was paid. */
export interface OrderCompleted {
  readonly type: 'OrderCompleted';
  readonly orderId: OrderId;
  readonly userId: UserId;
  readonly paymentId: PaymentId;
  readonly couponId: CouponId | null;
  readonly lines: readonly OrderLine[];
  readonly discount: Money;
  readonly total: Money;
  readonly at: Instant;
}

/** The order was called off. `paymentId` and `refund` tell whether it had been paid, and what was given back. */
export interface OrderCancelled {
  readonly type: 'OrderCancelled';
  readonly orderId: OrderId;
  readonly userId: UserId;
  readonly paymentId: PaymentId | null;
  readonly couponId: CouponId | null;
  readonly lines: readonly OrderLine[];
  readonly discount: Money;
  readonly total: Money;
  readonly refund: Money;
  readonly at: Instant;
}

/** The order was not paid in time; its holds are void. */
export interface OrderExpired {
  readonly type: 'OrderExpired';
  readonly orderId: OrderId;
  readonly userId: UserId;
  readonly at: Instant;
}

/** Everything that happens to orders. A new member is a new major version. */
export type OrderEvent = OrderPlaced | OrderCompleted | OrderCancelled | OrderExpired;
