import {
  type CampaignLimitExceeded,
  CouponCampaign,
  type CouponCampaignId,
  couponCampaignId,
  type CouponCampaignNotActive,
  type CouponCampaignTerms,
  err,
  ok,
} from '@jumun/domain';
import type { CommandHandler } from '../batching/command.js';
import { type CampaignView, campaignViewOf } from './campaign-view.js';
import type { CouponCampaignNotFound } from './issue-coupon.js';

export type OpenCampaign = Omit<CouponCampaignTerms, 'id'>;

/** An operator announces a campaign. Throws when its terms break the domain's bounds: check them at the edge. */
export const openCampaign: CommandHandler<OpenCampaign, CampaignView, never> = {
  name: 'openCampaign',
  ids: { couponCampaign: 1 },

  claim() {},

  decide(terms, books) {
    const id = couponCampaignId(books.newId('couponCampaign'));
    const campaign = CouponCampaign.open({ ...terms, id });
    return ok({
      answer: campaignViewOf(campaign.toSnapshot()),
      changes: { campaigns: [campaign] },
    });
  },
};

export interface GrowCampaign {
  readonly campaignId: CouponCampaignId;
  /** Coupons added, 1 or more. */
  readonly quantity: number;
}

/** An operator adds coupons to a campaign, also to one that is sold out. */
export const growCampaign: CommandHandler<
  GrowCampaign,
  CampaignView,
  CouponCampaignNotFound | CampaignLimitExceeded
> = {
  name: 'growCampaign',
  ids: {},

  claim({ campaignId }, claims) {
    claims.campaigns.add(campaignId);
  },

  decide({ campaignId, quantity }, books) {
    const campaign = books.campaign(campaignId);
    if (campaign === undefined) return err({ code: 'COUPON_CAMPAIGN_NOT_FOUND', campaignId });
    const grown = campaign.grow(quantity);
    if (grown.isErr()) return err(grown.error);
    return ok({
      answer: campaignViewOf(grown.value.toSnapshot()),
      changes: { campaigns: [grown.value] },
    });
  },
};

export interface EndCampaign {
  readonly campaignId: CouponCampaignId;
}

/** An operator ends a campaign that runs, before its time. Coupons that were given stay good. */
export const endCampaign: CommandHandler<
  EndCampaign,
  CampaignView,
  CouponCampaignNotFound | CouponCampaignNotActive
> = {
  name: 'endCampaign',
  ids: {},

  claim({ campaignId }, claims) {
    claims.campaigns.add(campaignId);
  },

  decide({ campaignId }, books, now) {
    const campaign = books.campaign(campaignId);
    if (campaign === undefined) return err({ code: 'COUPON_CAMPAIGN_NOT_FOUND', campaignId });
    const ended = campaign.end(now);
    if (ended.isErr()) return err(ended.error);
    return ok({
      answer: campaignViewOf(ended.value.toSnapshot()),
      changes: { campaigns: [ended.value] },
    });
  },
};
