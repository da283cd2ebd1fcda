import type { Brand } from './brand.js';
import { invariant } from './invariant.js';

export type ProductId = Brand<number, 'ProductId'>;
/** The customer, as the identity provider names them. Jumun keeps no user records of its own. */
export type UserId = Brand<number, 'UserId'>;
export type OrderId = Brand<number, 'OrderId'>;
export type PaymentId = Brand<number, 'PaymentId'>;
export type WalletEntryId = Brand<number, 'WalletEntryId'>;
export type CouponCampaignId = Brand<number, 'CouponCampaignId'>;
export type CouponId = Brand<number, 'CouponId'>;
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

export const productId = idOf<ProductId>('ProductId');
export const userId = idOf<UserId>('UserId');
export const orderId = idOf<OrderId>('OrderId');
export const paymentId = idOf<PaymentId>('PaymentId');
export const walletEntryId = idOf<WalletEntryId>('WalletEntryId');
export const couponCampaignId = idOf<CouponCampaignId>('CouponCampaignId');
export const couponId = idOf<CouponId>('CouponId');
export const reviewId = idOf<ReviewId>('ReviewId');
