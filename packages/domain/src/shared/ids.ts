import type { Brand } from './brand.js';
import { invariant } from './invariant.js';

/** A thing on sale. */
export type ProductId = Brand<number, 'ProductId'>;
/** The customer, as the identity provider names them. Jumun keeps no user records of its own. */
export type UserId = Brand<number, 'UserId'>;
/** A purchase. */
export type OrderId = Brand<number, 'OrderId'>;
/** The settling of one order. */
export type PaymentId = Brand<number, 'PaymentId'>;
/** A line of a ledger. */
export type WalletEntryId = Brand<number, 'WalletEntryId'>;
/** A 쿠폰 이벤트. */
export type CouponCampaignId = Brand<number, 'CouponCampaignId'>;
/** One customer’s coupon. */
export type CouponId = Brand<number, 'CouponId'>;
/** What one customer says of one product. */
export type ReviewId = Brand<number, 'ReviewId'>;

/** An id is a positive safe integer; anything else throws. */
const idOf =
  <Id extends number>(name: string) =>
  (value: number): Id => {
    invariant(
      Number.isSafeInteger(value) && value > 0,
      `${name} is a positive safe integer: ${value}`,
    );
    return value as Id;
  };

/** A {@link ProductId}. Throws unless `value` is a positive safe integer. */
export const productId = idOf<ProductId>('ProductId');
/** A {@link UserId}. Throws unless `value` is a positive safe integer. */
export const userId = idOf<UserId>('UserId');
/** A {@link OrderId}. Throws unless `value` is a positive safe integer. */
export const orderId = idOf<OrderId>('OrderId');
/** A {@link PaymentId}. Throws unless `value` is a positive safe integer. */
export const paymentId = idOf<PaymentId>('PaymentId');
/** A {@link WalletEntryId}. Throws unless `value` is a positive safe integer. */
export const walletEntryId = idOf<WalletEntryId>('WalletEntryId');
/** A {@link CouponCampaignId}. Throws unless `value` is a positive safe integer. */
export const couponCampaignId = idOf<CouponCampaignId>('CouponCampaignId');
/** A {@link CouponId}. Throws unless `value` is a positive safe integer. */
export const couponId = idOf<CouponId>('CouponId');
/** A {@link ReviewId}. Throws unless `value` is a positive safe integer. */
export const reviewId = idOf<ReviewId>('ReviewId');
