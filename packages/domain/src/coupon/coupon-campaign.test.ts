import { describe, expect, it } from '@jest/globals';
import { couponCampaignId, couponId, userId } from '../shared/ids.js';
import { afterDays, instant } from '../shared/instant.js';
import { InvariantViolation } from '../shared/invariant.js';
import { accepted, aCampaign, LEE_YOUNGHEE, NOON, refused } from '../testing/index.js';
import {
  CouponCampaign,
  type CouponCampaignSnapshot,
  MAX_CAMPAIGN_NAME_LENGTH,
  MAX_CAMPAIGN_QUANTITY,
  MAX_COUPON_VALID_DAYS,
} from './coupon-campaign.js';
import { type DiscountRate, percent } from './discount-rate.js';

const application = {
  couponId: couponId(3001),
  userId: LEE_YOUNGHEE,
  alreadyIssued: false,
  now: NOON,
};
const START = afterDays(NOON, -1);
const END = afterDays(NOON, 1);

describe('CouponCampaign', () => {
  describe('when opened', () => {
    it('has every coupon left', () => {
      const campaign = CouponCampaign.open({
        id: couponCampaignId(501),
        name: '선착순 10% 할인',
        discountRate: percent(10),
        totalQuantity: 100,
        startsAt: START,
        endsAt: END,
        couponValidDays: 30,
      });
      expect(campaign.toSnapshot()).toEqual(aCampaign().toSnapshot());
      expect(campaign).toMatchObject({ id: 501, remaining: 100 });
    });
  });

  describe('when read back', () => {
    it.each([
      ['a discount of 0 %', { discountRate: 0 }],
      ['a discount of 101 %', { discountRate: 101 }],
      ['no name', { name: '' }],
      ['a name too long', { name: '가'.repeat(MAX_CAMPAIGN_NAME_LENGTH + 1) }],
      ['no coupons', { totalQuantity: 0 }],
      ['half a coupon', { totalQuantity: 1.5 }],
      ['too many coupons', { totalQuantity: MAX_CAMPAIGN_QUANTITY + 1 }],
      ['fewer than none issued', { issued: -1 }],
      ['half a coupon issued', { issued: 0.5 }],
      ['more issued than there are', { totalQuantity: 100, issued: 101 }],
      ['an end at its start', { startsAt: NOON, endsAt: NOON }],
      ['an end before its start', { startsAt: END, endsAt: START }],
      ['coupons good for 0 days', { couponValidDays: 0 }],
      ['coupons good for half a day', { couponValidDays: 0.5 }],
      ['coupons good for too long', { couponValidDays: MAX_COUPON_VALID_DAYS + 1 }],
    ])('throws at %s', (_, broken) => {
      expect(() => aCampaign(broken)).toThrow(InvariantViolation);
    });

    it.each([0, 101, 7.5])('throws at a stored discount of %d per cent', (stored) => {
      const snapshot = { ...aCampaign().toSnapshot(), discountRate: stored as DiscountRate };
      expect(() => CouponCampaign.rehydrate(snapshot)).toThrow(InvariantViolation);
    });

    it.each([
      ['the longest name', { name: '가'.repeat(MAX_CAMPAIGN_NAME_LENGTH) }],
      ['a single coupon', { totalQuantity: 1 }],
      ['the most coupons', { totalQuantity: MAX_CAMPAIGN_QUANTITY }],
      ['every coupon issued', { totalQuantity: 100, issued: 100 }],
      ['a millisecond to run', { startsAt: NOON, endsAt: instant(NOON + 1) }],
      ['coupons good for a day', { couponValidDays: 1 }],
      ['coupons good for ten years', { couponValidDays: MAX_COUPON_VALID_DAYS }],
    ])('may have %s', (_, extreme) => {
      expect(aCampaign(extreme).toSnapshot()).toMatchObject(extreme);
    });

    it('is not changed when the stored snapshot is changed afterwards', () => {
      type Row = { -readonly [Key in keyof CouponCampaignSnapshot]: CouponCampaignSnapshot[Key] };
      const row: Row = aCampaign().toSnapshot();
      const campaign = CouponCampaign.rehydrate(row);
      row.issued = 100;
      expect(campaign.remaining).toBe(100);
    });
  });

  describe('while it runs', () => {
    it('issues a coupon of its rate to a customer (scenario 2)', () => {
      const { next, coupon } = accepted(aCampaign().issue(application));
      expect(coupon.toSnapshot()).toEqual({
        id: 3001,
        campaignId: 501,
        userId: LEE_YOUNGHEE,
        issueNumber: 1,
        discountRate: 10,
        issuedAt: NOON,
        expiresAt: afterDays(NOON, 30),
        status: 'AVAILABLE',
      });
      expect(next.toSnapshot()).toEqual({ ...aCampaign().toSnapshot(), issued: 1 });
    });

    it('numbers its coupons in the order of their issue', () => {
      const { coupon } = accepted(aCampaign({ issued: 41 }).issue(application));
      expect(coupon.toSnapshot().issueNumber).toBe(42);
    });

    it('refuses a second coupon to the same customer', () => {
      expect(refused(aCampaign().issue({ ...application, alreadyIssued: true }))).toEqual({
        code: 'COUPON_ALREADY_ISSUED',
        campaignId: 501,
      });
    });

    it('gives the last coupon to one customer of 1,000 (scenario 7)', () => {
      let campaign = aCampaign({ totalQuantity: 100, issued: 99 });
      const answers = Array.from({ length: 1_000 }, (_, index) => {
        const result = campaign.issue({
          ...application,
          couponId: couponId(3001 + index),
          userId: userId(1 + index),
        });
        campaign = result.map(({ next }) => next).unwrapOr(campaign);
        return result.isOk() ? result.value.coupon.toSnapshot().issueNumber : result.error.code;
      });
      expect(answers[0]).toBe(100);
      expect(answers.slice(1)).toEqual(Array.from({ length: 999 }, () => 'COUPON_EXHAUSTED'));
      expect(campaign.remaining).toBe(0);
    });
  });

  describe('when sold out', () => {
    const soldOut = aCampaign({ discountRate: 20, totalQuantity: 100, issued: 100 });

    it('refuses with COUPON_EXHAUSTED (scenario 5)', () => {
      expect(refused(soldOut.issue(application))).toEqual({
        code: 'COUPON_EXHAUSTED',
        campaignId: 501,
        endsAt: END,
      });
    });

    it('says so even to a customer who has a coupon', () => {
      const { code } = refused(soldOut.issue({ ...application, alreadyIssued: true }));
      expect(code).toBe('COUPON_EXHAUSTED');
    });

    it('goes on with the next number once it has grown', () => {
      const grown = accepted(soldOut.grow(1));
      const { next, coupon } = accepted(grown.issue(application));
      expect(coupon.toSnapshot().issueNumber).toBe(101);
      expect(next.remaining).toBe(0);
    });
  });

  describe('outside its time', () => {
    it('begins at startsAt and is over at endsAt', () => {
      const campaign = aCampaign();
      expect(campaign.isActiveAt(instant(START - 1))).toBe(false);
      expect(campaign.isActiveAt(START)).toBe(true);
      expect(campaign.isActiveAt(instant(END - 1))).toBe(true);
      expect(campaign.isActiveAt(END)).toBe(false);
    });

    it.each([
      ['before it begins', instant(START - 1)],
      ['once it is over', END],
    ])('issues nothing %s', (_, now) => {
      expect(refused(aCampaign().issue({ ...application, now }))).toEqual({
        code: 'COUPON_CAMPAIGN_NOT_ACTIVE',
        campaignId: 501,
        startsAt: START,
        endsAt: END,
      });
    });

    it('says so before it says that it is sold out', () => {
      const over = aCampaign({ issued: 100 }).issue({ ...application, now: END });
      expect(refused(over).code).toBe('COUPON_CAMPAIGN_NOT_ACTIVE');
    });
  });

  describe('when it grows', () => {
    it('has more to hand out', () => {
      const grown = accepted(aCampaign({ issued: 30 }).grow(50));
      expect(grown.toSnapshot()).toEqual({
        ...aCampaign().toSnapshot(),
        totalQuantity: 150,
        issued: 30,
      });
    });

    it('grows up to the limit, and not by one coupon more', () => {
      const campaign = aCampaign({ totalQuantity: MAX_CAMPAIGN_QUANTITY - 1 });
      expect(accepted(campaign.grow(1)).remaining).toBe(MAX_CAMPAIGN_QUANTITY);
      expect(refused(campaign.grow(2))).toEqual({
        code: 'CAMPAIGN_LIMIT_EXCEEDED',
        campaignId: 501,
        totalQuantity: MAX_CAMPAIGN_QUANTITY - 1,
        limit: MAX_CAMPAIGN_QUANTITY,
      });
    });

    it.each([0, -1, 1.5])('throws at %d coupons', (quantity) => {
      expect(() => aCampaign().grow(quantity)).toThrow(InvariantViolation);
    });
  });

  describe('when it is ended', () => {
    it('is over from that moment on, and keeps all the rest', () => {
      const ended = accepted(aCampaign({ issued: 30 }).end(NOON));
      expect(ended.toSnapshot()).toEqual({
        ...aCampaign({ issued: 30 }).toSnapshot(),
        endsAt: NOON,
      });
      expect([ended.isActiveAt(instant(NOON - 1)), ended.isActiveAt(NOON)]).toEqual([true, false]);
    });

    it('may be exhausted', () => {
      expect(accepted(aCampaign({ issued: 100 }).end(NOON)).isActiveAt(NOON)).toBe(false);
    });

    it('has run for a millisecond at least', () => {
      const { startsAt, endsAt } = accepted(aCampaign().end(START)).toSnapshot();
      expect([startsAt, endsAt]).toEqual([START, START + 1]);
      expect(accepted(aCampaign().end(instant(END - 1))).toSnapshot().endsAt).toBe(END - 1);
    });

    it.each([
      ['before it begins', instant(START - 1)],
      ['once it is over', END],
    ])('refuses it %s', (_, now) => {
      expect(refused(aCampaign().end(now))).toEqual({
        code: 'COUPON_CAMPAIGN_NOT_ACTIVE',
        campaignId: 501,
        startsAt: START,
        endsAt: END,
      });
    });
  });
});
