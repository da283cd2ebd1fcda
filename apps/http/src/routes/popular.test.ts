import { type IncomingHttpHeaders, request } from 'node:http';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { DependencyUnavailable } from '@jumun/application';
import { InMemoryQueries, InMemoryStore } from '@jumun/application/testing';
import {
  type MemoryServer,
  problemIn,
  refusalIn,
  type ServerOptions,
  withServer,
} from '../testing/memory-server.js';
import { sellAndCount } from '../testing/sales.js';

const PATH = '/api/v1/products/popular';

/** Three days of scenario 6, and what else was sold: 1,250 pieces in all. */
const SCENARIO_6 = { 103: 150, 105: 120, 104: 80, 106: 90, 107: 200, 101: 79, 102: 79, 112: 79 };

const names = (body: { readonly items: readonly { readonly name: string }[] }): string[] =>
  body.items.map(({ name }) => name);

interface Raw {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Buffer;
}

/** An answer as it comes over the wire, not decompressed. */
const ask = (
  { port }: MemoryServer,
  headers: Readonly<Record<string, string>> = {},
  { path = PATH, method = 'GET' } = {},
): Promise<Raw> =>
  new Promise((resolve, reject) => {
    const asking = request({ port, path, method, headers, agent: false }, (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.on('error', reject);
      answer.on('end', () => {
        const bytes = Buffer.concat(parts);
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, bytes });
      });
    });
    asking.on('error', reject);
    asking.end();
  });

const withSales = (use: (server: MemoryServer) => Promise<void>, options?: ServerOptions) =>
  withServer(async (server) => {
    await sellAndCount(server, { 101: 3, 107: 2 });
    await use(server);
  }, options);

describe('The popular products', () => {
  it('are none before anything was counted', () =>
    withServer(async ({ call }) => {
      const { status, body } = await call('GET', PATH);
      expect([status, body]).toEqual([
        200,
        {
          period: { from: '2024-01-15', to: '2024-01-17', days: 3 },
          sort: 'quantity',
          totalQuantity: 0,
          computedAt: '2024-01-17T03:00:00.000Z',
          items: [],
        },
      ]);
    }));

  it('are the best five of three days by quantity, or by revenue (scenario 6)', () =>
    withServer(async (server) => {
      await sellAndCount(server, SCENARIO_6);
      const byQuantity = (await server.call('GET', PATH)).body;
      expect(names(byQuantity)).toEqual([
        '이어폰',
        '게이밍 마우스',
        '무선 키보드',
        '웹캠',
        '모니터',
      ]);
      expect(byQuantity).toMatchObject({
        period: { from: '2024-01-15', to: '2024-01-17', days: 3 },
        totalQuantity: 877,
      });
      const byRevenue = (await server.call('GET', `${PATH}?sort=revenue`)).body;
      expect(names(byRevenue)).toEqual([
        '게이밍 마우스',
        '모니터',
        '이어폰',
        '무선 키보드',
        '블루투스 이어폰',
      ]);
      expect(byRevenue).toMatchObject({ sort: 'revenue', totalQuantity: 877 });
    }));

  it('say of each how it stands, how it stood, and what it is', () =>
    withServer(async (server) => {
      await sellAndCount(server, { 103: 5, 107: 3 });
      await sellAndCount(server, { 107: 3, 104: 1 });
      const { body } = await server.call('GET', `${PATH}?days=30&limit=3&sort=quantity`);
      expect(body.period).toEqual({ from: '2023-12-19', to: '2024-01-17', days: 30 });
      expect(body.items).toEqual([
        {
          rank: 1,
          previousRank: 2,
          change: 'UP',
          rankDelta: 1,
          productId: 107,
          name: '이어폰',
          price: 30_000,
          quantitySold: 6,
          revenue: 180_000,
        },
        {
          rank: 2,
          previousRank: 1,
          change: 'DOWN',
          rankDelta: -1,
          productId: 103,
          name: '게이밍 마우스',
          price: 65_000,
          quantitySold: 5,
          revenue: 325_000,
        },
        {
          rank: 3,
          previousRank: null,
          change: 'NEW',
          rankDelta: 0,
          productId: 104,
          name: '모니터',
          price: 120_000,
          quantitySold: 1,
          revenue: 120_000,
        },
      ]);
    }));

  it('are as many as were asked for, and what is not known in the question is ignored', () =>
    withServer(async (server) => {
      await sellAndCount(server, SCENARIO_6);
      for (const query of [
        'limit=2',
        'limit=2&colour=red',
        'colour=red&limit=2&limit2=x',
        'limit=02',
      ]) {
        const { status, body } = await server.call('GET', `${PATH}?${query}`);
        expect([status, names(body)]).toEqual([200, ['이어폰', '게이밍 마우스']]);
      }
    }));

  it.each([
    ['days=0', 'days'],
    ['days=31', 'days'],
    ['days=three', 'days'],
    ['days=', 'days'],
    ['limit=0', 'limit'],
    ['limit=51', 'limit'],
    ['limit=2.5', 'limit'],
    ['sort=price', 'sort'],
    ['days=3&days=3', 'days'],
  ])('are refused to who asks for %s, every time, and so is the stream', (query, path) =>
    withSales(async ({ call }) => {
      await call('GET', PATH);
      for (const asked of [PATH, PATH, `${PATH}/events`]) {
        const refused = problemIn(await call('GET', `${asked}?${query}`));
        expect(refused).toMatchObject({ status: 400, code: 'VALIDATION_FAILED' });
        expect((refused as { errors: object[] }).errors).toMatchObject([{ path }]);
      }
    }),
  );

  it('take no other method', () =>
    withSales(async ({ call }) => {
      await call('GET', PATH);
      for (const path of [PATH, `${PATH}/events`]) {
        const refused = await call('POST', path, { body: {} });
        expect(refusalIn(refused)).toEqual([405, 'METHOD_NOT_ALLOWED']);
        expect(refused.headers.get('allow')).toBe('GET, HEAD, OPTIONS');
      }
    }));
});

describe('An answer with the popular products', () => {
  it('is the same whether it had to be made or was there, but for its id', () =>
    withSales(async (server) => {
      const made = await ask(server);
      const there = await ask(server);
      expect(server.server.counts().popular).toEqual({ ahead: 1, prepared: 1, kept: 1 });
      expect(there.headers['x-request-id']).not.toBe(made.headers['x-request-id']);
      const usual = { 'x-request-id': '', date: '' };
      expect({ ...there.headers, ...usual }).toEqual({ ...made.headers, ...usual });
      expect(there.bytes).toEqual(made.bytes);
      expect(there.headers).toMatchObject({
        'content-type': 'application/json; charset=utf-8',
        'content-length': String(there.bytes.length),
        'cache-control': 'public, max-age=10, stale-while-revalidate=60',
        vary: 'Accept-Encoding',
        'content-security-policy': "default-src 'none';frame-ancestors 'none'",
        'x-content-type-options': 'nosniff',
      });
    }));

  it('is the same however its path is written', () =>
    withSales(async (server) => {
      const usual = await ask(server);
      for (const path of [`${PATH}/`, `${PATH}?`, `${PATH}?x=1`, `${PATH}?days=03`]) {
        const { status, bytes, headers } = await ask(server, {}, { path });
        expect([status, bytes, headers.etag]).toEqual([200, usual.bytes, usual.headers.etag]);
      }
    }));

  it('has no body for a HEAD, and all else', () =>
    withSales(async (server) => {
      for (const _made of [true, false]) {
        const head = await ask(server, {}, { method: 'HEAD' });
        const get = await ask(server);
        expect([head.status, head.bytes.length]).toEqual([200, 0]);
        expect({ ...head.headers, 'x-request-id': '', date: '' }).toEqual({
          ...get.headers,
          'x-request-id': '',
          date: '',
        });
      }
    }));

  it('is not sent again to who has it, until it changes', () =>
    withSales(async (server) => {
      const { headers, bytes } = await ask(server);
      const etag = headers.etag ?? '';
      expect(etag).toMatch(/^"[\w-]{22}"$/);
      for (const known of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
        const again = await ask(server, { 'If-None-Match': known });
        expect([again.status, again.bytes.length]).toEqual([304, 0]);
        expect(again.headers).toMatchObject({
          etag,
          'cache-control': headers['cache-control'],
          vary: 'Accept-Encoding',
          'x-content-type-options': 'nosniff',
        });
        expect(again.headers['content-length']).toBeUndefined();
      }
      expect((await ask(server, { 'If-None-Match': '"other"' })).bytes).toEqual(bytes);

      await sellAndCount(server, { 107: 9 });
      const changed = await ask(server, { 'If-None-Match': etag });
      expect(changed.status).toBe(200);
      expect(changed.headers.etag).not.toBe(etag);
    }));

  it('has the same tag in every process', () =>
    withSales(async (one) =>
      withServer(
        async (other) => {
          const tags = [await ask(one), await ask(other)].map(({ headers }) => headers.etag);
          expect(tags[0]).toBe(tags[1]);
        },
        { store: one.store },
      ),
    ));

  it.each([
    ['br', 'br'],
    ['gzip', 'gzip'],
    ['gzip, deflate, br, zstd', 'br'],
    ['GZIP;q=0.5', 'gzip'],
    ['br;q=0.1, gzip;q=0.9', 'gzip'],
    ['br;q=0, *', 'gzip'],
    ['identity, gzip;q=0.1', undefined],
    ['deflate', undefined],
    ['', undefined],
    ['br;q=0, gzip;q=0', undefined],
    ['*;q=0', undefined],
  ])('to who takes %j comes as %s', (accepted, coding) =>
    withSales(async (server) => {
      const plain = await ask(server);
      for (const _made of [true, false]) {
        const coded = await ask(server, { 'Accept-Encoding': accepted });
        expect(coded.headers['content-encoding']).toBe(coding);
        expect(coded.headers['content-length']).toBe(String(coded.bytes.length));
        expect(coded.headers.vary).toBe('Accept-Encoding');
        const decoded =
          coding === 'br'
            ? brotliDecompressSync(coded.bytes)
            : coding === 'gzip'
              ? gunzipSync(coded.bytes)
              : coded.bytes;
        expect(decoded).toEqual(plain.bytes);
        const isOther = coding !== undefined;
        expect(coded.headers.etag !== plain.headers.etag).toBe(isOther);
        const again = await ask(server, {
          'Accept-Encoding': accepted,
          'If-None-Match': coded.headers.etag ?? '',
        });
        expect([again.status, again.headers.etag]).toEqual([304, coded.headers.etag]);
      }
    }),
  );

  it('has the id that the caller gave, and a line in the log', () =>
    withSales(async (server) => {
      await ask(server);
      const { headers } = await ask(server, { 'X-Request-Id': 'mine' });
      expect(headers['x-request-id']).toBe('mine');
      expect(server.log).toContainEqual(
        expect.objectContaining({
          msg: 'request',
          requestId: 'mine',
          method: 'GET',
          route: PATH,
          status: 200,
        }),
      );
    }));

  it('has no line of its own where there are more than a hundred a second, and is counted', () =>
    withSales(async (server) => {
      const REQUESTS = 400;
      await ask(server);
      await Promise.all(Array.from({ length: REQUESTS }, () => ask(server)));
      await new Promise((resume) => setTimeout(resume, 1_050));
      await ask(server);
      const lines = server.log.filter(({ route }) => route === PATH);
      const untold = lines.reduce((sum, line) => sum + Number(line['untold'] ?? 0), 0);
      expect(lines.length).toBeLessThan(REQUESTS);
      expect(lines.length + untold).toBe(REQUESTS + 2);
    }));

  it('comes from memory while the database is away, and is an honest 503 where there is none', () => {
    const away = { is: false };
    const store = new InMemoryStore();
    const queries = new InMemoryQueries(store);
    const { rankings } = queries;
    const orFail = async <T>(answer: () => Promise<T>): Promise<T> => {
      if (away.is) throw new DependencyUnavailable('away');
      return answer();
    };
    Object.assign(queries, {
      rankings: {
        version: () => orFail(() => rankings.version()),
        find: (...asked: Parameters<typeof rankings.find>) => orFail(() => rankings.find(...asked)),
      },
    });
    return withSales(
      async ({ call }) => {
        expect((await call('GET', PATH)).status).toBe(200);
        away.is = true;
        expect((await call('GET', PATH)).status).toBe(200);
        const refused = await call('GET', `${PATH}?days=9`);
        expect(refusalIn(refused)).toEqual([503, 'DEPENDENCY_UNAVAILABLE']);
        expect(refusalIn(await call('GET', `${PATH}/events?days=9`))[0]).toBe(503);
        away.is = false;
        expect((await call('GET', `${PATH}?days=9`)).status).toBe(200);
      },
      { store, ports: { queries } },
    );
  });

  it('is new at once after a roll-up in this process, for each length that is asked for', () =>
    withSales(async (server) => {
      const lengths = [1, 5, 50].map((limit) => `${PATH}?limit=${limit}`);
      for (const path of lengths) await ask(server, {}, { path });
      await sellAndCount(server, { 104: 9 });
      const { ahead } = server.server.counts().popular;
      for (const path of lengths) {
        const { body } = await server.call('GET', path);
        expect(names(body)[0]).toBe('모니터');
      }
      expect(server.server.counts().popular.ahead - ahead).toBe(lengths.length);
    }));

  it('shows a product as its operator has revised it', () =>
    withSales(async ({ call, tokens: { operator: token } }) => {
      expect(names((await call('GET', PATH)).body)[0]).toBe('무선 마우스');
      await call('PATCH', '/api/v1/admin/products/101', { token, body: { name: '새 마우스' } });
      const deadline = Date.now() + 5_000;
      while (names((await call('GET', PATH)).body)[0] !== '새 마우스') {
        expect(Date.now()).toBeLessThan(deadline);
      }
    }));

  it('counts as read by those who ask for it, and not by us who prepare it', () =>
    withSales(async (server) => {
      const { call, shop } = server;
      await call('GET', PATH);
      await call('GET', PATH);
      const before = shop.counts().popular.memory;
      await sellAndCount(server, { 107: 20 });
      expect(server.server.counts().popular.prepared).toBe(2);
      expect(shop.counts().popular.memory).toBe(before);
    }));

  it('is forgotten when nobody has asked for it over three roll-ups', () =>
    withSales(async (server) => {
      await ask(server, {}, { path: `${PATH}?limit=7` });
      for (const rollUp of [1, 2, 3, 4]) {
        await ask(server);
        await sellAndCount(server, { 107: rollUp });
      }
      expect(server.server.counts().popular.kept).toBe(1);
      expect((await ask(server, {}, { path: `${PATH}?limit=7` })).status).toBe(200);
    }));
});
