import type { CouponCampaignId, CouponCampaignSnapshot, CouponStatus, UserId } from '@jumun/domain';
import { type Page, pageOf } from '../page.js';
import type { Clock } from '../ports/clock.js';
import type { CouponQueries } from '../ports/queries.js';
import {
  type CampaignView,
  campaignViewOf,
  type OperatorCampaignView,
  operatorCampaignViewOf,
} from './campaign-view.js';
import { type CouponView, couponViewOf } from './coupon-view.js';

/** The customer's coupons, newest first; those of one status where one is named. */
export async function listCoupons(
  queries: CouponQueries,
  clock: Clock,
  userId: UserId,
  status: CouponStatus | null,
): Promise<readonly CouponView[]> {
  const now = clock.now();
  const coupons = (await queries.ofUser(userId)).map((coupon) => couponViewOf(coupon, now));
  return status === null ? coupons : coupons.filter((coupon) => coupon.status === status);
}

/** The campaigns that run now, by id, the exhausted ones too. */
export async function listRunningCampaigns(
  queries: CouponQueries,
  clock: Clock,
): Promise<readonly CampaignView[]> {
  const campaigns: readonly CouponCampaignSnapshot[] = await queries.runningCampaigns(clock.now());
  return campaigns.map(campaignViewOf);
}

/** All campaigns, past and coming ones too, newest first, after the one named. */
export async function listCampaigns(
  queries: CouponQueries,
  clock: Clock,
  after: CouponCampaignId | null,
  limit: number,
): Promise<Page<OperatorCampaignView, CouponCampaignId>> {
  const now = clock.now();
  const found = await queries.campaigns(after, limit + 1);
  const page = pageOf(found, limit, ({ id }) => id);
  return { ...page, items: page.items.map((campaign) => operatorCampaignViewOf(campaign, now)) };
}
