import { fc, test } from '@fast-check/jest';
import { describe, expect } from '@jest/globals';
import { couponId, userId } from '../shared/ids.js';
import { instant } from '../shared/instant.js';
import {
  anyCouponCampaign,
  anyCouponCampaignSnapshot,
  anyCouponId,
  anyInstantNear,
  anyUserId,
  isUntouchedBy,
} from '../testing/index.js';
import { CouponCampaign } from './coupon-campaign.js';

/** A campaign and an application around the moment of its start or its end. */
const anyCase = () =>
  anyCouponCampaign({ maxTotal: 5 }).chain((campaign) => {
    const { startsAt, endsAt } = campaign.toSnapshot();
    const application = fc.record({
      couponId: anyCouponId(),
      userId: anyUserId(),
      alreadyIssued: fc.boolean(),
      now: fc.oneof(anyInstantNear(startsAt), anyInstantNear(endsAt)),
    });
    return fc.tuple(fc.constant(campaign), application);
  });

describe('CouponCampaign', () => {
  test.prop([anyCouponCampaignSnapshot()])('survives being stored and read back', (snapshot) => {
    expect(CouponCampaign.rehydrate(snapshot).toSnapshot()).toStrictEqual({ ...snapshot });
  });

  test.prop([anyCase(), fc.integer({ min: 0, max: 20_000_000 })])(
    'is never changed by a decision',
    ([campaign, application], quantity) => {
      expect(isUntouchedBy(campaign, (same) => same.issue(application))).toBe(true);
      expect(isUntouchedBy(campaign, (same) => same.grow(quantity))).toBe(true);
      expect(isUntouchedBy(campaign, (same) => same.end(application.now))).toBe(true);
    },
  );

  test.prop([anyCase()])(
    'issues exactly when it runs, has a coupon left and the customer has none',
    ([campaign, application]) => {
      const { startsAt, endsAt, totalQuantity, issued } = campaign.toSnapshot();
      const runs = startsAt <= application.now && application.now < endsAt;
      expect(campaign.issue(application).isOk()).toBe(
        runs && issued < totalQuantity && !application.alreadyIssued,
      );
    },
  );

  test.prop([anyCase()])(
    'is ended exactly when it runs, and never runs longer than it would have',
    ([campaign, { now }]) => {
      const { startsAt, endsAt } = campaign.toSnapshot();
      const result = campaign.end(now);
      expect(result.isOk()).toBe(startsAt <= now && now < endsAt);
      if (result.isErr()) return;
      const ended = result.value.toSnapshot();
      expect(ended.endsAt).toBeLessThanOrEqual(endsAt);
      expect(ended).toEqual({ ...campaign.toSnapshot(), endsAt: ended.endsAt });
      expect(CouponCampaign.rehydrate(ended).isActiveAt(instant(now + 1))).toBe(false);
    },
  );

  test.prop([anyCouponCampaign({ maxTotal: 20 }), fc.array(fc.integer({ min: 1, max: 10 }))])(
    'hands out no more than it has, numbered without a gap, and to nobody twice',
    (opened, applicants) => {
      let campaign = opened;
      const { startsAt: now, issued, totalQuantity } = opened.toSnapshot();
      const holders = new Set<number>();
      const numbers: number[] = [];
      for (const applicant of applicants) {
        const result = campaign.issue({
          couponId: couponId(1),
          userId: userId(applicant),
          alreadyIssued: holders.has(applicant),
          now,
        });
        if (result.isErr()) continue;
        expect(holders).not.toContain(applicant);
        holders.add(result.value.coupon.userId);
        numbers.push(result.value.coupon.toSnapshot().issueNumber);
        campaign = result.value.next;
      }

      expect(numbers).toEqual(numbers.map((_, index) => issued + 1 + index));
      expect(numbers).toHaveLength(Math.min(totalQuantity - issued, new Set(applicants).size));
      expect(campaign.toSnapshot()).toEqual({
        ...opened.toSnapshot(),
        issued: issued + numbers.length,
      });
    },
  );
});
