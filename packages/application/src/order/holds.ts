import { type Coupon, invariant, type Order, type OrderLine, type Stock } from '@jumun/domain';
import type { Books } from '../batching/books.js';

/** The stocks of an order's lines, each moved on by `move`. Throws when a product has no stock record. */
export const moveStocks = (
  lines: readonly Pick<OrderLine, 'productId' | 'quantity'>[],
  books: Books,
  move: (stock: Stock, quantity: OrderLine['quantity']) => Stock,
): readonly Stock[] =>
  lines.map(({ productId, quantity }) => {
    const stock = books.stock(productId);
    invariant(stock !== undefined, `product ${productId} has a stock record`);
    return move(stock, quantity);
  });

/** The coupon that an order holds or used. Throws when the order names one that is not there. */
export function couponOf(order: Order, books: Books): Coupon | null {
  if (order.couponId === null) return null;
  const coupon = books.coupon(order.couponId);
  invariant(coupon !== undefined, `coupon ${order.couponId} of order ${order.id} is there`);
  return coupon;
}

/** What an unpaid order held is free again. */
export const voidHolds = (
  order: Order,
  books: Books,
): { readonly stocks: readonly Stock[]; readonly coupons: readonly Coupon[] } => ({
  stocks: moveStocks(order.lines, books, (stock, quantity) => stock.void(quantity)),
  coupons: releasedCoupon(order, books),
});

/** The order's coupon, given back; none if it has none. */
export const releasedCoupon = (order: Order, books: Books): readonly Coupon[] => {
  const coupon = couponOf(order, books);
  return coupon === null ? [] : [coupon.release(order.id)];
};
