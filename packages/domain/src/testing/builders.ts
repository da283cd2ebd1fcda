import {
  afterDays,
  afterSeconds,
  Basket,
  Coupon,
  CouponCampaign,
  couponCampaignId,
  couponId,
  type Instant,
  instant,
  Order,
  orderId,
  paymentId,
  percent,
  Product,
  type ProductId,
  productId,
  Stock,
  userId,
  Wallet,
  won,
} from '../index.js';
import { accepted } from './results.js';

/** Noon in Seoul on 17 January 2024, the last day of the statistics in scenario 6. The builders' "now". */
export const NOON: Instant = instant(Date.UTC(2024, 0, 17, 3));

/** 김철수 of the scenarios, the everyday buyer. */
export const KIM_CHEOLSU = userId(1);
/** 이영희 of the scenarios, who hunts for discounts. */
export const LEE_YOUNGHEE = userId(2);

/** A product; the 무선 마우스 of scenario 1 unless told otherwise. */
export const aProduct = ({
  id = 101,
  name = '무선 마우스',
  description = '',
  category = '마우스',
  price = 25_000,
} = {}): Product =>
  Product.rehydrate({ id: productId(id), name, description, category, price: won(price) });

/** Of scenario 1. */
export const WIRELESS_MOUSE = aProduct();
/** Of scenario 2. */
export const BLUETOOTH_KEYBOARD = aProduct({
  id: 102,
  name: '블루투스 키보드',
  category: '키보드',
  price: 45_000,
});
/** Of scenario 3. */
export const GAMING_MOUSE = aProduct({ id: 103, name: '게이밍 마우스', price: 65_000 });
/** Of scenario 4. */
export const MONITOR = aProduct({ id: 104, name: '모니터', category: '모니터', price: 120_000 });

/** Products as {@link Order.place} looks them up. */
export const catalogueOf = (...products: readonly Product[]): ReadonlyMap<ProductId, Product> =>
  new Map(products.map((product) => [product.id, product]));

/** The stock of a product; 50 pieces, none held, unless told otherwise. */
export const aStock = ({ productId: id = 101, onHand = 50, reserved = 0 } = {}): Stock =>
  Stock.rehydrate({ productId: productId(id), onHand, reserved });

/** A wallet; 김철수's, empty and never used, unless told otherwise. A balance brings one ledger entry along. */
export const aWallet = ({
  userId: owner = 1,
  balance = 0,
  entries = Math.sign(balance),
  updatedAt = NOON,
} = {}): Wallet =>
  Wallet.rehydrate({ userId: userId(owner), balance: won(balance), entries, updatedAt });

/** A campaign that runs now; scenario 2's 100 coupons of 10 %, none issued, unless told otherwise. */
export const aCampaign = ({
  id = 501,
  name = '선착순 10% 할인',
  discountRate = 10,
  totalQuantity = 100,
  issued = 0,
  startsAt = afterDays(NOON, -1),
  endsAt = afterDays(NOON, 1),
  couponValidDays = 30,
} = {}): CouponCampaign =>
  CouponCampaign.rehydrate({
    id: couponCampaignId(id),
    name,
    discountRate: percent(discountRate),
    totalQuantity,
    issued,
    startsAt,
    endsAt,
    couponValidDays,
  });

/** An AVAILABLE coupon; 이영희's 10 % of scenario 2, good for 30 days, unless told otherwise. */
export const aCoupon = ({
  id = 3001,
  campaignId = 501,
  userId: owner = 2,
  issueNumber = 1,
  discountRate = 10,
  issuedAt = NOON,
  expiresAt = afterDays(NOON, 30),
} = {}): Coupon =>
  Coupon.issue({
    id: couponId(id),
    campaignId: couponCampaignId(campaignId),
    userId: userId(owner),
    issueNumber,
    discountRate: percent(discountRate),
    issuedAt,
    expiresAt,
  });

/** A coupon that order 1001 holds since it was issued; otherwise like {@link aCoupon}. */
export const aReservedCoupon = ({
  orderId: holder = 1001,
  ...coupon
}: { orderId?: number } & NonNullable<Parameters<typeof aCoupon>[0]> = {}): Coupon => {
  const available = aCoupon(coupon);
  return accepted(available.reserve(orderId(holder), coupon.issuedAt ?? NOON));
};

/** A basket of `[product id, pieces]` pairs: `aBasket([101, 1], [102, 2])`. */
export const aBasket = (...items: readonly (readonly [id: number, quantity: number])[]): Basket =>
  accepted(Basket.of(items.map(([id, quantity]) => ({ productId: productId(id), quantity }))));

/** What {@link anOrder} takes: `items` are `[product, pieces]` pairs. */
export interface OrderFields {
  readonly id?: number;
  readonly userId?: number;
  readonly items?: readonly (readonly [product: Product, quantity: number])[];
  readonly coupon?: Coupon | null;
  readonly placedAt?: Instant;
  readonly holdSeconds?: number;
}

/**
 * A PENDING order; scenario 1's single 무선 마우스, placed at noon and payable for 15 minutes, unless told otherwise; with
 * a coupon it is that of the coupon's customer.
 */
export function anOrder({
  id = 1001,
  coupon = null,
  userId: buyer = coupon?.userId ?? 1,
  items = [[WIRELESS_MOUSE, 1]],
  placedAt = NOON,
  holdSeconds = 900,
}: OrderFields = {}): Order {
  const placed = Order.place({
    id: orderId(id),
    userId: userId(buyer),
    basket: aBasket(...items.map(([product, quantity]) => [product.id, quantity] as const)),
    products: catalogueOf(...items.map(([product]) => product)),
    coupon,
    now: placedAt,
    holdSeconds,
  });
  return accepted(placed).next;
}

/** An order paid by payment 2001 one minute after it was placed; otherwise like {@link anOrder}. */
export function aCompletedOrder({
  paymentId: payment = 2001,
  ...fields
}: OrderFields & { readonly paymentId?: number } = {}): Order {
  const now = afterSeconds(fields.placedAt ?? NOON, 60);
  const paid = anOrder(fields).pay({ paymentId: paymentId(payment), amount: null, now });
  return accepted(paid).next;
}

/** An order called off, before it was paid, one minute after it was placed; otherwise like {@link anOrder}. */
export const aCancelledOrder = (fields: OrderFields = {}): Order =>
  accepted(anOrder(fields).cancel(afterSeconds(fields.placedAt ?? NOON, 60))).next;

/** An order paid after one minute, and called off and refunded after two; otherwise like {@link anOrder}. */
export const aRefundedOrder = (fields: OrderFields = {}): Order =>
  accepted(aCompletedOrder(fields).cancel(afterSeconds(fields.placedAt ?? NOON, 120))).next;

/** An order given up at the very moment its time was over; otherwise like {@link anOrder}. */
export function anExpiredOrder(fields: OrderFields = {}): Order {
  const order = anOrder(fields);
  return accepted(order.expire(order.toSnapshot().expiresAt)).next;
}
