import {
  type CouponId,
  type Instant,
  type Money,
  type OrderId,
  type OrderLine,
  type OrderSnapshot,
  type OrderStatus,
  orderStatusAt,
  type PaymentId,
} from '@jumun/domain';

/** An order as its customer sees it. */
export interface OrderView {
  readonly id: OrderId;
  readonly status: OrderStatus;
  readonly items: readonly Pick<
    OrderLine,
    'productId' | 'name' | 'unitPrice' | 'quantity' | 'amount'
  >[];
  readonly couponId: CouponId | null;
  readonly subtotal: Money;
  readonly discount: Money;
  readonly total: Money;
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
  /** When it was paid, also when it was refunded later. */
  readonly paidAt: Instant | null;
  readonly paymentId: PaymentId | null;
}

export function orderViewOf(order: OrderSnapshot, now: Instant): OrderView {
  const { id, couponId, subtotal, discount, total, createdAt, expiresAt } = order;
  const payment = 'payment' in order ? order.payment : null;
  return {
    id,
    status: orderStatusAt(order, now),
    items: order.lines.map(({ productId, name, unitPrice, quantity, amount }) => ({
      productId,
      name,
      unitPrice,
      quantity,
      amount,
    })),
    couponId,
    subtotal,
    discount,
    total,
    createdAt,
    expiresAt,
    paidAt: payment?.paidAt ?? null,
    paymentId: payment?.id ?? null,
  };
}
