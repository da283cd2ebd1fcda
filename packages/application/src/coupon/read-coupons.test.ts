import { describe, expect, it } from '@jest/globals';
import { afterDays, type CouponStatus } from '@jumun/domain';
import { KIM_CHEOLSU, LEE_YOUNGHEE, NOON } from '@jumun/domain/testing';
import { openShop } from '../testing/scenario/open-shop.js';

describe('Listing coupons', () => {
  async function aWalletOfCoupons() {
    const open = openShop();
    await open.charge(LEE_YOUNGHEE, 1_000_000);
    const product = await open.shelve();
    const endsAt = afterDays(NOON, 100);
    const expired = await open.campaign({ couponValidDays: 1, endsAt });
    const others = [await open.campaign(), await open.campaign(), await open.campaign()];
    await open.coupon(LEE_YOUNGHEE, expired);
    open.clock.advance(1);
    const ids = [];
    for (const campaignId of others) ids.push(await open.coupon(LEE_YOUNGHEE, campaignId));
    open.clock.set(afterDays(NOON, 1));
    const [available, reserved, used] = ids;
    await open.order(LEE_YOUNGHEE, [[product, 1]], reserved ?? null);
    const order = await open.order(LEE_YOUNGHEE, [[product, 1]], used ?? null);
    await open.pay(LEE_YOUNGHEE, order.id);
    return { ...open, available, reserved, used };
  }

  it('lists a customer’s coupons, newest first, with what has become of them', async () => {
    const { shop } = await aWalletOfCoupons();
    const listed = await shop.listCoupons(LEE_YOUNGHEE, null);
    expect(listed.map(({ id, status }) => [id, status])).toEqual([
      [3004, 'USED'],
      [3003, 'RESERVED'],
      [3002, 'AVAILABLE'],
      [3001, 'EXPIRED'],
    ]);
  });

  it.each<[CouponStatus, number]>([
    ['AVAILABLE', 3002],
    ['RESERVED', 3003],
    ['USED', 3004],
    ['EXPIRED', 3001],
  ])('lists only those that are %s', async (status, id) => {
    const { shop } = await aWalletOfCoupons();
    const listed = await shop.listCoupons(LEE_YOUNGHEE, status);
    expect(listed.map((coupon) => coupon.id)).toEqual([id]);
  });

  it('lists no coupon of somebody else', async () => {
    const { shop } = await aWalletOfCoupons();
    expect(await shop.listCoupons(KIM_CHEOLSU, null)).toEqual([]);
  });
});
