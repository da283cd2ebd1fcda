import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ok } from '@jumun/domain';
import { pino } from 'pino';
import { z } from 'zod';
import { appOf } from './app.js';
import { frontOf } from './front.js';
import { ADMIN_PATHS, SHOP_PATHS } from './pages/page-paths.js';
import { routerOf } from './router.js';
import { Authentication } from './edge/authentication.js';
import { type Route, route } from './routes/route.js';
import {
  type MemoryServer,
  openServer,
  problemIn,
  refusalIn,
  routesOn,
  TOKEN_POLICY,
} from './testing/memory-server.js';
import { parseRaw, sendRaw } from './testing/raw-http.js';

let server: MemoryServer;
beforeAll(async () => {
  server = await openServer();
});
afterAll(() => server.server.close());

const UUID = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;

describe('A path', () => {
  it.each([
    '/api',
    '/api/v1',
    '/api/v1/nothing',
    '/api/v1/wallet/nothing',
    '/API/v1/wallet',
    '/api/v1/users/1/wallet',
    '/api/v1/orders/1/refund',
    '/docs/problems/NO_SUCH_CODE',
    '/docs/problems/..%2f..%2fREADME',
    '/docs/problems/constructor',
    '//',
  ])('%s leads nowhere', async (path) => {
    expect(problemIn(await server.call('GET', path))).toMatchObject({
      status: 404,
      code: 'ROUTE_NOT_FOUND',
      instance: new URL(`http://host${path}`).pathname,
    });
  });

  it('leads nowhere for any method', async () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) {
      expect(refusalIn(await server.call(method, '/nothing'))).toEqual([404, 'ROUTE_NOT_FOUND']);
    }
  });

  it('that is fixed goes before one with a parameter, wherever they stand in the table', async () => {
    const named = (path: string): Route =>
      route({
        method: 'GET',
        path,
        access: 'public',
        name: path,
        tag: 'Service',
        summary: path,
        status: 200,
        answer: z.object({ path: z.string() }),
        handle: () => ok({ body: { path } }),
      });
    const authentication = new Authentication(TOKEN_POLICY);
    const logger = pino({ level: 'silent' });
    const routes = [named('/things/:id'), named('/things/best')];
    const app = appOf(routes, { authentication, logger });
    const never = (): boolean => false;
    const table = createServer(frontOf({ routes, logger, isLeaving: never, isOurs: never }, app));
    try {
      await once(table.listen(0, '127.0.0.1'), 'listening');
      const { port } = table.address() as AddressInfo;
      const found = async (path: string): Promise<unknown> =>
        (await fetch(`http://127.0.0.1:${port}${path}`)).json();
      expect(await found('/things/best')).toEqual({ path: '/things/best' });
      expect(await found('/things/1')).toEqual({ path: '/things/:id' });
    } finally {
      table.close();
    }
  });
});

describe('The pages', () => {
  it('stand behind everything that programs ask for, which is compared with none of them', () => {
    const deps = { authentication: new Authentication(TOKEN_POLICY), logger: pino() };
    const paths = routerOf(routesOn(server), deps).stack.map(({ route: of }) => of?.path ?? '');
    const isOfProgram = (path: string): boolean => /^\/(api|docs|livez|readyz|openapi)/.test(path);
    const others = paths.slice(paths.findLastIndex(isOfProgram) + 1).filter((path) => path !== '');
    expect(others.map(String)).toEqual(
      expect.arrayContaining([String(/^\/$/), '/products/:id', '/admin/orders', '/assets/:file']),
    );
    expect(others).toHaveLength(SHOP_PATHS.length + ADMIN_PATHS.length + 1);
  });
});

describe('A method', () => {
  it.each([
    ['DELETE', '/api/v1/products', 'GET, HEAD, OPTIONS'],
    ['PUT', '/api/v1/wallet', 'GET, HEAD, OPTIONS'],
    ['GET', '/api/v1/wallet/charges', 'POST, OPTIONS'],
    ['HEAD', '/api/v1/wallet/charges', 'POST, OPTIONS'],
    ['PATCH', '/api/v1/orders', 'POST, GET, HEAD, OPTIONS'],
    ['POST', '/api/v1/admin/products/1', 'PATCH, OPTIONS'],
    ['PROPFIND', '/livez', 'GET, HEAD, OPTIONS'],
  ])('%s that %s does not have is refused, with those it has', async (method, path, allow) => {
    const refused = await server.call(method, path);
    expect([refused.status, refused.headers.get('allow')]).toEqual([405, allow]);
    const told = method === 'HEAD' ? [] : refusalIn(refused);
    expect(told).toEqual(method === 'HEAD' ? [] : [405, 'METHOD_NOT_ALLOWED']);
  });

  it('OPTIONS tells the methods, to anybody', async () => {
    const told = await server.call('OPTIONS', '/api/v1/products/101/reviews');
    expect([told.status, told.headers.get('allow'), told.text]).toEqual([
      204,
      'GET, POST, HEAD, OPTIONS',
      '',
    ]);
  });

  it('HEAD gets what GET gets, without the body', async () => {
    for (const path of ['/api/v1/products/101', '/api/v1/products/999', '/livez']) {
      const get = await server.call('GET', path);
      const head = await server.call('HEAD', path);
      expect([head.status, head.text]).toEqual([get.status, '']);
      for (const name of ['content-type', 'cache-control']) {
        expect(head.headers.get(name)).toBe(get.headers.get(name));
      }
      expect(Number(head.headers.get('content-length'))).toBe(Buffer.byteLength(get.text));
    }
  });
});

describe('Every answer', () => {
  const ANSWERS = [
    ['GET', '/api/v1/products', 200],
    ['GET', '/api/v1/products/999', 404],
    ['GET', '/api/v1/products/x', 400],
    ['GET', '/api/v1/wallet', 401],
    ['PUT', '/api/v1/wallet', 405],
    ['OPTIONS', '/api/v1/wallet', 204],
    ['GET', '/nothing', 404],
    ['GET', '/api/v1/products/%ff', 400],
    ['GET', '/docs/problems/OUT_OF_STOCK', 200],
  ] as const;

  it.each(ANSWERS)('to %s %s has an id and tight headers', async (method, path, status) => {
    const heard = await server.call(method, path);
    expect(heard.status).toBe(status);
    expect(heard.headers.get('x-request-id')).toMatch(UUID);
    expect(Object.fromEntries(heard.headers)).toMatchObject({
      'content-security-policy': "default-src 'none';frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
    });
    for (const name of ['x-powered-by', 'etag', 'server']) {
      expect(heard.headers.has(name)).toBe(false);
    }
  });

  it.each(['abc', 'A-1_b.c:d', 'x'.repeat(128)])(
    'has the id %s that the caller gave, and so has its log',
    async (id) => {
      const heard = await server.call('GET', '/api/v1/wallet', { headers: { 'X-Request-Id': id } });
      expect(problemIn(heard)).toMatchObject({ requestId: id });
      expect(server.log.filter(({ requestId }) => requestId === id)).toHaveLength(1);
    },
  );

  it.each(['', 'a b', 'a,b', '<script>', 'x'.repeat(129), 'é'])(
    'has a fresh id when the caller gave %j',
    async (id) => {
      const heard = await server.call('GET', '/livez', { headers: { 'X-Request-Id': id } });
      expect(heard.headers.get('x-request-id')).toMatch(UUID);
    },
  );

  it('may be kept only where it is the same for everybody and went well', async () => {
    const kept = async (path: string, token: string | null = null) =>
      (await server.call('GET', path, { token })).headers.get('cache-control');
    expect(await kept('/api/v1/products')).toBeNull();
    expect(await kept('/api/v1/products/999')).toBe('no-store');
    expect(await kept('/api/v1/orders', server.tokens.kim)).toBe('no-store');
    expect(await kept('/nothing')).toBe('no-store');
  });
});

describe('What is not HTTP', () => {
  it.each([
    ['nonsense', 'NONSENSE\r\n\r\n', 400, 'MALFORMED_REQUEST'],
    ['a header without a name', 'GET / HTTP/1.1\r\n: x\r\n\r\n', 400, 'MALFORMED_REQUEST'],
    [
      'a length that is none',
      'POST /api/v1/orders HTTP/1.1\r\nHost: x\r\nContent-Length: x\r\n\r\n',
      400,
      'MALFORMED_REQUEST',
    ],
    [
      'headers without an end',
      `GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`,
      431,
      'HEADERS_TOO_LARGE',
    ],
  ])('gets a clean answer: %s', async (_name, bytes, status, code) => {
    const heard = parseRaw(await sendRaw(server.port, bytes));
    expect(heard.status).toBe(status);
    expect(heard.headers.get('x-request-id')).toMatch(UUID);
    expect(heard.headers.get('connection')).toBe('close');
    expect(JSON.parse(heard.body)).toMatchObject({ status, code });
  });

  it('an Expect header that is unknown is not minded', async () => {
    const request = 'GET /livez HTTP/1.1\r\nHost: x\r\nExpect: x\r\nConnection: close\r\n\r\n';
    expect(parseRaw(await sendRaw(server.port, request)).status).toBe(200);
  });
});
