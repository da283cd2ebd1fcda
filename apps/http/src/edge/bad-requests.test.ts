import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type MemoryServer, openServer, problemIn, refusalIn } from '../testing/memory-server.js';

/**
 * What a schema refuses changes nothing, so all of these share one server. Every row is a request that is right but for one
 * thing, and names where the problem must point.
 */
let server: MemoryServer;
beforeAll(async () => {
  server = await openServer();
});
afterAll(() => server.server.close());

const NAME_201 = 'x'.repeat(201);
const TEXT_2001 = 'x'.repeat(2001);
const line = (fields: object) => ({ items: [{ productId: 101, quantity: 1, ...fields }] });
const lines = (count: number) =>
  Array.from({ length: count }, (_, at) => ({ productId: at + 1, quantity: 1 }));
const product = { name: 'n', description: '', category: 'c', price: 1, stock: 1 };
const campaign = {
  name: 'n',
  discountRate: 10,
  totalQuantity: 1,
  startsAt: '2024-01-01T00:00:00Z',
  endsAt: '2024-01-02T00:00:00Z',
  couponValidDays: 1,
};
const review = { rating: 5, text: '' };

type Row = readonly [route: string, body: unknown, path: string];

const BODIES: readonly Row[] = [
  ['POST /wallet/charges', {}, 'amount'],
  ['POST /wallet/charges', { amount: '1000' }, 'amount'],
  ['POST /wallet/charges', { amount: null }, 'amount'],
  ['POST /wallet/charges', { amount: 1, currency: 'KRW' }, 'currency'],
  ['POST /wallet/charges', [], ''],
  ['POST /wallet/charges', null, ''],
  ['POST /wallet/charges', 'amount', ''],

  ['POST /orders', {}, 'items'],
  ['POST /orders', { items: [] }, 'items'],
  ['POST /orders', { items: {} }, 'items'],
  ['POST /orders', { items: [null] }, 'items.0'],
  ['POST /orders', { items: lines(51) }, 'items'],
  ['POST /orders', line({ quantity: 0 }), 'items.0.quantity'],
  ['POST /orders', line({ quantity: -1 }), 'items.0.quantity'],
  ['POST /orders', line({ quantity: 1000 }), 'items.0.quantity'],
  ['POST /orders', line({ quantity: 1.5 }), 'items.0.quantity'],
  ['POST /orders', line({ quantity: '1' }), 'items.0.quantity'],
  ['POST /orders', line({ quantity: 1e300 }), 'items.0.quantity'],
  ['POST /orders', line({ productId: 0 }), 'items.0.productId'],
  ['POST /orders', line({ productId: -101 }), 'items.0.productId'],
  ['POST /orders', line({ productId: 101.5 }), 'items.0.productId'],
  ['POST /orders', line({ productId: '101' }), 'items.0.productId'],
  ['POST /orders', line({ productId: 2 ** 53 }), 'items.0.productId'],
  ['POST /orders', line({ price: 1 }), 'items.0.price'],
  ['POST /orders', { ...line({}), userId: 2 }, 'userId'],
  ['POST /orders', { ...line({}), couponId: 0 }, 'couponId'],
  ['POST /orders', { ...line({}), couponId: '3001' }, 'couponId'],
  [
    'POST /orders',
    { items: [...line({ quantity: 500 }).items, ...line({ quantity: 500 }).items] },
    'items.1.quantity',
  ],

  ['POST /orders/1/payment', { amount: -1 }, 'amount'],
  ['POST /orders/1/payment', { amount: 0.5 }, 'amount'],
  ['POST /orders/1/payment', { amount: '25000' }, 'amount'],
  ['POST /orders/1/payment', { amount: 2 ** 53 }, 'amount'],
  ['POST /orders/1/payment', { method: 'CARD' }, 'method'],
  ['POST /orders/1/cancel', { reason: 'no' }, 'reason'],
  ['POST /coupon-campaigns/501/coupons', { count: 2 }, 'count'],

  ['POST /products/101/reviews', { text: '' }, 'rating'],
  ['POST /products/101/reviews', { rating: 5 }, 'text'],
  ['POST /products/101/reviews', { ...review, rating: 0 }, 'rating'],
  ['POST /products/101/reviews', { ...review, rating: 6 }, 'rating'],
  ['POST /products/101/reviews', { ...review, rating: 4.5 }, 'rating'],
  ['POST /products/101/reviews', { ...review, text: TEXT_2001 }, 'text'],
  ['POST /products/101/reviews', { ...review, text: 5 }, 'text'],
  ['POST /products/101/reviews', { ...review, text: 'a\0b' }, 'text'],
  ['POST /products/101/reviews', { ...review, text: '\ud800' }, 'text'],

  ['POST /admin/products', { ...product, name: '' }, 'name'],
  ['POST /admin/products', { ...product, name: ' \t' }, 'name'],
  ['POST /admin/products', { ...product, name: NAME_201 }, 'name'],
  ['POST /admin/products', { ...product, description: TEXT_2001 }, 'description'],
  ['POST /admin/products', { ...product, category: 'x'.repeat(101) }, 'category'],
  ['POST /admin/products', { ...product, price: -1 }, 'price'],
  ['POST /admin/products', { ...product, price: 1_000_000_001 }, 'price'],
  ['POST /admin/products', { ...product, price: 0.5 }, 'price'],
  ['POST /admin/products', { ...product, stock: -1 }, 'stock'],
  ['POST /admin/products', { ...product, stock: 1_000_000_001 }, 'stock'],
  ['POST /admin/products', { ...product, id: 1 }, 'id'],
  ['PATCH /admin/products/101', { stock: 1 }, 'stock'],
  ['PATCH /admin/products/101', { name: null }, 'name'],
  ['PATCH /admin/products/101', { price: 1.5 }, 'price'],
  ['POST /admin/products/101/restock', {}, 'quantity'],
  ['POST /admin/products/101/restock', { quantity: 0 }, 'quantity'],
  ['POST /admin/products/101/restock', { quantity: 1_000_000_001 }, 'quantity'],

  ['POST /admin/coupon-campaigns', { ...campaign, discountRate: 0 }, 'discountRate'],
  ['POST /admin/coupon-campaigns', { ...campaign, discountRate: 101 }, 'discountRate'],
  ['POST /admin/coupon-campaigns', { ...campaign, totalQuantity: 0 }, 'totalQuantity'],
  ['POST /admin/coupon-campaigns', { ...campaign, totalQuantity: 10_000_001 }, 'totalQuantity'],
  ['POST /admin/coupon-campaigns', { ...campaign, couponValidDays: 0 }, 'couponValidDays'],
  ['POST /admin/coupon-campaigns', { ...campaign, couponValidDays: 3651 }, 'couponValidDays'],
  ['POST /admin/coupon-campaigns', { ...campaign, name: NAME_201 }, 'name'],
  ['POST /admin/coupon-campaigns', { ...campaign, startsAt: 'yesterday' }, 'startsAt'],
  ['POST /admin/coupon-campaigns', { ...campaign, startsAt: '2024-01-01' }, 'startsAt'],
  ['POST /admin/coupon-campaigns', { ...campaign, startsAt: '2024-02-30T00:00:00Z' }, 'startsAt'],
  ['POST /admin/coupon-campaigns', { ...campaign, startsAt: 1704067200000 }, 'startsAt'],
  ['POST /admin/coupon-campaigns', { ...campaign, endsAt: campaign.startsAt }, 'endsAt'],
  ['POST /admin/coupon-campaigns/501/grow', { quantity: 0 }, 'quantity'],

  ['POST /dev/tokens', {}, 'userId'],
  ['POST /dev/tokens', { userId: '1' }, 'userId'],
  ['POST /dev/tokens', { userId: 1, roles: 'operator' }, 'roles'],
];

const URLS: readonly (readonly [url: string, path: string])[] = [
  ['/products?page=0', 'page'],
  ['/products?page=-1', 'page'],
  ['/products?page=1.5', 'page'],
  ['/products?page=one', 'page'],
  ['/products?page=', 'page'],
  ['/products?page=90071992547410', 'page'],
  ['/products?page=9999999999999999999999', 'page'],
  ['/products?page=1&page=2', 'page'],
  ['/products?size=0', 'size'],
  ['/products?size=101', 'size'],
  [`/products?q=${NAME_201}`, 'q'],
  ['/products?q=%00', 'q'],
  [`/products?category=${NAME_201}`, 'category'],
  ['/products/0', 'id'],
  ['/products/-1', 'id'],
  ['/products/1.0', 'id'],
  ['/products/1e3', 'id'],
  ['/products/mouse', 'id'],
  ['/products/9007199254740992', 'id'],
  ['/products/101%20', 'id'],
  ['/products/%E0%A4%A', 'path'],
  ['/products/101/alternatives?limit=0', 'limit'],
  ['/products/101/alternatives?limit=51', 'limit'],
  ['/products/101/reviews?limit=101', 'limit'],
  ['/products/101/reviews?cursor=!', 'cursor'],
  ['/wallet/entries?limit=0', 'limit'],
  ['/wallet/entries?limit=101', 'limit'],
  ['/wallet/entries?limit=20&limit=20', 'limit'],
  ['/wallet/entries?cursor=nonsense', 'cursor'],
  ['/orders?cursor=MQ', 'cursor'],
  ['/orders?cursor=MC4w', 'cursor'],
  [`/orders?cursor=${'M'.repeat(65)}`, 'cursor'],
  ['/orders/abc', 'id'],
  ['/coupons?status=NEW', 'status'],
  ['/coupons?status=available', 'status'],
];

const pointsTo = (path: string) => ({
  status: 400,
  code: 'VALIDATION_FAILED',
  errors: [{ path, message: expect.stringMatching(/\S/) }],
});

describe('A request is not valid when', () => {
  it.each(BODIES)('%s gets %j: %s', async (route, body, path) => {
    const [method = '', url = ''] = route.split(' ');
    const token = server.tokens.operator;
    const refused = await server.call(method, `/api/v1${url}`, { token, body });
    expect(problemIn(refused)).toMatchObject(pointsTo(path));
  });

  it.each(URLS)('GET %s: %s', async (url, path) => {
    const token = server.tokens.operator;
    expect(problemIn(await server.call('GET', `/api/v1${url}`, { token }))).toMatchObject(
      pointsTo(path),
    );
  });

  it.each([
    ['is empty', ''],
    ['has a space', 'a b'],
    ['is not ASCII', 'k\u00e9y'],
    ['is too long', 'k'.repeat(256)],
  ])('its Idempotency-Key %s', async (_name, key) => {
    const refused = await server.call('POST', '/api/v1/orders', {
      token: server.tokens.kim,
      body: line({}),
      headers: { 'idempotency-key': key },
    });
    expect(problemIn(refused)).toMatchObject(pointsTo('Idempotency-Key'));
  });

  it('tells all its faults at once', async () => {
    const refused = await server.call('POST', '/api/v1/orders/x/payment', {
      token: server.tokens.kim,
      body: { amount: -1, method: 'CARD' },
      headers: { 'idempotency-key': 'a b' },
    });
    const { errors } = problemIn(refused) as { errors: readonly { path: string }[] };
    expect(errors.map(({ path }) => path)).toEqual(['id', 'amount', 'method', 'Idempotency-Key']);
  });

  it('but at most 20 of them, and no name is repeated at length', async () => {
    const fields = Array.from({ length: 50 }, (_, at) => [`${at}`.padStart(300, 'x'), 1]);
    const refused = await server.call('POST', '/api/v1/orders', {
      token: server.tokens.kim,
      body: Object.fromEntries(fields) as object,
    });
    expect((problemIn(refused) as { errors: readonly unknown[] }).errors).toHaveLength(20);
    expect(refused.text.length).toBeLessThan(5_000);
  });
});

/** Every route that takes a body. */
const ROUTES = [...new Set(BODIES.map(([route]) => route))].map((route) => route.split(' '));

describe.each(ROUTES)('%s %s refuses a body that', (method = '', url = '') => {
  const send = (raw: string | Uint8Array<ArrayBuffer>, headers = {}) =>
    server.call(method, `/api/v1${url}`, { token: server.tokens.operator, raw, headers });

  it.each(['{', '{"a":1,}', "{'a':1}", 'NaN', '{} {}', '\0'])('is not JSON: %j', async (raw) => {
    expect(refusalIn(await send(raw))).toEqual([400, 'MALFORMED_JSON']);
  });

  it('is not UTF-8', async () => {
    const bytes = Uint8Array.from([0x22, 0xff, 0x22]);
    expect(refusalIn(await send(bytes))).toEqual([400, 'MALFORMED_JSON']);
  });

  it.each([
    { 'content-type': 'text/plain' },
    { 'content-type': 'application/x-www-form-urlencoded' },
    { 'content-type': 'application/json; charset=iso-8859-1' },
    { 'content-encoding': 'gzip' },
  ])('comes as %j', async (headers) => {
    expect(refusalIn(await send('{}', headers))).toEqual([415, 'UNSUPPORTED_MEDIA_TYPE']);
  });

  it('is larger than 100 kB', async () => {
    const refused = await send(`{"a":"${'x'.repeat(100_000)}"}`);
    expect(problemIn(refused)).toMatchObject({
      status: 413,
      code: 'PAYLOAD_TOO_LARGE',
      limit: 100_000,
    });
  });

  it('has a field that hides in the prototype', async () => {
    expect(problemIn(await send('{"__proto__": {"amount": 1}}'))).toMatchObject({
      code: 'VALIDATION_FAILED',
      errors: expect.arrayContaining([expect.objectContaining({ path: '__proto__' })]),
    });
  });
});

describe('A body', () => {
  it('may name its charset, and begin with a byte order mark', async () => {
    const charged = await server.call('POST', '/api/v1/wallet/charges', {
      token: server.tokens.lee,
      raw: '\ufeff{"amount": 1}',
      headers: { 'content-type': 'application/json; charset="UTF-8"' },
    });
    expect(charged.status).toBe(201);
  });

  it('of 5 MB is still answered', async () => {
    const refused = await server.call('POST', '/api/v1/wallet/charges', {
      token: server.tokens.lee,
      raw: 'x'.repeat(5_000_000),
    });
    expect(refusalIn(refused)).toEqual([413, 'PAYLOAD_TOO_LARGE']);
  });
});
