import {
  type Basket,
  type Coupon,
  type CouponId,
  type CouponNotUsable,
  err,
  type InsufficientBalance,
  invariant,
  ok,
  Order,
  orderId,
  type OutOfStock,
  type ProductNotFound,
  type Result,
  type Stock,
  type UserId,
} from '@jumun/domain';
import type { Books } from '../batching/books.js';
import type { CommandHandler } from '../batching/command.js';
import { type OrderView, orderViewOf } from './order-view.js';

export interface PlaceOrder {
  readonly userId: UserId;
  readonly basket: Basket;
  readonly couponId: CouponId | null;
}

/** No such coupon, or it is somebody else's. */
export interface CouponNotFound {
  readonly code: 'COUPON_NOT_FOUND';
  readonly couponId: CouponId;
}

/** Some products are short; all of them are named. */
export interface ItemsOutOfStock {
  readonly code: 'OUT_OF_STOCK';
  readonly items: readonly Omit<OutOfStock, 'code'>[];
}

export type PlaceOrderRefusal =
  CouponNotFound | ProductNotFound | CouponNotUsable | ItemsOutOfStock | InsufficientBalance;

/**
 * Agrees on an order and holds stock and coupon for it. Nothing is paid yet, but the wallet must be able to pay the total.
 * Refusals in this order: coupon not found, product not found, coupon not usable, out of stock, insufficient balance.
 */
export const placeOrder = (policy: {
  readonly orderHoldSeconds: number;
}): CommandHandler<PlaceOrder, OrderView, PlaceOrderRefusal> => ({
  name: 'placeOrder',
  ids: { order: 1 },
  customer: ({ userId }) => userId,
  begins: true,

  claim({ userId, basket, couponId }, claims) {
    claims.wallets.add(userId);
    if (couponId !== null) claims.coupons.add(couponId);
    for (const { productId } of basket.items) {
      claims.stocks.add(productId);
      claims.catalogue.add(productId);
    }
  },

  decide({ userId, basket, couponId }, books, now) {
    const coupon = couponId === null ? null : books.coupon(couponId);
    if (couponId !== null && coupon?.userId !== userId) {
      return err({ code: 'COUPON_NOT_FOUND', couponId });
    }
    const placed = Order.place({
      id: orderId(books.newId('order')),
      userId,
      basket,
      products: books.shelf,
      coupon: coupon ?? null,
      now,
      holdSeconds: policy.orderHoldSeconds,
    });
    if (placed.isErr()) return err(placed.error);
    const order = placed.value.next;

    const coupons: Coupon[] = [];
    if (coupon) {
      const reserved = coupon.reserve(order.id, now);
      if (reserved.isErr()) return err(reserved.error);
      coupons.push(reserved.value);
    }
    const stocks = reserveStocks(basket, books);
    if (stocks.isErr()) return err(stocks.error);
    const affordable = books.wallet(userId, now).afford(order.total);
    if (affordable.isErr()) return err(affordable.error);

    return ok({
      answer: orderViewOf(order.toSnapshot(), now),
      changes: { orders: [order], coupons, stocks: stocks.value },
    });
  },
});

/** Holds every item of the basket, or names all that are short. */
function reserveStocks(basket: Basket, books: Books): Result<readonly Stock[], ItemsOutOfStock> {
  const stocks: Stock[] = [];
  const short: Omit<OutOfStock, 'code'>[] = [];
  for (const { productId, quantity } of basket.items) {
    const stock = books.stock(productId);
    invariant(stock !== undefined, `product ${productId} has a stock record`);
    const reserved = stock.reserve(quantity);
    if (reserved.isOk()) {
      stocks.push(reserved.value);
    } else {
      const { requested, available } = reserved.error;
      short.push({ productId, requested, available });
    }
  }
  return short.length > 0 ? err({ code: 'OUT_OF_STOCK', items: short }) : ok(stocks);
}
