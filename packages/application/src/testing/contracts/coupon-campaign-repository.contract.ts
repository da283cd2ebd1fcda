import { afterSeconds, MAX_CAMPAIGN_QUANTITY, MAX_COUPON_VALID_DAYS } from '@jumun/domain';
import { aCampaign, anyCouponCampaign, NOON } from '@jumun/domain/testing';
import * as fc from 'fast-check';
import type { Contract, StoreHarness } from './contract.js';
import { repositoryContract } from './repository.contract.js';
import { FAR_FUTURE, HARD_TEXTS, MOST } from './samples.js';

const anyStates = fc
  .sample(anyCouponCampaign(), { numRuns: 40, seed: 26 })
  .map((campaign, at) => aCampaign({ ...campaign.toSnapshot(), id: 10_000 + at }));

/** What a store owes for coupon campaigns. */
export const couponCampaignRepositoryContract: Contract<StoreHarness> = repositoryContract({
  of: (tx) => tx.campaigns,
  idOf: (campaign) => campaign.id,
  nth: (n) => aCampaign({ id: n }),
  states: [
    aCampaign({ id: 1 }),
    aCampaign({ id: 2, issued: 100 }),
    aCampaign({
      id: MOST,
      totalQuantity: MAX_CAMPAIGN_QUANTITY,
      issued: MAX_CAMPAIGN_QUANTITY - 1,
      discountRate: 100,
      couponValidDays: MAX_COUPON_VALID_DAYS,
      endsAt: FAR_FUTURE,
    }),
    aCampaign({ id: 3, name: '가'.repeat(200) }),
    ...HARD_TEXTS.map((name, at) => aCampaign({ id: 100 + at, name })),
    ...anyStates,
  ],
  changes: [
    [aCampaign({ id: 503 }), aCampaign({ id: 503, endsAt: afterSeconds(NOON, 1) })],
    [aCampaign(), aCampaign({ issued: 1 })],
    [
      aCampaign({ id: 502, issued: 100 }),
      aCampaign({ id: 502, issued: 100, totalQuantity: MAX_CAMPAIGN_QUANTITY }),
    ],
  ],
});
