import {
  type CouponCampaignId,
  type CouponId,
  type CouponSnapshot,
  type CouponStatus,
  couponStatusAt,
  type DiscountRate,
  type Instant,
} from '@jumun/domain';

/** A coupon as its customer sees it. */
export interface CouponView {
  readonly id: CouponId;
  readonly couponCampaignId: CouponCampaignId;
  readonly issueNumber: number;
  readonly discountRate: DiscountRate;
  readonly status: CouponStatus;
  readonly issuedAt: Instant;
  readonly expiresAt: Instant;
}

export function couponViewOf(coupon: CouponSnapshot, now: Instant): CouponView {
  const { id, campaignId, issueNumber, discountRate, issuedAt, expiresAt } = coupon;
  const status = couponStatusAt(coupon, now);
  return {
    id,
    couponCampaignId: campaignId,
    issueNumber,
    discountRate,
    status,
    issuedAt,
    expiresAt,
  };
}
