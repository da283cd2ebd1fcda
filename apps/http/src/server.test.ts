import { once } from 'node:events';
import { connect } from 'node:net';
import { DependencyUnavailable, type UnitOfWork } from '@jumun/application';
import { InMemoryStore, InMemoryUnitOfWork } from '@jumun/application/testing';
import { describe, expect, it } from '@jest/globals';
import {
  type MemoryServer,
  openServer,
  problemIn,
  refusalIn,
  type ServerOptions,
  withServer,
} from './testing/memory-server.js';
import { parseRaw, sendRaw } from './testing/raw-http.js';

/** A store whose transactions wait at a gate until it is opened. */
function gatedStore() {
  const store = new InMemoryStore();
  const inner = new InMemoryUnitOfWork(store);
  const gate = Promise.withResolvers<void>();
  const reached = Promise.withResolvers<void>();
  const unitOfWork: UnitOfWork = {
    async run(work) {
      reached.resolve();
      await gate.promise;
      return inner.run(work);
    },
  };
  return {
    options: { store, ports: { unitOfWork } },
    open: gate.resolve,
    reached: reached.promise,
  };
}

const charge = ({ call, tokens: { kim: token } }: MemoryServer) =>
  call('POST', '/api/v1/wallet/charges', { token, body: { amount: 1_000 } });

describe('Health', () => {
  it('is told to anybody', () =>
    withServer(async ({ call }) => {
      expect((await call('GET', '/livez')).body).toEqual({ status: 'alive' });
      const ready = await call('GET', '/readyz');
      expect([ready.status, ready.body]).toEqual([200, { status: 'ready' }]);
    }));

  const away = () => Promise.reject(new DependencyUnavailable('down'));
  it.each<[string, ServerOptions['deps']]>([
    ['is away', { probes: { database: away, queue: () => Promise.resolve() } }],
    [
      'fails at once',
      {
        probes: {
          database: () => {
            throw new Error('no');
          },
        },
      },
    ],
  ])('names the database when it %s, and the process is alive all the same', (_name, deps = {}) =>
    withServer(
      async ({ call }) => {
        const heard = await call('GET', '/readyz');
        expect(problemIn(heard)).toMatchObject({
          status: 503,
          code: 'NOT_READY',
          down: ['database'],
        });
        expect(heard.headers.get('retry-after')).toBe('1');
        expect((await call('GET', '/livez')).status).toBe(200);
      },
      { deps },
    ),
  );
});

describe('A server that warms itself up', () => {
  it('is not ready until it is done, and leaves nothing behind', () =>
    withServer(async ({ server, call, store, log, shop }) => {
      const { orders, wallets, walletEntries, coupons, deliveries, answers } = store;
      const rows = () =>
        [orders, wallets, walletEntries, coupons, deliveries, answers].map((table) => table.all());
      const before = rows();
      // However busy the machine is.
      const warming = server.warmUp(20_000);
      const early = await call('GET', '/readyz');
      expect(problemIn(early)).toMatchObject({ code: 'NOT_READY', down: ['warm-up'] });
      await warming;
      expect((await call('GET', '/readyz')).status).toBe(200);

      expect(rows()).toEqual(before);
      expect(shop.counts().orders.items).toBeGreaterThan(100);
      expect(log.filter(({ msg }) => msg === 'request').map(({ route }) => route)).toEqual([
        '/readyz',
        '/readyz',
      ]);
      const told = log.find(({ msg }) => msg === 'warmed up');
      expect(told?.['answered']).toBeGreaterThan(100);
    }));

  it('does without where the database is away', () =>
    withServer(
      async ({ server, shop }) => {
        await server.warmUp();
        expect(shop.counts().orders.items).toBe(0);
      },
      { deps: { probes: { database: () => Promise.reject(new DependencyUnavailable('down')) } } },
    ));
});

describe('A server with too much to do', () => {
  /** A server whose orders wait at a gate, with room for four in the queue: three new orders, and one payment more. */
  async function busyServer(use: (busy: MemoryServer, open: () => void) => Promise<void>) {
    const { options, open, reached } = gatedStore();
    const opened = await openServer({ ...options, desk: { maxQueued: 4 } });
    const { shop } = opened;
    const under: Promise<unknown>[] = [charge(opened)];
    await reached;
    const place = () =>
      opened.call('POST', '/api/v1/orders', {
        token: opened.tokens.kim,
        body: { items: [{ productId: 101, quantity: 1 }] },
      });
    try {
      under.push(place(), place(), place());
      while (!shop.isBusyWithOrders(true)) await new Promise((resume) => setImmediate(resume));
      await use(opened, open);
      open();
      await Promise.all(under);
    } finally {
      open();
      await opened.server.close();
    }
  }

  it('refuses new orders before it knows whose they are, and takes payments and reads', () =>
    busyServer(async ({ call, tokens, shop, log }, open) => {
      const refused = await call('POST', '/api/v1/orders/', { raw: '{nonsense' });
      expect(refusalIn(refused)).toEqual([503, 'SERVICE_BUSY']);
      expect(problemIn(refused)).toMatchObject({ instance: '/api/v1/orders/' });
      expect(refused.headers.get('retry-after')).toBe('1');
      expect(refused.headers.get('x-content-type-options')).toBe('nosniff');
      expect((await call('GET', '/api/v1/orders/1001', { token: tokens.kim })).status).toBe(404);
      expect((await call('PUT', '/api/v1/orders')).status).toBe(405);

      const paying = call('POST', '/api/v1/orders/1001/payment', { token: tokens.kim, body: {} });
      while (!shop.isBusyWithOrders(false)) await new Promise((resume) => setImmediate(resume));
      expect(refusalIn(await call('POST', '/api/v1/orders/1001/payment'))[1]).toBe('SERVICE_BUSY');
      expect(refusalIn(await call('POST', '/api/v1/wallet/charges'))[1]).toBe('SERVICE_BUSY');
      open();
      expect(refusalIn(await paying)).toEqual([404, 'ORDER_NOT_FOUND']);
      expect(log.map(({ msg }) => msg)).toContain('too busy: requests are refused');
    }));
});

describe('A server that stops', () => {
  it('answers the request that had begun, then hangs up, then closes the shop', async () => {
    const { options, open, reached } = gatedStore();
    const opened = await openServer(options);
    const inFlight = charge(opened);
    await reached;
    const closed = opened.server.close();
    await expect(opened.call('GET', '/livez')).rejects.toThrow('fetch failed');
    open();
    const answered = await inFlight;
    expect([answered.status, answered.headers.get('connection')]).toEqual([201, 'close']);
    await closed;
    const refused = await opened.shop.cancelOrder({ userId: 1, orderId: 1 } as never);
    expect(refused._unsafeUnwrapErr().code).toBe('SERVICE_BUSY');
  });

  it('is not ready for who was already asking', async () => {
    const { options, open, reached } = gatedStore();
    const opened = await openServer(options);
    const asking = connect(opened.port, '127.0.0.1').setEncoding('utf8');
    asking.write('GET /readyz HTTP/1.1\r\nHost: x\r\n');
    const inFlight = charge(opened);
    await reached;
    const closed = opened.server.close();
    asking.write('\r\n');
    const [heard] = (await once(asking, 'data')) as [string];
    const { status, headers, body } = parseRaw(heard);
    expect([status, headers.get('connection')]).toEqual([503, 'close']);
    expect(JSON.parse(body)).toMatchObject({ code: 'NOT_READY', down: ['server'] });
    open();
    await Promise.all([inFlight, closed]);
  });

  it('takes its leave first: not ready, still there for who comes, and then for who is there, once', async () => {
    const opened = await openServer({ deps: { graceMs: 300 } });
    const { call, server, port, log } = opened;
    const kept = connect(port, '127.0.0.1').setEncoding('utf8');
    await once(kept, 'connect');
    const closed = server.close();
    expect(refusalIn(await call('GET', '/readyz'))).toEqual([503, 'NOT_READY']);
    const charged = await charge(opened);
    // Who is sent to a new connection now may find the port closed under it.
    expect([charged.status, charged.headers.get('connection')]).toEqual([201, 'keep-alive']);

    // Nobody new is taken any more, and who is connected already may still ask.
    for (;;) {
      const isTaken = await call('GET', '/livez').then(
        () => true,
        () => false,
      );
      if (!isTaken) break;
    }
    kept.write('GET /livez HTTP/1.1\r\nHost: x\r\n\r\n');
    const [heard] = (await once(kept, 'data')) as [string];
    const { status, headers } = parseRaw(heard);
    expect([status, headers.get('connection')]).toEqual([200, 'close']);
    await closed;
    expect(log).toContainEqual(
      expect.objectContaining({ msg: 'not ready any more: requests are still answered' }),
    );
  });

  it('does not wait for connections that have nothing to say', async () => {
    const { server, port } = await openServer();
    const idle = connect(port, '127.0.0.1');
    await once(idle, 'connect');
    const answered = connect(port, '127.0.0.1');
    answered.write('GET /livez HTTP/1.1\r\nHost: x\r\n\r\n');
    await once(answered, 'data');
    const hungUp = Promise.all([idle, answered].map((socket) => once(socket.resume(), 'close')));
    await Promise.all([server.close(), server.close(), hungUp]);
    await expect(sendRaw(port, '')).rejects.toThrow('ECONNREFUSED');
  });

  it('cuts off what takes too long', async () => {
    const { options, open, reached } = gatedStore();
    const opened = await openServer({ ...options, deps: { closeWithinMs: 20 } });
    const inFlight = charge(opened);
    const ended = Promise.allSettled([inFlight]);
    await reached;
    await opened.server.close();
    expect(await ended).toMatchObject([
      { status: 'rejected', reason: { message: 'fetch failed' } },
    ]);
    expect(opened.log).toContainEqual(
      expect.objectContaining({ msg: expect.stringContaining('too long') }),
    );
    open();
  });
});

describe('The log', () => {
  it('has one line for each request, without secrets, bodies or queries', () =>
    withServer(async (opened) => {
      await charge(opened);
      await opened.call('GET', '/api/v1/products?q=secret');
      const lines = opened.log.filter(({ msg }) => msg === 'request');
      const durationMs = expect.any(Number);
      const requestId = expect.any(String);
      expect(lines).toEqual([
        expect.objectContaining({
          requestId,
          method: 'POST',
          route: '/api/v1/wallet/charges',
          status: 201,
          durationMs,
          userId: 1,
        }),
        expect.objectContaining({
          requestId,
          method: 'GET',
          route: '/api/v1/products',
          durationMs,
        }),
      ]);
      expect(JSON.stringify(opened.log)).not.toMatch(/secret|Bearer|amount|eyJ/);
    }));

  it('says which port was chosen', () =>
    withServer(async ({ log, port }) => {
      expect(log[0]).toMatchObject({ msg: 'listening', port });
    }));
});
