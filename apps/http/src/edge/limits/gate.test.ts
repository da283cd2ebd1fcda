import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import {
  type MemoryServer,
  problemIn,
  type ServerOptions,
  withServer,
} from '../../testing/memory-server.js';
import { parseRaw, sendRaw } from '../../testing/raw-http.js';

type Guard = NonNullable<NonNullable<ServerOptions['deps']>['guard']>;

const NOON = 1_800_000_000_000;

const guarded = (use: (server: MemoryServer) => Promise<void>, guard: Partial<Guard>) => {
  const rateLimits = { perCustomer: 0, perAddress: 0 };
  // No time passes, however long the tests take.
  const now = (): number => NOON;
  return withServer(use, { deps: { guard: { rateLimits, now, ...guard } } });
};

const times = <T>(count: number, work: () => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, work));

const many = (count: number): string =>
  Array.from({ length: count }, (_, at) => `p${at}=1`).join('&');

describe('A customer with too many requests', () => {
  const limited = (use: (server: MemoryServer) => Promise<void>) =>
    guarded(use, { rateLimits: { perCustomer: 20, perAddress: 0 } });

  it('is told so, and when to come again; nothing was done', () =>
    limited(async ({ call, tokens: { kim: token }, store }) => {
      const charge = () =>
        call('POST', '/api/v1/wallet/charges', { token, body: { amount: 1_000 } });
      const answers = await times(30, charge);
      const refused = answers.filter(({ status }) => status === 429);
      expect(refused).toHaveLength(10);
      const first = refused[0];
      if (first === undefined) throw new Error('somebody is refused');
      expect(problemIn(first)).toMatchObject({
        code: 'RATE_LIMITED',
        policy: 'customer',
        limit: 20,
      });
      expect(first.headers.get('retry-after')).toBe('1');
      expect(first.headers.get('ratelimit')).toBe('"customer";r=0;t=1');
      expect(store.walletEntries.all()).toHaveLength(30 - refused.length);
    }));

  it('leaves the others alone, and may read what is public', () =>
    limited(async ({ call, tokens }) => {
      const wallet = (token: string) => call('GET', '/api/v1/wallet', { token });
      await times(30, () => wallet(tokens.kim));
      expect((await wallet(tokens.lee)).status).toBe(200);
      const reads = await times(30, () =>
        call('GET', '/api/v1/products/popular', { token: tokens.kim }),
      );
      expect(reads.every(({ status }) => status === 200)).toBe(true);
      expect(reads.every(({ headers }) => !headers.has('ratelimit'))).toBe(true);
    }));

  it('learns from every answer what the limit is and what is left', () =>
    limited(async ({ call, tokens: { kim: token } }) => {
      const heard = await call('GET', '/api/v1/wallet', { token });
      expect(heard.headers.get('ratelimit-policy')).toBe('"customer";q=20;w=1');
      expect(heard.headers.get('ratelimit')).toBe('"customer";r=19;t=1');
      const missing = await call('GET', '/api/v1/orders/9', { token });
      expect([missing.status, missing.headers.has('ratelimit')]).toEqual([404, true]);
    }));

  it('is limited more strictly where coupons are', () =>
    limited(async ({ call, tokens: { kim: token } }) => {
      const path = '/api/v1/coupon-campaigns/501/coupons';
      const answers = await times(20, () => call('POST', path, { token }));
      const refused = answers.filter(({ status }) => status === 429);
      expect(refused).toHaveLength(10);
      expect(refused[0]?.body).toMatchObject({ policy: 'coupons', limit: 10 });
      const taken = answers.find(({ status }) => status === 201);
      expect(taken?.headers.get('ratelimit-policy')).toBe(
        '"customer";q=20;w=1, "coupons";q=10;w=1',
      );
    }));

  it('is counted by who they are, not by the token that says so', () =>
    limited(async ({ call, tokens }) => {
      const other = await call('POST', '/api/v1/dev/tokens', { body: { userId: 1 } });
      const wallet = (token: string) => call('GET', '/api/v1/wallet', { token });
      await times(20, () => wallet(tokens.kim));
      const answers = await times(10, () => wallet(String(other.body.token)));
      expect(answers.some(({ status }) => status === 429)).toBe(true);
    }));
});

describe('An address with too many requests', () => {
  const limited = (use: (server: MemoryServer) => Promise<void>, trustedProxies: string[] = []) =>
    guarded(use, { rateLimits: { perCustomer: 0, perAddress: 20 }, trustedProxies });
  const from = (address: string) => ({ headers: { 'x-forwarded-for': address } });
  const POPULAR = '/api/v1/products/popular';

  it('is refused before anything else, whatever it asks for, and whoever it says it is', () =>
    limited(async ({ call }) => {
      let at = 0;
      const answers = await times(40, () => {
        at += 1;
        return call('GET', at % 2 === 0 ? POPULAR : '/nowhere', from(`198.51.100.${at}`));
      });
      const refused = answers.filter(({ status }) => status === 429);
      expect(refused).toHaveLength(20);
      expect(refused[0]?.body).toMatchObject({ policy: 'address', limit: 20 });
      const popular = answers.find(({ status }) => status === 200);
      expect(popular?.headers.get('ratelimit-policy')).toBe('"address";q=20;w=1');
    }));

  it('is the one that a trusted proxy names', () =>
    limited(
      async ({ call }) => {
        await times(40, () => call('GET', POPULAR, from('198.51.100.1')));
        expect((await call('GET', POPULAR, from('198.51.100.2'))).status).toBe(200);
      },
      ['loopback'],
    ));

  it('may always ask whether the service is well', () =>
    limited(async ({ call }) => {
      for (const path of ['/livez', '/readyz']) {
        const answers = await times(40, () => call('GET', path));
        expect(answers.every(({ status }) => status === 200)).toBe(true);
      }
    }));
});

describe('A URL', () => {
  it('is taken up to 8,000 characters, and refused beyond', () =>
    withServer(async ({ call }) => {
      const url = (length: number) => '/api/v1/products?x='.padEnd(length, 'x');
      expect((await call('GET', url(8_000))).status).toBe(200);
      const refused = await call('GET', url(8_001));
      expect(problemIn(refused)).toMatchObject({ status: 414, code: 'URI_TOO_LONG', limit: 8_000 });
      expect(refused.body.instance).toBe('/api/v1/products');
    }));

  it('has at most 50 parameters, wherever it leads', () =>
    withServer(async ({ call }) => {
      for (const path of ['/api/v1/products', '/api/v1/products/popular']) {
        expect((await call('GET', `${path}?${many(50)}`)).status).toBe(200);
        const refused = await call('GET', `${path}?${many(51)}`);
        expect(problemIn(refused)).toMatchObject({
          code: 'VALIDATION_FAILED',
          errors: [{ path: 'query', message: expect.stringContaining('50') }],
        });
      }
    }));
});

describe('A connection', () => {
  const LIVEZ = 'GET /livez HTTP/1.1\r\nHost: x\r\n\r\n';
  const LAST = 'GET /livez HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n';
  const statusesIn = (heard: string): readonly string[] =>
    [...heard.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status = '']) => status);

  it('may send some requests before the first is answered, and no more', () =>
    withServer(async ({ port }) => {
      const statuses = statusesIn(await sendRaw(port, LIVEZ.repeat(199) + LAST));
      expect(statuses).toHaveLength(200);
      expect(statuses.slice(0, 64).every((status) => status === '200')).toBe(true);
      expect(statuses.filter((status) => status === '429').length).toBeGreaterThan(0);
    }));

  it('may send any number of requests, one after the other', () =>
    withServer(async ({ port }) => {
      const socket = connect(port, '127.0.0.1').setEncoding('utf8');
      for (let at = 0; at < 200; at += 1) {
        socket.write(LIVEZ);
        const [heard] = (await once(socket, 'data')) as [string];
        expect(heard).toContain('HTTP/1.1 200');
      }
      socket.destroy();
    }));

  const timeouts = {
    headersTimeout: 100,
    requestTimeout: 200,
    keepAliveTimeout: 65_000,
    connectionsCheckingInterval: 20,
  };

  it.each([
    ['its headers', 'GET /livez HTTP/1.1\r\nHost: x\r\n', 'X-Slow: 1\r\n'],
    [
      'its body',
      'POST /api/v1/dev/tokens HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n',
      ' ',
    ],
  ])('that sends %s drop by drop is hung up on, and the others are served', (_what, start, drop) =>
    withServer(
      async ({ port, call }) => {
        const slow = Array.from({ length: 50 }, () => {
          const socket = connect(port, '127.0.0.1').setEncoding('utf8');
          socket.write(start);
          const dripping = setInterval(() => socket.write(drop), 10);
          socket.on('error', () => {});
          let heard = '';
          socket.on('data', (chunk: string) => {
            heard += chunk;
          });
          return new Promise<string>((resolve) => {
            socket.on('close', () => {
              clearInterval(dripping);
              resolve(heard);
            });
          });
        });
        expect((await call('GET', '/livez')).status).toBe(200);
        const answers = await Promise.all(slow);
        for (const heard of answers.filter((each) => each !== '')) {
          const { status, body } = parseRaw(heard);
          expect([status, JSON.parse(body)]).toEqual([
            408,
            expect.objectContaining({ code: 'REQUEST_TIMEOUT' }),
          ]);
        }
        expect(answers.some((heard) => heard !== '')).toBe(true);
      },
      { deps: { timeouts } },
    ),
  );
});

describe('A page of another origin', () => {
  const SHOP = 'https://shop.example';
  const PREFLIGHT = {
    origin: SHOP,
    'access-control-request-method': 'POST',
    'access-control-request-headers': 'authorization,content-type,idempotency-key',
  };
  const allowed = (use: (server: MemoryServer) => Promise<void>) =>
    guarded(use, { corsOrigins: [SHOP, 'http://localhost:5173'] });

  it('may ask for nothing, unless it is configured', () =>
    withServer(async ({ call }) => {
      const heard = await call('GET', '/api/v1/products', { headers: { origin: SHOP } });
      expect(heard.headers.has('access-control-allow-origin')).toBe(false);
      const preflight = await call('OPTIONS', '/api/v1/orders', { headers: PREFLIGHT });
      expect(preflight.headers.has('access-control-allow-origin')).toBe(false);
    }));

  it('that is configured may ask, and read the headers that matter', () =>
    allowed(async ({ call, tokens: { kim: token } }) => {
      const headers = { origin: SHOP };
      const answers = [
        await call('GET', '/api/v1/products', { headers }),
        await call('GET', '/api/v1/products/popular', { headers }),
        await call('GET', '/api/v1/products/popular', { headers }),
        await call('GET', '/api/v1/wallet', { token, headers }),
        await call('GET', '/api/v1/wallet', { headers }),
        await call('GET', '/nowhere', { headers }),
      ];
      for (const heard of answers) {
        expect(heard.headers.get('access-control-allow-origin')).toBe(SHOP);
        expect(heard.headers.get('vary')).toContain('Origin');
        expect(heard.headers.get('access-control-expose-headers')).toContain(
          'Idempotency-Replayed',
        );
        expect(heard.headers.has('access-control-allow-credentials')).toBe(false);
      }
    }));

  it('that is configured is told beforehand what it may send', () =>
    allowed(async ({ call }) => {
      const preflight = await call('OPTIONS', '/api/v1/orders', { headers: PREFLIGHT });
      expect([preflight.status, preflight.text]).toEqual([204, '']);
      const said = (name: string): string => preflight.headers.get(name) ?? '';
      expect(said('access-control-allow-origin')).toBe(SHOP);
      expect(said('access-control-allow-methods')).toBe('GET, HEAD, POST, PATCH');
      for (const name of ['Authorization', 'Content-Type', 'Idempotency-Key']) {
        expect(said('access-control-allow-headers')).toContain(name);
      }
      expect(Number(said('access-control-max-age'))).toBeGreaterThan(0);
    }));

  it.each([
    'https://shop.example.evil.example',
    'http://shop.example',
    'https://SHOP.example',
    'null',
  ])('is not taken for one that is configured: %s', (origin) =>
    allowed(async ({ call }) => {
      for (const method of ['GET', 'OPTIONS']) {
        const heard = await call(method, '/api/v1/products', { headers: { ...PREFLIGHT, origin } });
        expect(heard.headers.has('access-control-allow-origin')).toBe(false);
        expect(heard.headers.get('vary')).toContain('Origin');
      }
    }),
  );

  it('is not told what another one was told: caches are to keep them apart', () =>
    allowed(async ({ call }) => {
      const heard = await call('GET', '/api/v1/products/popular');
      expect(heard.headers.get('vary')).toContain('Origin');
    }));
});
