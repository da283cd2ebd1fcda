import { describe, expect, it } from '@jest/globals';
import {
  couponCampaignId,
  couponId,
  orderId,
  paymentId,
  productId,
  reviewId,
  userId,
  walletEntryId,
} from './ids.js';
import { InvariantViolation } from './invariant.js';

describe.each([
  ['ProductId', productId],
  ['UserId', userId],
  ['OrderId', orderId],
  ['PaymentId', paymentId],
  ['WalletEntryId', walletEntryId],
  ['CouponCampaignId', couponCampaignId],
  ['CouponId', couponId],
  ['ReviewId', reviewId],
])('%s', (name, idOf) => {
  it.each([1, 1001, Number.MAX_SAFE_INTEGER])('can be %d', (value) => {
    expect(idOf(value)).toBe(value);
  });

  it.each([0, -1, 1.5, Number.MAX_SAFE_INTEGER + 1, Number.NaN])('is never %d', (value) => {
    expect(() => idOf(value)).toThrow(InvariantViolation);
    expect(() => idOf(value)).toThrow(name);
  });
});
