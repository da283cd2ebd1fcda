import { err, ok, type Result } from 'neverthrow';
import type { Product } from '../catalogue/product.js';
import type { Coupon } from '../coupon/coupon.js';
import type { CouponId, OrderId, PaymentId, ProductId, UserId } from '../shared/ids.js';
import { afterSeconds, type Instant } from '../shared/instant.js';
import { invariant } from '../shared/invariant.js';
import { type Money, NOTHING, sum, times } from '../shared/money.js';
import type { Basket } from './basket.js';
import type { OrderLine } from './order-line.js';
import type { OrderCancelled, OrderCompleted, OrderExpired, OrderPlaced } from './order-events.js';
import { priceOf } from './pricing.js';

/** What was agreed when the order was placed; it never changes. */
export interface OrderTerms {
  readonly id: OrderId;
  readonly userId: UserId;
  readonly lines: readonly OrderLine[];
  readonly couponId: CouponId | null;
  readonly subtotal: Money;
  readonly discount: Money;
  /** Won to pay: subtotal − discount. */
  readonly total: Money;
  readonly createdAt: Instant;
  /** The first moment at which the order can no longer be paid, unless it was paid before. */
  readonly expiresAt: Instant;
}

/** That an order was paid, and when. */
export interface Payment {
  readonly id: PaymentId;
  readonly paidAt: Instant;
}

/** What has become of an order so far, with what belongs to that. */
export type OrderProgress =
  | { readonly status: 'PENDING' }
  | { readonly status: 'COMPLETED'; readonly payment: Payment }
  /** `payment` is there when the order had been paid, and then its total was refunded. */
  | {
      readonly status: 'CANCELLED';
      readonly payment: Payment | null;
      readonly cancelledAt: Instant;
    }
  | { readonly status: 'EXPIRED'; readonly expiredAt: Instant };

/** An order as it is stored. */
export type OrderSnapshot = OrderTerms & OrderProgress;
/** How an order stands. A new one is a new major version: see docs/versioning.md. */
export type OrderStatus = OrderProgress['status'];

/** A product of the basket is not in the catalogue. */
export interface ProductNotFound {
  readonly code: 'PRODUCT_NOT_FOUND';
  readonly productId: ProductId;
}

/** The order was paid, cancelled or has expired. */
export interface OrderNotPayable {
  readonly code: 'ORDER_NOT_PAYABLE';
  readonly orderId: OrderId;
  readonly orderStatus: Exclude<OrderStatus, 'PENDING'>;
}

/** The amount offered is not the order's total. */
export interface AmountMismatch {
  readonly code: 'AMOUNT_MISMATCH';
  readonly orderId: OrderId;
  readonly required: Money;
}

/** The order was cancelled or has expired. */
export interface OrderNotCancellable {
  readonly code: 'ORDER_NOT_CANCELLABLE';
  readonly orderId: OrderId;
  readonly orderStatus: 'CANCELLED' | 'EXPIRED';
}

/** The order is not waiting for payment, or may still be paid. */
export interface OrderNotDue {
  readonly code: 'ORDER_NOT_DUE';
  readonly orderId: OrderId;
}

/** What {@link Order.place} looks at. */
export interface OrderRequest {
  readonly id: OrderId;
  readonly userId: UserId;
  readonly basket: Basket;
  readonly products: ReadonlyMap<ProductId, Product>;
  /** The coupon that this order reserves, or null. */
  readonly coupon: Coupon | null;
  readonly now: Instant;
  /** How long stock and coupon are held for the payment. */
  readonly holdSeconds: number;
}

/** An accepted decision: the order as it is from now on, and what happened. */
export interface OrderStep<Event> {
  readonly next: Order;
  readonly event: Event;
}

/**
 * A purchase: PENDING while stock and coupon are held for it, then COMPLETED (paid), CANCELLED or EXPIRED. A COMPLETED
 * order can still be CANCELLED, which refunds it. Nothing leaves CANCELLED or EXPIRED.
 */
export class Order {
  private constructor(
    private readonly terms: OrderTerms,
    private readonly progress: OrderProgress,
  ) {}

  /** Agrees on products, prices and discount as of `now`. */
  static place(request: OrderRequest): Result<OrderStep<OrderPlaced>, ProductNotFound> {
    const { id, userId, basket, products, coupon, now, holdSeconds } = request;
    invariant(holdSeconds >= 0, `seconds to pay: ${holdSeconds}`);
    invariant(coupon === null || coupon.userId === userId, 'a coupon is its own customer’s');
    const amounts: Money[] = [];
    const priced: Omit<OrderLine, 'discount'>[] = [];
    for (const { productId, quantity } of basket.items) {
      const product = products.get(productId);
      if (product === undefined) return err({ code: 'PRODUCT_NOT_FOUND', productId });
      const { name, price: unitPrice } = product;
      const amount = times(unitPrice, quantity);
      amounts.push(amount);
      priced.push({ productId, name, unitPrice, quantity, amount });
    }
    const rate = coupon?.discountRate ?? null;
    const { subtotal, discount, total, lineDiscounts } = priceOf(amounts, rate);
    const lines = priced.map(({ productId, name, unitPrice, quantity, amount }, at) => {
      const share = lineDiscounts[at] ?? NOTHING;
      return { productId, name, unitPrice, quantity, amount, discount: share };
    });
    const couponId = coupon?.id ?? null;
    const expiresAt = afterSeconds(now, holdSeconds);
    const terms = {
      id,
      userId,
      lines,
      couponId,
      subtotal,
      discount,
      total,
      createdAt: now,
      expiresAt,
    };
    return ok({
      next: new Order(terms, PENDING),
      event: { type: 'OrderPlaced', orderId: id, userId, total, at: now },
    });
  }

  /** For repositories: an order as it was stored. Throws when the stored state breaks an invariant. */
  static rehydrate(snapshot: OrderSnapshot): Order {
    const { lines, subtotal, discount, total, createdAt, expiresAt } = snapshot;
    invariant(lines.length > 0, 'an order has a line');
    invariant(
      lines.every((line) => line.amount === line.unitPrice * line.quantity),
      'line amount = unit price × quantity',
    );
    invariant(subtotal === sum(lines.map(({ amount }) => amount)), 'subtotal = Σ line amounts');
    invariant(discount === sum(lines.map((line) => line.discount)), 'discount = Σ line discounts');
    invariant(total === subtotal - discount, 'total = subtotal − discount');
    invariant(
      lines.every((line) => line.discount <= line.amount),
      'no line is discounted by more than it costs',
    );
    invariant(expiresAt >= createdAt, 'an order does not expire before it was placed');
    return new Order(termsOf(snapshot), progressOf(snapshot));
  }

  get id(): OrderId {
    return this.terms.id;
  }

  get userId(): UserId {
    return this.terms.userId;
  }

  get lines(): readonly OrderLine[] {
    return this.terms.lines;
  }

  get couponId(): CouponId | null {
    return this.terms.couponId;
  }

  get total(): Money {
    return this.terms.total;
  }

  statusAt(now: Instant): OrderStatus {
    return statusOf(this.progress.status, this.terms.expiresAt, now);
  }

  /** Settles the order. `amount`, where the customer named one, must be the total. */
  pay(payment: {
    readonly paymentId: PaymentId;
    readonly amount: number | null;
    readonly now: Instant;
  }): Result<OrderStep<OrderCompleted>, OrderNotPayable | AmountMismatch> {
    const { paymentId, amount, now } = payment;
    const { id: orderId, total } = this.terms;
    const orderStatus = this.statusAt(now);
    if (orderStatus !== 'PENDING') return err({ code: 'ORDER_NOT_PAYABLE', orderId, orderStatus });
    if (amount !== null && amount !== total) {
      return err({ code: 'AMOUNT_MISMATCH', orderId, required: total });
    }
    const next = this.become({ status: 'COMPLETED', payment: { id: paymentId, paidAt: now } });
    const { userId, couponId, lines, discount } = this.terms;
    return ok({
      next,
      event: {
        type: 'OrderCompleted',
        orderId,
        userId,
        paymentId,
        couponId,
        lines,
        discount,
        total,
        at: now,
      },
    });
  }

  /** Calls the order off. The event says whether money is to be given back (`refund`) or holds to be voided. */
  cancel(now: Instant): Result<OrderStep<OrderCancelled>, OrderNotCancellable> {
    const { id: orderId, userId, couponId, lines, discount, total } = this.terms;
    const orderStatus = this.statusAt(now);
    if (orderStatus === 'CANCELLED' || orderStatus === 'EXPIRED') {
      return err({ code: 'ORDER_NOT_CANCELLABLE', orderId, orderStatus });
    }
    const payment = this.progress.status === 'COMPLETED' ? this.progress.payment : null;
    return ok({
      next: this.become({ status: 'CANCELLED', payment, cancelledAt: now }),
      event: {
        type: 'OrderCancelled',
        orderId,
        userId,
        paymentId: payment?.id ?? null,
        couponId,
        lines,
        discount,
        total,
        refund: payment === null ? NOTHING : total,
        at: now,
      },
    });
  }

  /** Gives up on an order that was not paid in time. */
  expire(now: Instant): Result<OrderStep<OrderExpired>, OrderNotDue> {
    const { id: orderId, userId, expiresAt } = this.terms;
    if (this.progress.status !== 'PENDING' || now < expiresAt) {
      return err({ code: 'ORDER_NOT_DUE', orderId });
    }
    return ok({
      next: this.become({ status: 'EXPIRED', expiredAt: now }),
      event: { type: 'OrderExpired', orderId, userId, at: now },
    });
  }

  toSnapshot(): OrderSnapshot {
    return { ...this.terms, ...this.progress };
  }

  private become(progress: OrderProgress): Order {
    return new Order(this.terms, progress);
  }
}

/** What a customer is told at `now`: a PENDING order past its time is EXPIRED, whether or not it was tidied up yet. */
export function orderStatusAt(
  order: { readonly status: OrderStatus; readonly expiresAt: Instant },
  now: Instant,
): OrderStatus {
  return statusOf(order.status, order.expiresAt, now);
}

const PENDING: OrderProgress = { status: 'PENDING' };

const statusOf = (status: OrderStatus, expiresAt: Instant, now: Instant): OrderStatus =>
  status === 'PENDING' && now >= expiresAt ? 'EXPIRED' : status;

function termsOf(snapshot: OrderSnapshot): OrderTerms {
  const { id, userId, lines, couponId, subtotal, discount, total, createdAt, expiresAt } = snapshot;
  return { id, userId, lines, couponId, subtotal, discount, total, createdAt, expiresAt };
}

function progressOf(snapshot: OrderSnapshot): OrderProgress {
  switch (snapshot.status) {
    case 'PENDING':
      return PENDING;
    case 'COMPLETED':
      return { status: snapshot.status, payment: snapshot.payment };
    case 'CANCELLED': {
      const { status, payment, cancelledAt } = snapshot;
      return { status, payment, cancelledAt };
    }
    case 'EXPIRED':
      return { status: snapshot.status, expiredAt: snapshot.expiredAt };
  }
}
