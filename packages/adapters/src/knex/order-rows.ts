import {
  type CouponId,
  type Instant,
  invariant,
  type Money,
  type OrderId,
  type OrderLine,
  type OrderProgress,
  type OrderSnapshot,
  type OrderStatus,
  type PaymentId,
  type ProductId,
  type Quantity,
  type UserId,
} from '@jumun/domain';

/** A row of `orders`. `closed_at` is when it was cancelled or had expired. */
export type OrderRow = {
  readonly id: OrderId;
  readonly user_id: UserId;
  readonly coupon_id: CouponId | null;
  readonly subtotal: Money;
  readonly discount: Money;
  readonly total: Money;
  readonly created_at: Instant;
  readonly expires_at: Instant;
  readonly status: OrderStatus;
  readonly payment_id: PaymentId | null;
  readonly paid_at: Instant | null;
  readonly closed_at: Instant | null;
};

/** A row of `order_lines`. */
export type OrderLineRow = {
  readonly order_id: OrderId;
  readonly line_number: number;
  readonly product_id: ProductId;
  readonly name: string;
  readonly unit_price: Money;
  readonly quantity: Quantity;
  readonly amount: Money;
  readonly discount: Money;
};

export const ORDER_FIXED_COLUMNS = [
  'user_id',
  'coupon_id',
  'subtotal',
  'discount',
  'total',
  'created_at',
  'expires_at',
] as const satisfies readonly (keyof OrderRow)[];

export const ORDER_CHANGING_COLUMNS = [
  'status',
  'payment_id',
  'paid_at',
  'closed_at',
] as const satisfies readonly (keyof OrderRow)[];

export const ORDER_COLUMNS = ['id', ...ORDER_FIXED_COLUMNS, ...ORDER_CHANGING_COLUMNS] as const;

export const ORDER_LINE_COLUMNS = [
  'order_id',
  'line_number',
  'product_id',
  'name',
  'unit_price',
  'quantity',
  'amount',
  'discount',
] as const satisfies readonly (keyof OrderLineRow)[];

export function toOrderRow(order: OrderSnapshot): OrderRow {
  const payment = 'payment' in order ? order.payment : null;
  return {
    id: order.id,
    user_id: order.userId,
    coupon_id: order.couponId,
    subtotal: order.subtotal,
    discount: order.discount,
    total: order.total,
    created_at: order.createdAt,
    expires_at: order.expiresAt,
    status: order.status,
    payment_id: payment?.id ?? null,
    paid_at: payment?.paidAt ?? null,
    closed_at: closedAt(order),
  };
}

export const toOrderLineRows = (order: OrderSnapshot): readonly OrderLineRow[] =>
  order.lines.map((line, at) => ({
    order_id: order.id,
    line_number: at + 1,
    product_id: line.productId,
    name: line.name,
    unit_price: line.unitPrice,
    quantity: line.quantity,
    amount: line.amount,
    discount: line.discount,
  }));

/** Puts orders and their lines together. Both come in any order; lines without an order are passed over. */
export function toOrderSnapshots(
  orders: readonly OrderRow[],
  lines: readonly OrderLineRow[],
): readonly OrderSnapshot[] {
  const linesOf = new Map<OrderId, OrderLineRow[]>();
  for (const line of lines) {
    const siblings = linesOf.get(line.order_id);
    if (siblings === undefined) linesOf.set(line.order_id, [line]);
    else siblings.push(line);
  }
  return orders.map((order) => ({
    id: order.id,
    userId: order.user_id,
    lines: (linesOf.get(order.id) ?? [])
      .toSorted((a, b) => a.line_number - b.line_number)
      .map(toOrderLine),
    couponId: order.coupon_id,
    subtotal: order.subtotal,
    discount: order.discount,
    total: order.total,
    createdAt: order.created_at,
    expiresAt: order.expires_at,
    ...toProgress(order),
  }));
}

const toOrderLine = (line: OrderLineRow): OrderLine => ({
  productId: line.product_id,
  name: line.name,
  unitPrice: line.unit_price,
  quantity: line.quantity,
  amount: line.amount,
  discount: line.discount,
});

function closedAt(order: OrderSnapshot): Instant | null {
  switch (order.status) {
    case 'CANCELLED':
      return order.cancelledAt;
    case 'EXPIRED':
      return order.expiredAt;
    case 'PENDING':
    case 'COMPLETED':
      return null;
  }
}

function toProgress(row: OrderRow): OrderProgress {
  const { id, status, payment_id: paymentId, paid_at: paidAt, closed_at: closed } = row;
  const payment = paymentId !== null && paidAt !== null ? { id: paymentId, paidAt } : null;
  switch (status) {
    case 'PENDING':
      return { status };
    case 'COMPLETED':
      invariant(payment !== null, `order ${id} is COMPLETED by a payment`);
      return { status, payment };
    case 'CANCELLED':
      invariant(closed !== null, `order ${id} was cancelled at some time`);
      return { status, payment, cancelledAt: closed };
    case 'EXPIRED':
      invariant(closed !== null, `order ${id} has expired at some time`);
      return { status, expiredAt: closed };
  }
}
