import type {
  CouponCampaignId,
  CouponCampaignSnapshot,
  DiscountRate,
  Instant,
} from '@jumun/domain';

/** A campaign as everybody sees it. */
export interface CampaignView {
  readonly id: CouponCampaignId;
  readonly name: string;
  readonly discountRate: DiscountRate;
  readonly totalQuantity: number;
  readonly remainingQuantity: number;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
}

export function campaignViewOf(campaign: CouponCampaignSnapshot): CampaignView {
  const { id, name, discountRate, totalQuantity, issued, startsAt, endsAt } = campaign;
  const remainingQuantity = totalQuantity - issued;
  return { id, name, discountRate, totalQuantity, remainingQuantity, startsAt, endsAt };
}

/** How a campaign stands: it has not begun, can be had, or is over. */
export type CampaignState = 'UPCOMING' | 'RUNNING' | 'ENDED';

/** A campaign as an operator sees it. */
export interface OperatorCampaignView extends CampaignView {
  /** Coupons given so far. */
  readonly issuedQuantity: number;
  /** For how long a coupon is good. */
  readonly couponValidDays: number;
  readonly state: CampaignState;
}

export function operatorCampaignViewOf(
  campaign: CouponCampaignSnapshot,
  now: Instant,
): OperatorCampaignView {
  const { issued, couponValidDays, startsAt, endsAt } = campaign;
  const state = now < startsAt ? 'UPCOMING' : now < endsAt ? 'RUNNING' : 'ENDED';
  return { ...campaignViewOf(campaign), issuedQuantity: issued, couponValidDays, state };
}
