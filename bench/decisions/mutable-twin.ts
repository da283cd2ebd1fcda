import {
  afterSeconds,
  type AmountMismatch,
  type CouponNotUsable,
  type CouponSnapshot,
  couponStatusAt,
  err,
  type Instant,
  type InsufficientBalance,
  invariant,
  MAX_BALANCE,
  MAX_CHARGE,
  MIN_CHARGE,
  minus,
  type Money,
  NOTHING,
  ok,
  type OrderCompleted,
  type OrderId,
  type OrderLine,
  type OrderNotPayable,
  orderStatusAt,
  type OutOfStock,
  type PaymentId,
  plus,
  priceOf,
  type ProductNotFound,
  type Quantity,
  type Result,
  times,
  type UserId,
  type WalletEntry,
  type WalletEntryId,
  type WalletEntryKind,
  won,
} from '@jumun/domain';
import type { Case } from './desk.ts';

/** The same rules, refusals, entries and events, in objects that change themselves. Nothing is ever copied. */

type Writable<T> = { -readonly [Name in keyof T]: T[Name] };

const DONE = ok(undefined);

export class MutableStock {
  readonly productId: OutOfStock['productId'];
  onHand: number;
  reserved = 0;

  constructor(productId: OutOfStock['productId'], onHand: number) {
    this.productId = productId;
    this.onHand = onHand;
  }

  reserve(quantity: Quantity): Result<undefined, OutOfStock> {
    const available = this.onHand - this.reserved;
    if (quantity > available) {
      const { productId } = this;
      return err({ code: 'OUT_OF_STOCK', productId, requested: quantity, available });
    }
    this.reserved += quantity;
    return DONE;
  }

  post(quantity: Quantity): void {
    invariant(quantity <= this.reserved, `${quantity} pieces were not held`);
    this.onHand -= quantity;
    this.reserved -= quantity;
  }
}

interface Posting {
  readonly entryId: WalletEntryId;
  readonly orderId: OrderId | null;
  readonly at: Instant;
}

export class MutableWallet {
  readonly userId: UserId;
  balance: Money;
  entries: number;
  updatedAt: Instant;

  constructor(userId: UserId, balance: Money, entries: number, updatedAt: Instant) {
    this.userId = userId;
    this.balance = balance;
    this.entries = entries;
    this.updatedAt = updatedAt;
  }

  charge(amount: number, posting: Posting): Result<WalletEntry, { readonly code: string }> {
    if (!Number.isSafeInteger(amount) || amount < MIN_CHARGE || amount > MAX_CHARGE) {
      return err({ code: 'INVALID_AMOUNT' });
    }
    if (this.balance + amount > MAX_BALANCE) return err({ code: 'BALANCE_LIMIT_EXCEEDED' });
    return ok(this.move('CHARGE', plus(this.balance, won(amount)), posting));
  }

  afford(required: Money): Result<undefined, InsufficientBalance> {
    const { balance } = this;
    return required > balance ? err({ code: 'INSUFFICIENT_BALANCE', balance, required }) : DONE;
  }

  pay(amount: Money, posting: Posting): Result<WalletEntry, InsufficientBalance> {
    const afforded = this.afford(amount);
    if (afforded.isErr()) return err(afforded.error);
    return ok(this.move('PAYMENT', minus(this.balance, amount), posting));
  }

  private move(kind: WalletEntryKind, balanceAfter: Money, posting: Posting): WalletEntry {
    const amount = balanceAfter - this.balance;
    this.balance = balanceAfter;
    this.entries += 1;
    this.updatedAt = posting.at;
    return {
      id: posting.entryId,
      userId: this.userId,
      sequence: this.entries,
      kind,
      amount,
      balanceAfter,
      orderId: posting.orderId,
      createdAt: posting.at,
    };
  }
}

export class MutableCoupon {
  readonly id: CouponSnapshot['id'];
  readonly userId: UserId;
  readonly discountRate: CouponSnapshot['discountRate'];
  readonly expiresAt: Instant;
  status: CouponSnapshot['status'] = 'AVAILABLE';
  orderId: OrderId | null = null;
  usedAt: Instant | null = null;

  constructor({ id, userId, discountRate, expiresAt }: CouponSnapshot) {
    this.id = id;
    this.userId = userId;
    this.discountRate = discountRate;
    this.expiresAt = expiresAt;
  }

  reserve(orderId: OrderId, now: Instant): Result<undefined, CouponNotUsable> {
    const couponStatus = couponStatusAt(this, now);
    if (couponStatus !== 'AVAILABLE') {
      return err({ code: 'COUPON_NOT_USABLE', couponId: this.id, couponStatus });
    }
    this.status = 'RESERVED';
    this.orderId = orderId;
    return DONE;
  }

  use(orderId: OrderId, now: Instant): void {
    invariant(
      this.status === 'RESERVED' && this.orderId === orderId,
      'it is not held by the order',
    );
    this.status = 'USED';
    this.usedAt = now;
  }

  /** As it was when it was issued, to be used again: the bench does not measure making coupons. */
  restore(): void {
    this.status = 'AVAILABLE';
    this.orderId = null;
    this.usedAt = null;
  }
}

export interface MutableRequest extends Pick<Case, 'basket' | 'products'> {
  readonly id: OrderId;
  readonly userId: UserId;
  readonly coupon: MutableCoupon;
  readonly now: Instant;
  readonly holdSeconds: number;
}

export class MutableOrder {
  readonly id: OrderId;
  readonly userId: UserId;
  readonly lines: readonly OrderLine[];
  readonly couponId: CouponSnapshot['id'];
  readonly discount: Money;
  readonly total: Money;
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
  status: 'PENDING' | 'COMPLETED' = 'PENDING';
  paymentId: PaymentId | null = null;
  paidAt: Instant | null = null;

  private constructor(
    { id, userId, coupon, now, holdSeconds }: MutableRequest,
    lines: readonly OrderLine[],
    { discount, total }: { readonly discount: Money; readonly total: Money },
  ) {
    this.id = id;
    this.userId = userId;
    this.lines = lines;
    this.couponId = coupon.id;
    this.discount = discount;
    this.total = total;
    this.createdAt = now;
    this.expiresAt = afterSeconds(now, holdSeconds);
  }

  static place(request: MutableRequest): Result<MutableOrder, ProductNotFound> {
    const { basket, products, coupon, userId, holdSeconds } = request;
    invariant(holdSeconds >= 0, `seconds to pay: ${holdSeconds}`);
    invariant(coupon.userId === userId, 'a coupon is its own customer’s');
    const lines: Writable<OrderLine>[] = [];
    for (const { productId, quantity } of basket.items) {
      const product = products.get(productId);
      if (product === undefined) return err({ code: 'PRODUCT_NOT_FOUND', productId });
      const { name, price: unitPrice } = product;
      const amount = times(unitPrice, quantity);
      lines.push({ productId, name, unitPrice, quantity, amount, discount: NOTHING });
    }
    const price = priceOf(
      lines.map(({ amount }) => amount),
      coupon.discountRate,
    );
    for (const [at, line] of lines.entries()) line.discount = price.lineDiscounts[at] ?? NOTHING;
    return ok(new MutableOrder(request, lines, price));
  }

  pay(
    paymentId: PaymentId,
    amount: number | null,
    now: Instant,
  ): Result<OrderCompleted, OrderNotPayable | AmountMismatch> {
    const { id: orderId, userId, couponId, lines, discount, total } = this;
    const orderStatus = orderStatusAt(this, now);
    if (orderStatus !== 'PENDING') return err({ code: 'ORDER_NOT_PAYABLE', orderId, orderStatus });
    if (amount !== null && amount !== total) {
      return err({ code: 'AMOUNT_MISMATCH', orderId, required: total });
    }
    this.status = 'COMPLETED';
    this.paymentId = paymentId;
    this.paidAt = now;
    return ok({
      type: 'OrderCompleted',
      orderId,
      userId,
      paymentId,
      couponId,
      lines,
      discount,
      total,
      at: now,
    });
  }
}
