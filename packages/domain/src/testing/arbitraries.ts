import * as fc from 'fast-check';
import type { Arbitrary } from 'fast-check';
import {
  afterDays,
  Basket,
  Coupon,
  CouponCampaign,
  type CouponCampaignId,
  couponCampaignId,
  type CouponCampaignSnapshot,
  type CouponId,
  couponId,
  type CouponSnapshot,
  type CouponTerms,
  type DiscountRate,
  type Instant,
  instant,
  MAX_BALANCE,
  MAX_CAMPAIGN_QUANTITY,
  MAX_CHARGE,
  MAX_COUPON_VALID_DAYS,
  MAX_LINE_QUANTITY,
  MAX_ORDER_PRODUCTS,
  MAX_PRICE,
  MAX_QUANTITY,
  type Money,
  Order,
  type OrderId,
  orderId,
  type OrderSnapshot,
  type OrderStatus,
  type PaymentId,
  paymentId,
  percent,
  pieces,
  Product,
  type ProductId,
  productId,
  type ProductSnapshot,
  type Quantity,
  Stock,
  type StockSnapshot,
  type UserId,
  userId,
  Wallet,
  type WalletEntryId,
  walletEntryId,
  type WalletSnapshot,
  won,
} from '../index.js';
import { accepted } from './results.js';

// Values -----------------------------------------------------------------------------------------------------------

const idBy = <Id>(brand: (value: number) => Id): Arbitrary<Id> =>
  fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }).map(brand);

/** Any id of a product. */
export const anyProductId = (): Arbitrary<ProductId> => idBy(productId);
/** Any customer’s id. */
export const anyUserId = (): Arbitrary<UserId> => idBy(userId);
/** Any id of an order. */
export const anyOrderId = (): Arbitrary<OrderId> => idBy(orderId);
/** Any id of a payment. */
export const anyPaymentId = (): Arbitrary<PaymentId> => idBy(paymentId);
/** Any id of a ledger entry. */
export const anyWalletEntryId = (): Arbitrary<WalletEntryId> => idBy(walletEntryId);
/** Any id of a campaign. */
export const anyCouponCampaignId = (): Arbitrary<CouponCampaignId> => idBy(couponCampaignId);
/** Any id of a coupon. */
export const anyCouponId = (): Arbitrary<CouponId> => idBy(couponId);

/** Any amount from `min` to `max` won; 0 to the greatest price unless told otherwise. */
export const anyMoney = ({ min = 0, max = MAX_PRICE } = {}): Arbitrary<Money> =>
  fc.integer({ min, max }).map(won);

/** 1 to `max` pieces; as many as a basket may have of one product unless told otherwise. */
export const anyQuantity = ({ max = MAX_LINE_QUANTITY } = {}): Arbitrary<Quantity> =>
  fc.integer({ min: 1, max }).map(pieces);

/** Any whole rate from 1 to 100 per cent. */
export const anyDiscountRate = (): Arbitrary<DiscountRate> =>
  fc.integer({ min: 1, max: 100 }).map(percent);

/** Any millisecond of the years 2000 to 2099 (UTC), or of a span of your own; `to` is included. */
export const anyInstant = ({
  from = Date.UTC(2000, 0),
  to = Date.UTC(2100, 0) - 1,
} = {}): Arbitrary<Instant> => fc.integer({ min: from, max: to }).map(instant);

/** Instants around a deadline, where off-by-one errors live: just before it, at it, just after it, or days away. */
export const anyInstantNear = (deadline: Instant): Arbitrary<Instant> =>
  fc
    .oneof(
      fc.constantFrom(-1, 0, 1),
      fc.integer({ min: -DAY_IN_MILLISECONDS, max: DAY_IN_MILLISECONDS }),
    )
    .map((offset) => instant(deadline + offset));

const DAY_IN_MILLISECONDS = 86_400_000;

/** Printable text of any script; far below every length limit of the model, so each text fits each field. */
const anyText = ({ minLength = 1 } = {}): Arbitrary<string> =>
  fc.string({ unit: 'grapheme', minLength, maxLength: 8 });

// Catalogue --------------------------------------------------------------------------------------------------------

/** Any product as it is stored. */
export const anyProductSnapshot = (): Arbitrary<ProductSnapshot> =>
  fc.record({
    id: anyProductId(),
    name: anyText(),
    description: anyText({ minLength: 0 }),
    category: anyText(),
    price: anyMoney(),
  });

/** Any product. */
export const anyProduct = (): Arbitrary<Product> =>
  anyProductSnapshot().map((snapshot) => Product.rehydrate(snapshot));

/** Products with different ids, at least one. */
export const anyProducts = ({ max = 5 } = {}): Arbitrary<readonly Product[]> =>
  fc.uniqueArray(anyProduct(), { minLength: 1, maxLength: max, selector: ({ id }) => id });

// Stock ------------------------------------------------------------------------------------------------------------

/** Stock in any state: empty, all free, partly held, all held. */
export const anyStockSnapshot = ({ maxOnHand = MAX_QUANTITY } = {}): Arbitrary<StockSnapshot> =>
  fc.integer({ min: 0, max: maxOnHand }).chain((onHand) =>
    fc.record({
      productId: anyProductId(),
      onHand: fc.constant(onHand),
      reserved: fc.integer({ min: 0, max: onHand }),
    }),
  );

/** Any stock, with some of it held. */
export const anyStock = (bounds?: { readonly maxOnHand?: number }): Arbitrary<Stock> =>
  anyStockSnapshot(bounds).map((snapshot) => Stock.rehydrate(snapshot));

// Wallet -----------------------------------------------------------------------------------------------------------

const MOST_ENTRIES = 1_000;

/** A wallet in any state its ledger can bring about; refunds may have lifted it above the limit of charges. */
export const anyWalletSnapshot = (): Arbitrary<WalletSnapshot> =>
  fc.integer({ min: 0, max: MOST_ENTRIES }).chain((entries) =>
    fc.record({
      userId: anyUserId(),
      balance: anyMoney({ max: Math.min(entries * MAX_CHARGE, 2 * MAX_BALANCE) }),
      entries: fc.constant(entries),
      updatedAt: anyInstant(),
    }),
  );

/** Any wallet, of a new customer or an old one. */
export const anyWallet = (): Arbitrary<Wallet> =>
  anyWalletSnapshot().map((snapshot) => Wallet.rehydrate(snapshot));

// Coupons ----------------------------------------------------------------------------------------------------------

/** A campaign that may be fresh, half gone or sold out, and runs for up to a year. */
export const anyCouponCampaignSnapshot = ({
  maxTotal = MAX_CAMPAIGN_QUANTITY,
} = {}): Arbitrary<CouponCampaignSnapshot> =>
  fc
    .record({
      id: anyCouponCampaignId(),
      name: anyText(),
      discountRate: anyDiscountRate(),
      totalQuantity: fc.integer({ min: 1, max: maxTotal }),
      startsAt: anyInstant(),
      lasts: fc.integer({ min: 1, max: 365 * DAY_IN_MILLISECONDS }),
      couponValidDays: fc.integer({ min: 1, max: MAX_COUPON_VALID_DAYS }),
    })
    .chain(({ lasts, ...terms }) =>
      fc.integer({ min: 0, max: terms.totalQuantity }).map((issued) => ({
        ...terms,
        issued,
        endsAt: instant(terms.startsAt + lasts),
      })),
    );

/** Any campaign, with some or all of its coupons issued. */
export const anyCouponCampaign = (bounds?: {
  readonly maxTotal?: number;
}): Arbitrary<CouponCampaign> =>
  anyCouponCampaignSnapshot(bounds).map((snapshot) => CouponCampaign.rehydrate(snapshot));

/** What a campaign promised when it issued the coupon. */
export const anyCouponTerms = (): Arbitrary<CouponTerms> =>
  fc
    .record({
      id: anyCouponId(),
      campaignId: anyCouponCampaignId(),
      userId: anyUserId(),
      issueNumber: fc.integer({ min: 1, max: MAX_CAMPAIGN_QUANTITY }),
      discountRate: anyDiscountRate(),
      issuedAt: anyInstant(),
      validDays: fc.integer({ min: 1, max: MAX_COUPON_VALID_DAYS }),
    })
    .map(({ validDays, ...terms }) => ({
      ...terms,
      expiresAt: afterDays(terms.issuedAt, validDays),
    }));

/** A coupon that is available, held by an order, or used; whether it is past its time is for the reader's clock. */
export const anyCouponSnapshot = (): Arbitrary<CouponSnapshot> =>
  anyCouponTerms().chain((terms) =>
    fc.oneof(
      fc.constant({ ...terms, status: 'AVAILABLE' as const }),
      anyOrderId().map((holder) => ({ ...terms, status: 'RESERVED' as const, orderId: holder })),
      fc
        .tuple(anyOrderId(), anyInstant({ from: terms.issuedAt, to: terms.expiresAt }))
        .map(([holder, usedAt]) => ({
          ...terms,
          status: 'USED' as const,
          orderId: holder,
          usedAt,
        })),
    ),
  );

/** Any coupon in any state. */
export const anyCoupon = (): Arbitrary<Coupon> =>
  anyCouponSnapshot().map((snapshot) => Coupon.rehydrate(snapshot));

// Orders -----------------------------------------------------------------------------------------------------------

/** A valid basket of up to `maxProducts` different products; of these products when you name them. */
export const anyBasket = ({
  maxProducts = 5,
  of = anyProductId(),
}: { readonly maxProducts?: number; readonly of?: Arbitrary<ProductId> } = {}): Arbitrary<Basket> =>
  fc
    .uniqueArray(fc.record({ productId: of, quantity: anyQuantity() }), {
      minLength: 1,
      maxLength: Math.min(maxProducts, MAX_ORDER_PRODUCTS),
      selector: (item) => item.productId,
    })
    .map((items) => accepted(Basket.of(items)));

const anyWishes = (): Arbitrary<readonly { product: Product; quantity: Quantity }[]> =>
  fc.uniqueArray(fc.record({ product: anyProduct(), quantity: anyQuantity() }), {
    minLength: 1,
    maxLength: 5,
    selector: ({ product }) => product.id,
  });

/** A PENDING order of any products, with or without a coupon, payable for up to an hour. */
export const anyPendingOrder = (): Arbitrary<Order> =>
  fc
    .record({
      id: anyOrderId(),
      userId: anyUserId(),
      wishes: anyWishes(),
      couponTerms: fc.option(anyCouponTerms()),
      now: anyInstant(),
      holdSeconds: fc.integer({ min: 1, max: 3_600 }),
    })
    .map(({ wishes, couponTerms, ...request }) => {
      const items = wishes.map(({ product, quantity }) => ({ productId: product.id, quantity }));
      const placed = Order.place({
        ...request,
        basket: accepted(Basket.of(items)),
        products: new Map(wishes.map(({ product }) => [product.id, product])),
        coupon: couponTerms && Coupon.issue({ ...couponTerms, userId: request.userId }),
      });
      return accepted(placed).next;
    });

const anyMomentToPay = (order: Order): Arbitrary<Instant> => {
  const { createdAt, expiresAt } = order.toSnapshot();
  return anyInstant({ from: createdAt, to: expiresAt - 1 });
};

/** Any order that was paid. */
export const anyCompletedOrder = (): Arbitrary<Order> =>
  anyPendingOrder().chain((order) =>
    fc
      .record({ paymentId: anyPaymentId(), amount: fc.constant(null), now: anyMomentToPay(order) })
      .map((payment) => accepted(order.pay(payment)).next),
  );

/** A CANCELLED order, which had been paid (and is refunded) or not. */
export const anyCancelledOrder = (): Arbitrary<Order> =>
  fc.oneof(
    anyPendingOrder().chain((order) =>
      anyMomentToPay(order).map((now) => accepted(order.cancel(now)).next),
    ),
    fc
      .record({ order: anyCompletedOrder(), days: fc.nat({ max: 30 }) })
      .map(({ order, days }) => accepted(order.cancel(laterThan(order, days))).next),
  );

/** Any order that was not paid in time. */
export const anyExpiredOrder = (): Arbitrary<Order> =>
  fc
    .record({ order: anyPendingOrder(), days: fc.nat({ max: 30 }) })
    .map(({ order, days }) => accepted(order.expire(laterThan(order, days))).next);

const laterThan = (order: Order, days: number): Instant =>
  afterDays(order.toSnapshot().expiresAt, days);

const ORDERS: Readonly<Record<OrderStatus, () => Arbitrary<Order>>> = {
  PENDING: anyPendingOrder,
  COMPLETED: anyCompletedOrder,
  CANCELLED: anyCancelledOrder,
  EXPIRED: anyExpiredOrder,
};

/** An order in any state that its decisions can lead to; only of these statuses when you name some. */
export const anyOrder = (...statuses: readonly OrderStatus[]): Arbitrary<Order> => {
  const wanted = statuses.length === 0 ? (Object.keys(ORDERS) as OrderStatus[]) : statuses;
  return fc.oneof(...wanted.map((status) => ORDERS[status]()));
};

/** Any order as it is stored, of one of these statuses or of any. */
export const anyOrderSnapshot = (...statuses: readonly OrderStatus[]): Arbitrary<OrderSnapshot> =>
  anyOrder(...statuses).map((order) => order.toSnapshot());
