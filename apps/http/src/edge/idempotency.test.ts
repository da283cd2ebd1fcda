import { describe, expect, it } from '@jest/globals';
import { fingerprint } from './idempotency.js';
import { type MemoryServer, refusalIn, withServer } from '../testing/memory-server.js';

const CHARGES = '/api/v1/wallet/charges';
const REPLAYED = 'idempotency-replayed';

const charging =
  ({ call, tokens }: MemoryServer) =>
  (key: string, raw: string, token: string = tokens.kim) =>
    call('POST', CHARGES, { token, raw, headers: { 'Idempotency-Key': key } });

const balanceOf = async ({ call, tokens }: MemoryServer, token = tokens.kim): Promise<number> =>
  (await call('GET', '/api/v1/wallet', { token })).body.balance as number;

describe('A fingerprint', () => {
  const route = { method: 'POST', path: '/things' } as const;
  const of = (body: object) => fingerprint(route, { params: {}, body });

  it('is the same whatever the order of the fields, at any depth', () => {
    const one = of({ a: 1, b: [{ c: 2, d: null }] });
    expect(one).toMatch(/^[\w-]{43}$/);
    expect(of({ b: [{ d: null, c: 2 }], a: 1 })).toBe(one);
  });

  it('is another for another value, order of a list, path or method', () => {
    const prints = [
      of({ a: [1, 2] }),
      of({ a: [2, 1] }),
      of({ a: ['1', '2'] }),
      fingerprint({ ...route, path: '/others' }, { params: {}, body: { a: [1, 2] } }),
      fingerprint({ ...route, method: 'PATCH' }, { params: {}, body: { a: [1, 2] } }),
      fingerprint(route, { params: { id: 1 }, body: { a: [1, 2] } }),
    ];
    expect(new Set(prints).size).toBe(prints.length);
  });
});

describe('An idempotency key', () => {
  it('gets the first answer again, and nothing is done twice', () =>
    withServer(async (server) => {
      const charge = charging(server);
      const first = await charge('key', '{"amount": 1000}');
      const again = await charge('key', '{"amount": 1000}');
      expect([again.status, again.body]).toEqual([201, first.body]);
      expect([first.headers.get(REPLAYED), again.headers.get(REPLAYED)]).toEqual([null, 'true']);
      expect(await balanceOf(server)).toBe(1_000);
    }));

  it('means the same request however its JSON is spelled', () =>
    withServer(async ({ call, tokens: { kim: token } }) => {
      const headers = { 'Idempotency-Key': 'key' };
      await call('POST', CHARGES, { token, body: { amount: 100_000 } });
      const place = (raw: string) => call('POST', '/api/v1/orders', { token, raw, headers });
      const first = await place('{"items":[{"productId":101,"quantity":1}]}');
      const again = await place(
        '{ "couponId": null, "items": [{"quantity": 1.0, "productId": 1.01e2}] }',
      );
      expect([again.status, again.body]).toEqual([201, first.body]);
      expect(again.headers.get('location')).toBe(first.headers.get('location'));
      expect(again.headers.get(REPLAYED)).toBe('true');
    }));

  it('is refused for another request', () =>
    withServer(async (server) => {
      const charge = charging(server);
      await charge('key', '{"amount": 1000}');
      expect(refusalIn(await charge('key', '{"amount": 1001}'))).toEqual([
        422,
        'IDEMPOTENCY_KEY_REUSED',
      ]);
      const elsewhere = await server.call('POST', '/api/v1/coupon-campaigns/501/coupons', {
        token: server.tokens.kim,
        headers: { 'Idempotency-Key': 'key' },
      });
      expect(refusalIn(elsewhere)).toEqual([422, 'IDEMPOTENCY_KEY_REUSED']);
      expect(await balanceOf(server)).toBe(1_000);
    }));

  it('is refused for the same body on another thing', () =>
    withServer(async ({ call, tokens: { kim: token } }) => {
      const headers = { 'Idempotency-Key': 'key' };
      const issue = (id: number) =>
        call('POST', `/api/v1/coupon-campaigns/${id}/coupons`, { token, headers });
      expect((await issue(501)).status).toBe(201);
      expect(refusalIn(await issue(503))).toEqual([422, 'IDEMPOTENCY_KEY_REUSED']);
    }));

  it("is each customer's own", () =>
    withServer(async (server) => {
      const charge = charging(server);
      await charge('key', '{"amount": 1000}');
      const hers = await charge('key', '{"amount": 2000}', server.tokens.lee);
      expect([hers.status, hers.headers.get(REPLAYED)]).toEqual([201, null]);
      expect(await balanceOf(server, server.tokens.lee)).toBe(2_000);
    }));

  it('does not remember a refusal', () =>
    withServer(async ({ call, tokens: { kim: token } }) => {
      const body = { items: [{ productId: 101, quantity: 1 }] };
      const place = () =>
        call('POST', '/api/v1/orders', { token, body, headers: { 'Idempotency-Key': 'key' } });
      expect(refusalIn(await place())).toEqual([400, 'INSUFFICIENT_BALANCE']);
      await call('POST', CHARGES, { token, body: { amount: 25_000 } });
      expect((await place()).status).toBe(201);
    }));

  it('sent by 20 at once has one effect and one answer', () =>
    withServer(async (server) => {
      const charge = charging(server);
      const answers = await Promise.all(
        Array.from({ length: 20 }, () => charge('key', '{"amount": 1000}')),
      );
      expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
      expect(answers.filter(({ headers }) => headers.has(REPLAYED))).toHaveLength(19);
      expect(await balanceOf(server)).toBe(1_000);
    }));

  it('is heeded on every POST of a customer or an operator', () =>
    withServer(async ({ call, tokens: { operator: token } }) => {
      const campaign = {
        name: 'n',
        discountRate: 10,
        totalQuantity: 1,
        startsAt: '2024-01-01T00:00:00Z',
        endsAt: '2024-01-02T00:00:00Z',
        couponValidDays: 1,
      };
      const product = { name: 'n', description: '', category: 'c', price: 1, stock: 1 };
      const items = [{ productId: 101, quantity: 1 }];
      const requests: readonly (readonly [path: string, body: object])[] = [
        ['/wallet/charges', { amount: 100_000 }],
        ['/orders', { items }],
        ['/orders/1/payment', {}],
        ['/products/101/reviews', { rating: 5, text: '' }],
        ['/orders/1/cancel', {}],
        ['/coupon-campaigns/501/coupons', {}],
        ['/admin/products', product],
        ['/admin/products/101/restock', { quantity: 1 }],
        ['/admin/coupon-campaigns', campaign],
        ['/admin/coupon-campaigns/501/grow', { quantity: 1 }],
      ];
      for (const [at, [path, body]] of requests.entries()) {
        const headers = { 'Idempotency-Key': `key-${at}` };
        const send = () => call('POST', `/api/v1${path}`, { token, body, headers });
        const first = await send();
        const again = await send();
        expect([path, first.status < 300, again.status, again.text]).toEqual([
          path,
          true,
          first.status,
          first.text,
        ]);
        expect([first.headers.get(REPLAYED), again.headers.get(REPLAYED)]).toEqual([null, 'true']);
      }
    }));

  it.each(['!', '~', 'k'.repeat(255), 'a,b;c="d"'])('may be %s', (key) =>
    withServer(async (server) => {
      expect((await charging(server)(key, '{"amount": 1}')).status).toBe(201);
    }),
  );
});
