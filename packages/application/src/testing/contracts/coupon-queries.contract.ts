import { afterSeconds, couponCampaignId, instant, orderId, userId } from '@jumun/domain';
import { aCampaign, aCoupon, aReservedCoupon, NOON } from '@jumun/domain/testing';
import { type Contract, mustEqual, type StoreHarness } from './contract.js';
import { idsOf } from './samples.js';

/** What reads of coupons and campaigns owe. */
export const couponQueriesContract: Contract<StoreHarness> = [
  {
    sentence: 'lists a customer’s coupons in every state, newest first, those of one moment by id',
    async check({ unitOfWork, queries }) {
      const used = aReservedCoupon({ id: 3, campaignId: 503, issuedAt: NOON });
      const coupons = [
        aCoupon({ id: 1, campaignId: 501, issuedAt: afterSeconds(NOON, 60) }),
        aReservedCoupon({ id: 2, campaignId: 502, issuedAt: NOON }),
        used.use(orderId(1001), afterSeconds(NOON, 5)),
        aCoupon({ id: 4, campaignId: 504, issuedAt: instant(NOON - 1) }),
      ];
      const another = aCoupon({ id: 5, userId: 9, issueNumber: 2 });
      await unitOfWork.run(async (tx) => {
        await tx.campaigns.addMany([501, 502, 503, 504].map((id) => aCampaign({ id })));
        await tx.coupons.addMany([...coupons, another]);
      });
      const listed = await queries.coupons.ofUser(userId(2));
      mustEqual(idsOf(listed), [1, 3, 2, 4], 'the coupons');
      const byId = listed.toSorted((a, b) => a.id - b.id);
      mustEqual(
        byId,
        coupons.map((coupon) => coupon.toSnapshot()),
        'the coupons as stored',
      );
      mustEqual(await queries.coupons.ofUser(userId(3)), [], 'coupons of somebody without');
    },
  },
  {
    sentence: 'lists the campaigns that run, by id, the exhausted ones too',
    async check({ unitOfWork, queries }) {
      const hour = afterSeconds(NOON, 3_600);
      const running = [
        aCampaign({ id: 1, startsAt: NOON, endsAt: hour }),
        aCampaign({ id: 3, issued: 100 }),
        aCampaign({ id: 4, endsAt: instant(NOON + 1) }),
      ];
      const others = [
        aCampaign({ id: 2, startsAt: instant(NOON + 1), endsAt: hour }),
        aCampaign({ id: 5, endsAt: NOON }),
      ];
      await unitOfWork.run((tx) => tx.campaigns.addMany([...others, ...running.toReversed()]));
      mustEqual(
        await queries.coupons.runningCampaigns(NOON),
        running.map((campaign) => campaign.toSnapshot()),
        'the campaigns that run',
      );
    },
  },
  {
    sentence: 'lists all campaigns, past and coming ones too, newest first, below the cursor',
    async check({ unitOfWork, queries }) {
      const campaigns = [
        aCampaign({ id: 4, startsAt: afterSeconds(NOON, 60), endsAt: afterSeconds(NOON, 61) }),
        aCampaign({ id: 3, issued: 100 }),
        aCampaign({ id: 2, endsAt: NOON }),
        aCampaign({ id: 1 }),
      ];
      await unitOfWork.run((tx) => tx.campaigns.addMany(campaigns));
      const { coupons } = queries;
      mustEqual(
        await coupons.campaigns(null, 10),
        campaigns.map((campaign) => campaign.toSnapshot()),
        'all campaigns',
      );
      mustEqual(idsOf(await coupons.campaigns(null, 2)), [4, 3], 'the first page');
      mustEqual(idsOf(await coupons.campaigns(couponCampaignId(3), 2)), [2, 1], 'the second');
      mustEqual(idsOf(await coupons.campaigns(couponCampaignId(1), 2)), [], 'the one after it');
    },
  },
];
