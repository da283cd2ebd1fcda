import { describe, expect, it } from '@jest/globals';
import { type Heard, type MemoryServer, problemIn, withServer } from '../testing/memory-server.js';

const PLACED_AT = '2024-01-17T03:00:00.000Z';
const ORDER = {
  id: 1,
  status: 'PENDING',
  items: [{ productId: 101, name: '무선 마우스', unitPrice: 25_000, quantity: 2, amount: 50_000 }],
  couponId: null,
  subtotal: 50_000,
  discount: 0,
  total: 50_000,
  createdAt: PLACED_AT,
  expiresAt: '2024-01-17T03:15:00.000Z',
  paidAt: null,
  paymentId: null,
};
const TWO_MICE = { items: [{ productId: 101, quantity: 2 }] };

/** 김철수 with 100,000 won. */
const asKim = ({ call, tokens: { kim: token } }: MemoryServer) => {
  const post = (path: string, body?: unknown): Promise<Heard> =>
    call('POST', `/api/v1${path}`, { token, body });
  const get = (path: string): Promise<Heard> => call('GET', `/api/v1${path}`, { token });
  return { post, get, charge: () => post('/wallet/charges', { amount: 100_000 }) };
};

describe('An order', () => {
  it('is placed, and says where it is', () =>
    withServer(async (server) => {
      const { post, get, charge } = asKim(server);
      await charge();
      const placed = await post('/orders', TWO_MICE);
      expect([placed.status, placed.body]).toEqual([201, ORDER]);
      expect(placed.headers.get('location')).toBe('/api/v1/orders/1');
      const read = await get('/orders/1');
      expect([read.status, read.body]).toEqual([200, ORDER]);
    }));

  it('of one product on two lines is one line with the sum', () =>
    withServer(async (server) => {
      const { post, charge } = asKim(server);
      await charge();
      const line = { productId: 101, quantity: 1 };
      expect((await post('/orders', { items: [line, line] })).body).toEqual(ORDER);
    }));

  it('is paid', () =>
    withServer(async (server) => {
      const { post, get, charge } = asKim(server);
      await charge();
      await post('/orders', TWO_MICE);
      const paid = await post('/orders/1/payment', { amount: 50_000 });
      expect([paid.status, paid.body]).toEqual([
        201,
        {
          paymentId: 1,
          orderId: 1,
          status: 'SUCCESS',
          amount: 50_000,
          balance: 50_000,
          orderStatus: 'COMPLETED',
        },
      ]);
      const completed = { ...ORDER, status: 'COMPLETED', paidAt: PLACED_AT, paymentId: 1 };
      expect((await get('/orders/1')).body).toEqual(completed);
    }));

  it.each([
    ['no body', undefined],
    ['an empty body', {}],
  ])('is paid with %s', (_name, body) =>
    withServer(async (server) => {
      const { post, charge } = asKim(server);
      await charge();
      await post('/orders', TWO_MICE);
      expect((await post('/orders/1/payment', body)).status).toBe(201);
    }),
  );

  it('is cancelled, before and after it was paid', () =>
    withServer(async (server) => {
      const { post, get, charge } = asKim(server);
      await charge();
      await post('/orders', TWO_MICE);
      const cancelled = await post('/orders/1/cancel');
      expect([cancelled.status, cancelled.body]).toEqual([200, { ...ORDER, status: 'CANCELLED' }]);

      await post('/orders', TWO_MICE);
      await post('/orders/2/payment');
      const refunded = await post('/orders/2/cancel', {});
      expect(refunded.body).toMatchObject({ status: 'CANCELLED', paidAt: PLACED_AT, paymentId: 1 });
      expect((await get('/wallet')).body.balance).toBe(100_000);
      expect((await get('/products/101')).body.stock).toBe(50);
    }));

  it('takes a coupon; null is none', () =>
    withServer(async (server) => {
      const { post, charge } = asKim(server);
      await charge();
      const coupon = (await post('/coupon-campaigns/501/coupons')).body;
      const discounted = await post('/orders', { ...TWO_MICE, couponId: coupon.id });
      expect(discounted.body).toMatchObject({
        couponId: coupon.id,
        subtotal: 50_000,
        discount: 5_000,
        total: 45_000,
      });
      const plain = await post('/orders', { ...TWO_MICE, couponId: null });
      expect(plain.body).toMatchObject({ couponId: null, discount: 0 });
      const again = await post('/orders', { ...TWO_MICE, couponId: coupon.id });
      expect(problemIn(again)).toMatchObject({
        status: 409,
        code: 'COUPON_NOT_USABLE',
        couponStatus: 'RESERVED',
      });
    }));

  it('expires', () =>
    withServer(async (server) => {
      const { post, get, charge } = asKim(server);
      await charge();
      await post('/orders', TWO_MICE);
      server.clock.advance(900_000);
      expect((await get('/orders/1')).body).toEqual({ ...ORDER, status: 'EXPIRED' });
      expect(problemIn(await post('/orders/1/payment'))).toMatchObject({
        status: 409,
        code: 'ORDER_NOT_PAYABLE',
        orderStatus: 'EXPIRED',
      });
      expect(problemIn(await post('/orders/1/cancel'))).toMatchObject({
        status: 409,
        code: 'ORDER_NOT_CANCELLABLE',
        orderStatus: 'EXPIRED',
      });
    }));

  it('of somebody else is not found, as if it did not exist', () =>
    withServer(async (server) => {
      const { post, charge } = asKim(server);
      await charge();
      await post('/orders', TWO_MICE);
      const token = server.tokens.lee;
      for (const [method, path] of [
        ['GET', ''],
        ['POST', '/payment'],
        ['POST', '/cancel'],
      ] as const) {
        for (const id of [1, 999]) {
          const refused = await server.call(method, `/api/v1/orders/${id}${path}`, { token });
          expect(problemIn(refused)).toMatchObject({
            status: 404,
            code: 'ORDER_NOT_FOUND',
            orderId: id,
          });
        }
      }
    }));
});

describe('An order is refused', () => {
  it('when a product is short, with alternatives', () =>
    withServer(async (server) => {
      const { post, charge } = asKim(server);
      await charge();
      const refused = await post('/orders', { items: [{ productId: 103, quantity: 2 }] });
      const { items, alternatives, ...problem } = problemIn(refused) as Record<string, unknown[]>;
      expect(problem).toMatchObject({ status: 400, code: 'OUT_OF_STOCK' });
      expect(items).toEqual([{ productId: 103, requested: 2, available: 1 }]);
      expect(alternatives?.[0]).toEqual({
        id: 109,
        name: '초경량 게이밍 마우스',
        price: 59_000,
        stock: 25,
        category: '마우스',
      });
    }));

  it('when the wallet cannot pay it', () =>
    withServer(async (server) => {
      const { post } = asKim(server);
      expect(problemIn(await post('/orders', TWO_MICE))).toMatchObject({
        status: 400,
        code: 'INSUFFICIENT_BALANCE',
        balance: 0,
        required: 50_000,
      });
    }));

  it('when it names a product or a coupon that is not there', () =>
    withServer(async (server) => {
      const { post } = asKim(server);
      const items = [{ productId: 999, quantity: 1 }];
      expect(problemIn(await post('/orders', { items }))).toMatchObject({
        status: 404,
        code: 'PRODUCT_NOT_FOUND',
        productId: 999,
      });
      expect(problemIn(await post('/orders', { ...TWO_MICE, couponId: 999 }))).toMatchObject({
        status: 404,
        code: 'COUPON_NOT_FOUND',
        couponId: 999,
      });
    }));

  it('payment when the amount is not its total', () =>
    withServer(async (server) => {
      const { post, charge } = asKim(server);
      await charge();
      await post('/orders', TWO_MICE);
      expect(problemIn(await post('/orders/1/payment', { amount: 49_999 }))).toMatchObject({
        status: 409,
        code: 'AMOUNT_MISMATCH',
        required: 50_000,
      });
    }));
});

describe('The list of orders', () => {
  it('is turned page by page, newest first', () =>
    withServer(async (server) => {
      const { post, get, charge } = asKim(server);
      await charge();
      for (let at = 0; at < 3; at += 1) await post('/orders', TWO_MICE);
      const first = await get('/orders?limit=2');
      expect(first.status).toBe(200);
      expect(first.body.items.map(({ id }: { id: number }) => id)).toEqual([3, 2]);
      const second = await get(`/orders?limit=2&cursor=${first.body.nextCursor}`);
      expect(second.body).toEqual({ items: [ORDER], nextCursor: null });
    }));
});
