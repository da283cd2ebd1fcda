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
