import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { type MemoryServer, withServer } from '../testing/memory-server.js';
import { parseRaw, sendRaw } from '../testing/raw-http.js';
import { SECURITY_HEADERS } from './security-headers.js';

const tooLarge = (method: string): string =>
  `${method} /livez HTTP/1.1\r\nHost: shop\r\nX-Request-Id: their-own\r\nX-Long: ${'x'.repeat(20_000)}\r\n\r\n`;

/** The whole of a request that never comes whole. */
const HALF = 'GET /livez HTTP/1.1\r\nHost: shop\r\n';

const UNREADABLE: readonly (readonly [
  what: string,
  bytes: string,
  status: number,
  code: string,
])[] = [
  ['not HTTP at all', 'hello\r\n\r\n', 400, 'MALFORMED_REQUEST'],
  ['the beginning of TLS', '\x16\x03\x01\x02\x00\x01\x00', 400, 'MALFORMED_REQUEST'],
  ['HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400, 'MALFORMED_REQUEST'],
  ['without a host', 'GET /livez HTTP/1.1\r\nConnection: close\r\n\r\n', 400, 'MALFORMED_REQUEST'],
  [
    'of two lengths',
    'POST /api/v1/orders HTTP/1.1\r\nHost: shop\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}',
    400,
    'MALFORMED_REQUEST',
  ],
  [
    'of pieces without a length',
    'POST /api/v1/orders HTTP/1.1\r\nHost: shop\r\nTransfer-Encoding: chunked\r\n\r\nnonsense\r\n',
    400,
    'MALFORMED_REQUEST',
  ],
  ['with too much of a header', tooLarge('GET'), 431, 'HEADERS_TOO_LARGE'],
  ['that does not end', HALF, 408, 'REQUEST_TIMEOUT'],
  [
    'whose body does not come',
    'POST /api/v1/dev/tokens HTTP/1.1\r\nHost: shop\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{',
    408,
    'REQUEST_TIMEOUT',
  ],
  [
    'that wants a way through us',
    'CONNECT shop.example:443 HTTP/1.1\r\nHost: shop.example:443\r\n\r\n',
    404,
    'ROUTE_NOT_FOUND',
  ],
];

/** A request that is answered before its body is looked at, up to the body. */
const PIECES = 'GET /livez HTTP/1.1\r\nHost: shop\r\nTransfer-Encoding: chunked\r\n\r\n';

const statusesIn = (heard: string): (string | undefined)[] =>
  [...heard.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status);

/** Resolves once `condition` holds. */
async function until(what: string, condition: () => boolean): Promise<void> {
  for (const began = performance.now(); !condition(); await sleep(5)) {
    if (performance.now() - began > 5_000) throw new Error(`${what}: not in time`);
  }
}

/** Nobody has time here. */
const hasty = (use: (server: MemoryServer) => Promise<void>) =>
  withServer(use, {
    deps: {
      timeouts: { headersTimeout: 200, requestTimeout: 200, connectionsCheckingInterval: 20 },
    },
  });

describe('What is no request', () => {
  it.each(UNREADABLE)('%s: gets an answer like any other', (_what, bytes, status, code) =>
    hasty(async ({ port }) => {
      const heard = parseRaw(await sendRaw(port, bytes));
      const problem = JSON.parse(heard.body) as Record<string, unknown>;
      expect([heard.status, problem['status'], problem['code']]).toEqual([status, status, code]);
      expect(problem['type']).toBe(`/docs/problems/${code}`);
      expect(problem['requestId']).toBe(heard.headers.get('x-request-id'));
      const given = [...heard.headers].map(([name]) => name);
      const security = SECURITY_HEADERS.filter((_text, at) => at % 2 === 0);
      for (const name of security) expect(given).toContain(name.toLowerCase());
      expect(Object.fromEntries(heard.headers)).toMatchObject({
        'content-type': 'application/problem+json',
        'cache-control': 'no-store',
        connection: 'close',
        date: expect.stringContaining('GMT'),
      });
    }),
  );

  it('keeps the id that it has, and is in the log by it', () =>
    withServer(async ({ port, log }) => {
      const { headers } = parseRaw(await sendRaw(port, tooLarge('GET')));
      expect(headers.get('x-request-id')).toBe('their-own');
      expect(log).toContainEqual(
        expect.objectContaining({ requestId: 'their-own', code: 'HEADERS_TOO_LARGE' }),
      );
    }));

  it.each(['a b', 'x'.repeat(200), '\u00e4'])('gets an id of ours instead of %j', (id) =>
    withServer(async ({ port }) => {
      const bytes = `GET /livez HTTP/1.1\r\nX-Request-Id: ${id}\r\n broken\x00\r\n\r\n`;
      const { headers } = parseRaw(await sendRaw(port, bytes));
      expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    }),
  );

  it('gets no body when it was a HEAD: a client would take it for the next answer', () =>
    withServer(async ({ port }) => {
      const { status, headers, body } = parseRaw(await sendRaw(port, tooLarge('HEAD')));
      expect([status, headers.get('connection'), body]).toEqual([431, 'close', '']);
    }));

  it.each(['nonsense\r\n\r\n', 'CONNECT x:1 HTTP/1.1\r\nHost: x:1\r\n\r\n'])(
    'is answered after what came before it on its connection, and not in its place: %j',
    (after) =>
      withServer(async ({ port, tokens, store }) => {
        const body = '{"amount":1000}';
        const charge = [
          'POST /api/v1/wallet/charges HTTP/1.1',
          'Host: shop',
          `Authorization: Bearer ${tokens.kim}`,
          'Content-Type: application/json',
          `Content-Length: ${body.length}`,
          '',
          body,
        ].join('\r\n');
        const heard = await sendRaw(port, charge + after);
        expect(statusesIn(heard)).toEqual(['201', after.startsWith('CONNECT') ? '404' : '400']);
        expect(store.walletEntries.all()).toHaveLength(1);
      }),
  );

  it('says nothing more where its answer was sent already', () =>
    hasty(async ({ port }) => {
      const early = 'GET /livez HTTP/1.1\r\nHost: shop\r\nContent-Length: 9\r\n\r\n';
      const heard = await sendRaw(port, early);
      expect(heard.match(/HTTP\/1\.1/g)).toHaveLength(1);
      expect(parseRaw(heard).status).toBe(200);
    }));

  it('loses nothing that is to be answered before it, where its own answer is ready already', async () => {
    const [asked, held] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const database = (): Promise<void> => {
      asked.resolve();
      return held.promise;
    };
    await withServer(
      async ({ port, server, call }) => {
        const socket = connect(port, '127.0.0.1');
        const heard = text(socket);
        socket.write(`GET /readyz HTTP/1.1\r\nHost: shop\r\n\r\n${PIECES}`);
        await asked.promise;
        // By the time that this one is answered, the one before it is.
        await call('GET', '/livez');
        socket.write('nonsense\r\n');
        await until('it is found to be broken', () => server.counts().malformed === 1);
        held.resolve();
        expect(statusesIn(await heard)).toEqual(['200', '200']);
      },
      { deps: { probes: { database } } },
    );
  });

  it('is answered once where it comes in one piece with what is before it', () =>
    withServer(async ({ port }) => {
      const heard = await sendRaw(
        port,
        `GET /readyz HTTP/1.1\r\nHost: shop\r\n\r\n${PIECES}nonsense\r\n`,
      );
      expect(statusesIn(heard)).toHaveLength(2);
    }));

  it('does no harm when its client is gone before the answer', () =>
    withServer(async ({ port, call }) => {
      for (const bytes of ['CONNECT x:1 HTTP/1.1\r\nHost: x:1\r\n\r\n', 'nonsense\r\n\r\n']) {
        for (let times = 0; times < 20; times += 1) {
          const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
          socket.on('error', () => {});
          await new Promise((resume) => socket.once('connect', resume));
          socket.resetAndDestroy();
        }
      }
      expect((await call('GET', '/livez')).status).toBe(200);
    }));
});

describe('Whoever wants a way through us', () => {
  it('is hung up on, also where they stay and go on talking', async () => {
    await withServer(async ({ port, server, call }) => {
      const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
      socket.on('error', () => {});
      socket.write('CONNECT shop.example:443 HTTP/1.1\r\nHost: shop.example:443\r\n\r\nhello');
      socket.resume();
      await once(socket, 'end');
      try {
        await until('they are hung up on', () => server.counts().connections === 0);
        // The server itself goes on.
        expect((await call('GET', '/livez')).status).toBe(200);
      } finally {
        socket.destroy();
      }
    });
  });
});
