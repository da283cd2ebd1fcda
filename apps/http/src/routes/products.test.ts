import { describe, expect, it } from '@jest/globals';
import { problemIn, refusalIn, withServer } from '../testing/memory-server.js';

const MOUSE = { id: 101, name: '무선 마우스', price: 25_000, stock: 50, category: '마우스' };
const ids = (body: { readonly items: readonly { readonly id: number }[] }): number[] =>
  body.items.map(({ id }) => id);

describe('The catalogue', () => {
  it('is paged, by id, for anybody', () =>
    withServer(async ({ call }) => {
      const { status, body } = await call('GET', '/api/v1/products?page=1&size=1');
      expect([status, body]).toEqual([200, { items: [MOUSE], page: 1, size: 1, total: 12 }]);
      expect(ids((await call('GET', '/api/v1/products?page=3&size=5')).body)).toEqual([111, 112]);
      expect(ids((await call('GET', '/api/v1/products?page=90071992547409')).body)).toEqual([]);
      expect((await call('GET', '/api/v1/products')).body).toMatchObject({ page: 1, size: 20 });
    }));

  it('is searched by part of a name and by category; what is left empty filters nothing', () =>
    withServer(async ({ call }) => {
      const search = async (query: Readonly<Record<string, string>>) =>
        ids((await call('GET', `/api/v1/products?${new URLSearchParams(query).toString()}`)).body);
      expect(await search({ q: '무선' })).toEqual([101, 105]);
      expect(await search({ q: '%' })).toEqual([]);
      expect(await search({ category: '모니터' })).toEqual([104, 111]);
      expect(await search({ q: '게이밍', category: '마우스' })).toEqual([103, 109]);
      expect(await search({ q: '', category: '' })).toHaveLength(12);
    }));

  it('ignores parameters that it does not know', () =>
    withServer(async ({ call }) => {
      expect((await call('GET', '/api/v1/products?colour=red&colour=blue')).status).toBe(200);
    }));
});

describe('A product', () => {
  it('is shown with its rating and latest reviews', () =>
    withServer(async ({ call }) => {
      const { status, body } = await call('GET', '/api/v1/products/101');
      expect([status, body]).toEqual([
        200,
        {
          ...MOUSE,
          description: '마우스 카테고리의 무선 마우스입니다.',
          rating: { average: 0, count: 0 },
          reviews: [],
        },
      ]);
    }));

  it('has alternatives: in stock, similar, never itself', () =>
    withServer(async ({ call }) => {
      const { status, body } = await call('GET', '/api/v1/products/103/alternatives?limit=1');
      expect([status, body]).toEqual([
        200,
        {
          items: [
            { id: 109, name: '초경량 게이밍 마우스', price: 59_000, stock: 25, category: '마우스' },
          ],
        },
      ]);
      expect(ids((await call('GET', '/api/v1/products/103/alternatives')).body)).not.toContain(103);
    }));

  it('that does not exist is not found', () =>
    withServer(async ({ call }) => {
      for (const path of ['', '/alternatives', '/reviews']) {
        const missing = await call('GET', `/api/v1/products/999${path}`);
        expect(problemIn(missing)).toMatchObject({
          status: 404,
          code: 'PRODUCT_NOT_FOUND',
          productId: 999,
        });
      }
    }));
});

describe('Reviews', () => {
  const buy = { items: [{ productId: 101, quantity: 1 }] };
  const words = { rating: 5, text: '아주 좋아요' };

  it('are written once, by who has completed an order', () =>
    withServer(async ({ call, tokens: { kim: token } }) => {
      const write = () => call('POST', '/api/v1/products/101/reviews', { token, body: words });
      await call('POST', '/api/v1/wallet/charges', { token, body: { amount: 50_000 } });
      const order = (await call('POST', '/api/v1/orders', { token, body: buy })).body;
      expect(problemIn(await write())).toMatchObject({
        status: 403,
        code: 'FORBIDDEN',
        productId: 101,
      });
      await call('POST', `/api/v1/orders/${order.id}/payment`, { token });

      const written = await write();
      const review = { id: expect.any(Number), ...words, createdAt: '2024-01-17T03:00:00.000Z' };
      expect([written.status, written.body]).toEqual([201, review]);
      expect(refusalIn(await write())).toEqual([409, 'REVIEW_ALREADY_WRITTEN']);

      const listed = await call('GET', '/api/v1/products/101/reviews');
      expect([listed.status, listed.body]).toEqual([200, { items: [review], nextCursor: null }]);
      const shown = (await call('GET', '/api/v1/products/101')).body;
      expect([shown.rating, shown.reviews]).toEqual([{ average: 5, count: 1 }, [review]]);
    }));

  it('are turned page by page, newest first', () =>
    withServer(async ({ call, clock, tokens: { kim, lee } }) => {
      for (const token of [kim, lee]) {
        await call('POST', '/api/v1/wallet/charges', { token, body: { amount: 50_000 } });
        const order = (await call('POST', '/api/v1/orders', { token, body: buy })).body;
        await call('POST', `/api/v1/orders/${order.id}/payment`, { token });
        await call('POST', '/api/v1/products/101/reviews', { token, body: words });
        clock.advance(1_000);
      }
      const first = (await call('GET', '/api/v1/products/101/reviews?limit=1')).body;
      const next = `/api/v1/products/101/reviews?limit=1&cursor=${first.nextCursor}`;
      const second = (await call('GET', next)).body;
      expect([...first.items, ...second.items].map(({ createdAt }) => createdAt)).toEqual([
        '2024-01-17T03:00:01.000Z',
        '2024-01-17T03:00:00.000Z',
      ]);
      expect(second.nextCursor).toBeNull();
    }));
});
