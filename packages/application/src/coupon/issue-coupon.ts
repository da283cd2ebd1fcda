import {
  type CouponAlreadyIssued,
  type CouponCampaignId,
  type CouponCampaignNotActive,
  type CouponExhausted,
  couponId,
  err,
  ok,
  type UserId,
} from '@jumun/domain';
import type { CommandHandler } from '../batching/command.js';
import { type CouponView, couponViewOf } from './coupon-view.js';

export interface IssueCoupon {
  readonly userId: UserId;
  readonly campaignId: CouponCampaignId;
}

export interface CouponCampaignNotFound {
  readonly code: 'COUPON_CAMPAIGN_NOT_FOUND';
  readonly campaignId: CouponCampaignId;
}

export type IssueCouponRefusal =
  CouponCampaignNotFound | CouponCampaignNotActive | CouponExhausted | CouponAlreadyIssued;

/**
 * Gives the customer the next coupon of a campaign: first come, first served, one each, numbered without a gap. The
 * campaign is contended for once per batch; the locked row and two UNIQUE constraints make it exact.
 */
export const issueCoupon: CommandHandler<IssueCoupon, CouponView, IssueCouponRefusal> = {
  name: 'issueCoupon',
  ids: { coupon: 1 },

  contention: ({ campaignId }) => `coupon-campaign:${campaignId}`,

  claim({ userId, campaignId }, claims) {
    claims.campaigns.add(campaignId);
    claims.holders.push({ campaignId, userId });
  },

  decide({ userId, campaignId }, books, now) {
    const campaign = books.campaign(campaignId);
    if (campaign === undefined) return err({ code: 'COUPON_CAMPAIGN_NOT_FOUND', campaignId });
    const issued = campaign.issue({
      couponId: couponId(books.newId('coupon')),
      userId,
      alreadyIssued: books.holdsCoupon({ campaignId, userId }),
      now,
    });
    if (issued.isErr()) return err(issued.error);
    const { next, coupon } = issued.value;
    return ok({
      answer: couponViewOf(coupon.toSnapshot(), now),
      changes: { campaigns: [next], coupons: [coupon] },
    });
  },
};
