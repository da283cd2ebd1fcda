import { describe, expect, it } from '@jest/globals';
import { type MemoryServer, problemIn, refusalIn, withServer } from '../testing/memory-server.js';

const KEYRING = {
  name: '한정판 키링',
  description: '100개만 만들었습니다.',
  category: '굿즈',
  price: 1_000,
  stock: 7,
};
const CAMPAIGN = {
  name: '깜짝 할인',
  discountRate: 30,
  totalQuantity: 1,
  startsAt: '2024-01-17T00:00:00Z',
  endsAt: '2024-01-18T00:00:00+09:00',
  couponValidDays: 7,
};

const asOperator =
  ({ call, tokens: { operator: token } }: MemoryServer) =>
  (method: 'POST' | 'PATCH', path: string, body: unknown) =>
    call(method, `/api/v1/admin${path}`, { token, body });

describe('An operator', () => {
  it('puts a product on sale, and says where it is', () =>
    withServer(async (server) => {
      const { status, body, headers } = await asOperator(server)('POST', '/products', KEYRING);
      expect([status, body]).toEqual([201, { id: expect.any(Number), ...KEYRING }]);
      const shown = await server.call('GET', headers.get('location') ?? '');
      expect(shown.body).toMatchObject(KEYRING);
    }));

  it('revises what is named and nothing else', () =>
    withServer(async (server) => {
      const admin = asOperator(server);
      const before = (await server.call('GET', '/api/v1/products/101')).body;
      const { rating: _rating, reviews: _reviews, ...product } = before;
      const revised = await admin('PATCH', '/products/101', { price: 19_900 });
      expect([revised.status, revised.body]).toEqual([200, { ...product, price: 19_900 }]);
      expect((await admin('PATCH', '/products/101', {})).body).toEqual(revised.body);
      expect(refusalIn(await admin('PATCH', '/products/999', {}))).toEqual([
        404,
        'PRODUCT_NOT_FOUND',
      ]);
    }));

  it('restocks, up to what a shelf holds', () =>
    withServer(async (server) => {
      const admin = asOperator(server);
      const restocked = await admin('POST', '/products/101/restock', { quantity: 5 });
      expect([restocked.status, restocked.body]).toEqual([200, { id: 101, stock: 55 }]);
      const tooMuch = await admin('POST', '/products/101/restock', { quantity: 1_000_000_000 });
      expect(problemIn(tooMuch)).toMatchObject({
        status: 409,
        code: 'STOCK_LIMIT_EXCEEDED',
        productId: 101,
        onHand: 55,
        limit: 1_000_000_000,
      });
    }));

  it('announces a campaign and lets it grow', () =>
    withServer(async (server) => {
      const admin = asOperator(server);
      const opened = await admin('POST', '/coupon-campaigns', CAMPAIGN);
      const { id } = opened.body as { id: number };
      const shown = {
        id,
        name: '깜짝 할인',
        discountRate: 30,
        totalQuantity: 1,
        remainingQuantity: 1,
        startsAt: '2024-01-17T00:00:00.000Z',
        endsAt: '2024-01-17T15:00:00.000Z',
      };
      expect([opened.status, opened.body]).toEqual([201, shown]);
      const grown = await admin('POST', `/coupon-campaigns/${id}/grow`, { quantity: 2 });
      expect([grown.status, grown.body]).toEqual([
        200,
        { ...shown, totalQuantity: 3, remainingQuantity: 3 },
      ]);
      const most = { quantity: 10_000_000 };
      expect(problemIn(await admin('POST', `/coupon-campaigns/${id}/grow`, most))).toMatchObject({
        status: 409,
        code: 'CAMPAIGN_LIMIT_EXCEEDED',
        totalQuantity: 3,
        limit: 10_000_000,
      });
      expect(refusalIn(await admin('POST', '/coupon-campaigns/999/grow', most))).toEqual([
        404,
        'COUPON_CAMPAIGN_NOT_FOUND',
      ]);
    }));

  it('ends a campaign that runs, once', () =>
    withServer(async (server) => {
      const admin = asOperator(server);
      const { body: opened } = await admin('POST', '/coupon-campaigns', CAMPAIGN);
      const path = `/coupon-campaigns/${opened.id}/end`;
      const ended = await admin('POST', path, {});
      expect([ended.status, ended.body]).toEqual([
        200,
        { ...opened, endsAt: '2024-01-17T03:00:00.000Z' },
      ]);
      expect(problemIn(await admin('POST', path, {}))).toMatchObject({
        status: 409,
        code: 'COUPON_CAMPAIGN_NOT_ACTIVE',
        endsAt: '2024-01-17T03:00:00.000Z',
      });
      expect(refusalIn(await admin('POST', '/coupon-campaigns/999/end', {}))).toEqual([
        404,
        'COUPON_CAMPAIGN_NOT_FOUND',
      ]);
    }));

  it('is a customer too', () =>
    withServer(async ({ call, tokens: { operator: token } }) => {
      expect((await call('GET', '/api/v1/wallet', { token })).body).toMatchObject({ userId: 3 });
    }));
});
