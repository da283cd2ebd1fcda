import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ok } from '@jumun/domain';
import { z } from 'zod';
import { DirectRoutes } from './direct-routes.js';
import { type Route, route } from './routes/route.js';
import { type Heard, type MemoryServer, openServer } from './testing/memory-server.js';

const named = (method: Route['method'], path: string, isBusy?: () => boolean): Route =>
  route({
    method,
    path,
    access: 'public',
    name: `${method} ${path}`,
    tag: 'Service',
    summary: path,
    status: 200,
    answer: z.object({}),
    ...(isBusy === undefined ? {} : { isBusy }),
    handle: () => ok({ body: {} }),
  });

const never = (): boolean => false;

describe('The direct routes', () => {
  const wanted = named('POST', '/shops/:shop/things/:thing/wishes', never);
  const direct = new DirectRoutes([
    named('GET', '/things', never),
    named('POST', '/things/:id'),
    wanted,
  ]);

  it('are those that take something and can be too busy, with the numbers of their path', () => {
    expect(direct.find('POST', '/shops/12/things/007/wishes')).toEqual({
      route: wanted,
      params: { shop: '12', thing: '007' },
    });
    expect(direct.find('GET', '/things')).toBeUndefined();
    expect(direct.find('POST', '/things/1')).toBeUndefined();
  });

  it.each([
    ['PUT', '/shops/12/things/7/wishes'],
    ['OPTIONS', '/shops/12/things/7/wishes'],
    ['POST', '/shops/12/things/7/wishes/'],
    ['POST', '//shops/12/things/7/wishes'],
    ['POST', '/shops/12/things/seven/wishes'],
    ['POST', '/shops/12/things/%37/wishes'],
    ['POST', '/shops/12/things//wishes'],
    ['POST', '/Shops/12/things/7/wishes'],
    ['POST', 'http://host/shops/12/things/7/wishes'],
    ['POST', '/shops/12/things/7/wishes/1'],
  ])('leave %s %s to Express', (method, path) => {
    expect(direct.find(method, path)).toBeUndefined();
  });
});

describe('A request that Express would find', () => {
  let server: MemoryServer;
  beforeAll(async () => {
    server = await openServer();
  });
  afterAll(() => server.server.close());

  /** What an answer says beside its id and the path as it was written. */
  const saidBy = ({ status, headers, body }: Heard): object => {
    const { instance: _instance, requestId: _requestId, ...rest } = body as Record<string, unknown>;
    const {
      date: _date,
      'x-request-id': _id,
      'content-length': _length,
      ...others
    } = Object.fromEntries(headers);
    return { status, headers: others, body: rest };
  };

  it.each([
    ['/api/v1/orders', { items: [] }, 'kim'],
    ['/api/v1/orders', { items: [{ productId: 999, quantity: 1 }] }, 'kim'],
    ['/api/v1/orders/999/payment', {}, 'kim'],
    ['/api/v1/orders/999/cancel', {}, 'lee'],
    ['/api/v1/wallet/charges', { amount: -1 }, 'kim'],
    ['/api/v1/coupon-campaigns/999/coupons', {}, 'kim'],
    ['/api/v1/coupon-campaigns/0/coupons', {}, 'kim'],
    ['/api/v1/coupon-campaigns/999/coupons', {}, null],
  ] as const)('is answered the same way without it: %s %j', async (path, body, who) => {
    const token = who === null ? null : server.tokens[who];
    const directly = await server.call('POST', path, { token, body });
    const byExpress = await server.call('POST', `${path}/`, { token, body });
    expect(directly.status).toBeGreaterThanOrEqual(400);
    expect(saidBy(directly)).toEqual(saidBy(byExpress));
    const routes = server.log.map((line) => line['route']);
    expect(routes.at(-2)).toBe(routes.at(-1));
    expect(routes.at(-1)).not.toBeNull();
  });
});
