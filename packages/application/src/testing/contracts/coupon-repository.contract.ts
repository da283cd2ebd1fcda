import { Coupon, couponCampaignId, couponId, instant, orderId, userId } from '@jumun/domain';
import { aCampaign, aCoupon, anyCoupon, aReservedCoupon, NOON } from '@jumun/domain/testing';
import * as fc from 'fast-check';
import type { CouponHolder } from '../../ports/repositories.js';
import type { Transaction } from '../../ports/unit-of-work.js';
import { type Contract, mustEqual, mustReject, type StoreHarness } from './contract.js';
import { repositoryContract } from './repository.contract.js';
import { FAR_FUTURE, MOST } from './samples.js';

const anyStates = fc
  .sample(anyCoupon(), { numRuns: 40, seed: 26 })
  .map((coupon, at) =>
    Coupon.rehydrate({ ...coupon.toSnapshot(), id: couponId(10_000 + at), issueNumber: 100 + at }),
  )
  .map((coupon) =>
    Coupon.rehydrate({
      ...coupon.toSnapshot(),
      userId: userId(coupon.id),
      campaignId: couponCampaignId(501),
    }),
  );

const reserved = aReservedCoupon({ id: 2, userId: 3, issueNumber: 2 });

/** The campaigns that these coupons come from. */
async function openCampaigns(tx: Transaction, coupons: readonly Coupon[]): Promise<void> {
  const ids = [...new Set(coupons.map(({ campaignId }) => campaignId))];
  const there = await tx.campaigns.lockMany(ids);
  const missing = ids.filter((id) => !there.has(id));
  await tx.campaigns.addMany(missing.map((id) => aCampaign({ id })));
}

const add = ({ unitOfWork }: StoreHarness, ...coupons: readonly Coupon[]): Promise<void> =>
  unitOfWork.run(async (tx) => {
    await openCampaigns(tx, coupons);
    await tx.coupons.addMany(coupons);
  });

const holder = (campaign: number, user: number): CouponHolder => ({
  campaignId: couponCampaignId(campaign),
  userId: userId(user),
});

/** What a store owes for coupons. Their campaigns are stored first; the orders that hold them are not. */
export const couponRepositoryContract: Contract<StoreHarness> = [
  ...repositoryContract({
    of: (tx) => tx.coupons,
    idOf: (coupon) => coupon.id,
    nth: (n) => aCoupon({ id: n, userId: n, issueNumber: n }),
    prepare: openCampaigns,
    states: [
      aCoupon({ id: 1, userId: 1, issueNumber: 1 }),
      reserved,
      aReservedCoupon({ id: 3, userId: 4, issueNumber: 3 }).use(orderId(1001), NOON),
      aCoupon({ id: MOST, userId: MOST, issueNumber: 4, expiresAt: FAR_FUTURE }),
      aCoupon({ id: 5, userId: 5, issueNumber: 5, campaignId: MOST, issuedAt: instant(0) }),
      ...anyStates,
    ],
    changes: [
      [aCoupon({ issueNumber: 9 }), aReservedCoupon({ issueNumber: 9, orderId: MOST })],
      [reserved, reserved.use(orderId(1001), FAR_FUTURE)],
      [
        aReservedCoupon({ id: 5, userId: 5, issueNumber: 5 }),
        aCoupon({ id: 5, userId: 5, issueNumber: 5 }),
      ],
      [
        aReservedCoupon({ id: 6, userId: 6, issueNumber: 6 }).use(orderId(1001), NOON),
        aCoupon({ id: 6, userId: 6, issueNumber: 6 }),
      ],
    ],
  }),
  {
    sentence: 'adds no second coupon of one campaign for one customer',
    async check(harness) {
      await add(harness, aCoupon({ id: 1, userId: 7, issueNumber: 1 }));
      const again = aCoupon({ id: 2, userId: 7, issueNumber: 2 });
      await mustReject(add(harness, again), 'a second coupon for one customer');
      mustEqual((await harness.queries.coupons.ofUser(userId(7))).length, 1, 'coupons');
    },
  },
  {
    sentence: 'gives no issue number of one campaign twice',
    async check(harness) {
      await add(harness, aCoupon({ id: 1, userId: 7, issueNumber: 1 }));
      const again = aCoupon({ id: 2, userId: 8, issueNumber: 1 });
      await mustReject(add(harness, again), 'the same issue number again');
      await add(harness, aCoupon({ id: 3, userId: 7, issueNumber: 1, campaignId: 502 }));
    },
  },
  {
    sentence: 'gives a coupon to one of many who ask at once for the same customer',
    async check(harness) {
      await harness.unitOfWork.run((tx) => tx.campaigns.addMany([aCampaign()]));
      const callers = [harness.unitOfWork, harness.rival, harness.unitOfWork, harness.rival];
      const outcomes = await Promise.allSettled(
        callers.map((caller, at) =>
          caller.run((tx) =>
            tx.coupons.addMany([aCoupon({ id: at + 1, userId: 7, issueNumber: at + 1 })]),
          ),
        ),
      );
      const given = outcomes.filter(({ status }) => status === 'fulfilled');
      mustEqual(given.length, 1, 'how many succeeded');
      mustEqual((await harness.queries.coupons.ofUser(userId(7))).length, 1, 'coupons');
    },
  },
  {
    sentence: 'finds who holds a coupon of a campaign, whatever has become of it',
    async check(harness) {
      await add(
        harness,
        aCoupon({ id: 1, userId: 1, issueNumber: 1 }),
        aReservedCoupon({ id: 2, userId: 2, issueNumber: 2 }),
        aReservedCoupon({ id: 3, userId: 3, issueNumber: 3 }).use(orderId(1001), NOON),
        aCoupon({ id: 4, userId: 1, issueNumber: 1, campaignId: 502 }),
      );
      const asked = [
        [501, 1],
        [501, 2],
        [501, 3],
        [501, 4],
        [502, 1],
        [502, 2],
        [503, 1],
      ] as const;
      const found = await harness.unitOfWork.run((tx) =>
        tx.coupons.findHolders(asked.map(([campaign, user]) => holder(campaign, user))),
      );
      const expected = [holder(501, 1), holder(501, 2), holder(501, 3), holder(502, 1)];
      mustEqual(new Set(found), new Set(expected), 'holders');
    },
  },
  {
    sentence: 'finds holders of many campaigns at once',
    async check(harness) {
      const campaigns = Array.from({ length: 20 }, (_, at) => 600 + at);
      await add(
        harness,
        ...campaigns.map((campaignId, at) =>
          aCoupon({ id: at + 1, userId: at + 1, issueNumber: 1, campaignId }),
        ),
      );
      const asked = campaigns.flatMap((campaign, at) => [
        holder(campaign, at + 1),
        holder(campaign, at + 2),
      ]);
      const found = await harness.unitOfWork.run((tx) => tx.coupons.findHolders(asked));
      const expected = campaigns.map((campaign, at) => holder(campaign, at + 1));
      mustEqual(new Set(found), new Set(expected), 'holders');
    },
  },
  {
    sentence: 'finds holders among the coupons of its own transaction, and none for an empty set',
    async check({ unitOfWork }) {
      await unitOfWork.run(async (tx) => {
        await openCampaigns(tx, [aCoupon()]);
        mustEqual(await tx.coupons.findHolders([]), [], 'holders of nothing');
        await tx.coupons.addMany([aCoupon()]);
        const found = await tx.coupons.findHolders([holder(501, 2)]);
        mustEqual(found, [holder(501, 2)], 'the holder of a coupon just added');
      });
    },
  },
];
