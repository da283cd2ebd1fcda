import { describe, expect, it } from '@jest/globals';
import {
  afterDays,
  couponCampaignId,
  InvariantViolation,
  MAX_CAMPAIGN_QUANTITY,
  percent,
} from '@jumun/domain';
import { accepted, KIM_CHEOLSU, LEE_YOUNGHEE, NOON, refused } from '@jumun/domain/testing';
import { keyOf, openShop } from '../testing/scenario/open-shop.js';

const terms = {
  name: '선착순 10% 할인',
  discountRate: percent(10),
  totalQuantity: 100,
  startsAt: NOON,
  endsAt: afterDays(NOON, 1),
  couponValidDays: 30,
};

describe('Opening a campaign', () => {
  it('answers its terms, with every coupon left', async () => {
    const { shop } = openShop();
    const { name, discountRate, startsAt, endsAt } = terms;
    expect(accepted(await shop.openCampaign(terms)).answer).toEqual({
      id: 501,
      name,
      discountRate,
      totalQuantity: 100,
      remainingQuantity: 100,
      startsAt,
      endsAt,
    });
  });

  it('throws for terms that no campaign can have, and leaves nothing', async () => {
    const { shop, store } = openShop();
    const opening = shop.openCampaign({ ...terms, endsAt: NOON });
    await expect(opening).rejects.toThrow(InvariantViolation);
    expect(store.campaigns.all()).toEqual([]);
  });
});

describe('Growing a campaign', () => {
  it('adds coupons to those that are left', async () => {
    const { shop, campaign, coupon, audit } = openShop();
    const campaignId = await campaign({ totalQuantity: 2 });
    await coupon(KIM_CHEOLSU, campaignId);
    const grown = accepted(await shop.growCampaign({ campaignId, quantity: 5 })).answer;
    expect(grown).toMatchObject({ totalQuantity: 7, remainingQuantity: 6 });
    expect(audit()).toEqual([]);
  });

  it('is refused for a campaign that is not there', async () => {
    const { shop } = openShop();
    const campaignId = couponCampaignId(404);
    const refusal = refused(await shop.growCampaign({ campaignId, quantity: 1 }));
    expect(refusal).toEqual({ code: 'COUPON_CAMPAIGN_NOT_FOUND', campaignId });
  });

  it('is refused beyond what a campaign may hold', async () => {
    const { shop, campaign } = openShop();
    const campaignId = await campaign({ totalQuantity: MAX_CAMPAIGN_QUANTITY });
    const refusal = refused(await shop.growCampaign({ campaignId, quantity: 1 }));
    const limit = MAX_CAMPAIGN_QUANTITY;
    const code = 'CAMPAIGN_LIMIT_EXCEEDED';
    expect(refusal).toEqual({ code, campaignId, totalQuantity: limit, limit });
  });
});

describe('Ending a campaign', () => {
  it('leaves nothing to be had, and the coupons that were given good', async () => {
    const { shop, campaign, coupon, clock, audit } = openShop();
    const campaignId = await campaign();
    await coupon(KIM_CHEOLSU, campaignId);
    clock.advance(60_000);
    const ended = accepted(await shop.endCampaign({ campaignId })).answer;
    expect(ended).toMatchObject({ endsAt: NOON + 60_000, remainingQuantity: 99 });
    const refusal = refused(await shop.issueCoupon({ userId: LEE_YOUNGHEE, campaignId }));
    expect(refusal.code).toBe('COUPON_CAMPAIGN_NOT_ACTIVE');
    expect(await shop.listCoupons(KIM_CHEOLSU, 'AVAILABLE')).toHaveLength(1);
    expect(await shop.listRunningCampaigns()).toEqual([]);
    expect(audit()).toEqual([]);
  });

  it('is heard of by whoever was told that it is sold out', async () => {
    const { shop, campaign, coupon, clock } = openShop();
    const campaignId = await campaign({ totalQuantity: 1 });
    await coupon(KIM_CHEOLSU, campaignId);
    const ask = async (): Promise<string> =>
      refused(await shop.issueCoupon({ userId: LEE_YOUNGHEE, campaignId })).code;
    expect(await ask()).toBe('COUPON_EXHAUSTED');
    clock.advance(1);
    accepted(await shop.endCampaign({ campaignId }));
    expect(await ask()).toBe('COUPON_CAMPAIGN_NOT_ACTIVE');
  });

  it('is done once under one key, and refused when it is over or was never there', async () => {
    const { shop, campaign, clock } = openShop();
    const campaignId = await campaign();
    const key = keyOf(KIM_CHEOLSU, 'end');
    clock.advance(1);
    const first = accepted(await shop.endCampaign({ campaignId }, key));
    clock.advance(1);
    const again = accepted(await shop.endCampaign({ campaignId }, key));
    expect(again).toEqual({ ...first, replayed: true });
    expect(refused(await shop.endCampaign({ campaignId })).code).toBe('COUPON_CAMPAIGN_NOT_ACTIVE');
    const nowhere = couponCampaignId(404);
    expect(refused(await shop.endCampaign({ campaignId: nowhere }))).toEqual({
      code: 'COUPON_CAMPAIGN_NOT_FOUND',
      campaignId: nowhere,
    });
  });
});

describe('Listing campaigns', () => {
  it('names those that run now, by id, the exhausted ones too', async () => {
    const { shop, campaign, coupon, clock } = openShop();
    const exhausted = await campaign({ totalQuantity: 1 });
    await campaign({ startsAt: afterDays(NOON, 1), endsAt: afterDays(NOON, 2) });
    const open = await campaign({ totalQuantity: 5 });
    await coupon(KIM_CHEOLSU, exhausted);
    const left = (await shop.listRunningCampaigns()).map((each) => [
      each.id,
      each.remainingQuantity,
    ]);
    expect(left).toEqual([
      [exhausted, 0],
      [open, 5],
    ]);
    clock.set(afterDays(NOON, 1));
    expect((await shop.listRunningCampaigns()).map(({ id }) => id)).toEqual([502]);
  });
});
