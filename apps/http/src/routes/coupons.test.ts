import { describe, expect, it } from '@jest/globals';
import { problemIn, refusalIn, withServer } from '../testing/memory-server.js';

const COUPON = {
  id: 1,
  couponCampaignId: 501,
  issueNumber: 1,
  discountRate: 10,
  status: 'AVAILABLE',
  issuedAt: '2024-01-17T03:00:00.000Z',
  expiresAt: '2024-02-16T03:00:00.000Z',
};
const ISSUE = '/api/v1/coupon-campaigns/501/coupons';

describe('Coupon campaigns', () => {
  it('that run now are listed for anybody', () =>
    withServer(async ({ call }) => {
      const { status, body } = await call('GET', '/api/v1/coupon-campaigns');
      const window = { startsAt: '2024-01-01T00:00:00.000Z', endsAt: '2100-01-01T00:00:00.000Z' };
      expect(status).toBe(200);
      expect(body.items[0]).toEqual({
        id: 501,
        name: '선착순 10% 할인',
        discountRate: 10,
        totalQuantity: 100,
        remainingQuantity: 100,
        ...window,
      });
      expect(Object.keys(body)).toEqual(['items']);
    }));

  it('give each customer one coupon', () =>
    withServer(async ({ call, tokens: { kim: token } }) => {
      const issued = await call('POST', ISSUE, { token });
      expect([issued.status, issued.body]).toEqual([201, COUPON]);
      expect(refusalIn(await call('POST', ISSUE, { token }))).toEqual([
        409,
        'COUPON_ALREADY_ISSUED',
      ]);
    }));

  it('refuse when there is none left, none running, or no such campaign', () =>
    withServer(async ({ call, clock, tokens: { kim: token } }) => {
      const issue = (id: number) =>
        call('POST', `/api/v1/coupon-campaigns/${id}/coupons`, { token });
      expect(refusalIn(await issue(502))).toEqual([409, 'COUPON_EXHAUSTED']);
      expect(problemIn(await issue(999))).toMatchObject({
        status: 404,
        code: 'COUPON_CAMPAIGN_NOT_FOUND',
        couponCampaignId: 999,
      });
      clock.advance(80 * 365 * 86_400_000);
      expect(problemIn(await issue(501))).toMatchObject({
        status: 409,
        code: 'COUPON_CAMPAIGN_NOT_ACTIVE',
        startsAt: '2024-01-01T00:00:00.000Z',
        endsAt: '2100-01-01T00:00:00.000Z',
      });
    }));
});

describe('The list of coupons', () => {
  it('is of one status where one is named', () =>
    withServer(async ({ call, clock, tokens: { kim: token } }) => {
      await call('POST', ISSUE, { token });
      const list = async (query = '') =>
        (await call('GET', `/api/v1/coupons${query}`, { token })).body;
      expect(await list()).toEqual({ items: [COUPON] });
      expect(await list('?status=AVAILABLE')).toEqual({ items: [COUPON] });
      for (const status of ['RESERVED', 'USED', 'EXPIRED']) {
        expect(await list(`?status=${status}`)).toEqual({ items: [] });
      }
      clock.advance(30 * 86_400_000);
      expect(await list('?status=EXPIRED')).toEqual({ items: [{ ...COUPON, status: 'EXPIRED' }] });
    }));
});
