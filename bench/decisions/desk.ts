import type { Basket, Coupon, OrderCompleted, Product, ProductId } from '@jumun/domain';

/** What both ways are given: the same customer, products and coupon, and the same baskets. */
export interface Case {
  readonly basket: Basket;
  readonly products: ReadonlyMap<ProductId, Product>;
  readonly coupon: Coupon;
}

/** What is left after a number of orders: the same for both ways, or one of them is wrong. */
export interface Outcome {
  readonly balance: number;
  readonly entries: number;
  readonly onHand: number;
  readonly reserved: number;
  /** Won that the orders came to. */
  readonly turnover: number;
}

/** A way to keep wallets and stocks. Each call is one decision, or one order's worth of them. */
export interface Desk {
  /** Places the order of the case and pays for it: stocks, coupon, wallet and order. */
  buy(at: number): OrderCompleted;
  /** Holds a piece of one product, and sells it. */
  sellPiece(): void;
  /** Charges the wallet, and pays as much out of it. */
  chargeAndPay(at: number): void;
  /** Holds the coupon for an order, and uses it. */
  useCoupon(at: number): void;
  /** Places an order and pays for it: the order alone. */
  placeAndPay(at: number): OrderCompleted;
  outcome(): Outcome;
}

/** A refusal here is a mistake of the bench. */
export const REFUSED = 'the bench was refused';

export const HOLD_SECONDS = 900;
