import { describe, expect, it } from '@jest/globals';
import { DependencyUnavailable } from '@jumun/application';
import { InMemoryQueries, InMemoryStore } from '@jumun/application/testing';
import { type MemoryServer, refusalIn, withServer } from '../testing/memory-server.js';

const ADMIN = '/api/v1/admin';

const look = ({ call, tokens: { operator: token } }: MemoryServer, path: string) =>
  call('GET', `${ADMIN}${path}`, { token });

/** A customer tops up and orders mice; the ids of the orders, each paid unless told otherwise. */
async function buys(
  { call, tokens }: MemoryServer,
  who: 'kim' | 'lee',
  orders: number,
  pays = true,
): Promise<readonly number[]> {
  const token = tokens[who];
  const ids: number[] = [];
  await call('POST', '/api/v1/wallet/charges', { token, body: { amount: 1_000_000 } });
  for (let order = 0; order < orders; order += 1) {
    const body = { items: [{ productId: 101, quantity: 1 }] };
    const placed = await call('POST', '/api/v1/orders', { token, body });
    ids.push(placed.body.id);
    if (pays) await call('POST', `/api/v1/orders/${placed.body.id}/payment`, { token });
  }
  return ids;
}

const idsOf = ({ body }: { body: { items: readonly { id: number }[] } }): readonly number[] =>
  body.items.map(({ id }) => id);

describe("Everybody's orders", () => {
  it('are shown to an operator, newest first, with whose they are', () =>
    withServer(async (server) => {
      const [first] = await buys(server, 'kim', 1);
      const [second] = await buys(server, 'lee', 1, false);
      const { status, body } = await look(server, '/orders');
      expect(status).toBe(200);
      expect(body).toMatchObject({
        items: [
          { id: second, userId: 2, status: 'PENDING', total: 25_000, paidAt: null },
          { id: first, userId: 1, status: 'COMPLETED', items: [{ name: '무선 마우스' }] },
        ],
        nextCursor: null,
      });
    }));

  it('are narrowed to a customer and a status, page by page', () =>
    withServer(async (server) => {
      const kims = await buys(server, 'kim', 3);
      const [lees] = await buys(server, 'lee', 1);
      const [open] = await buys(server, 'lee', 1, false);
      expect(idsOf(await look(server, '/orders?userId=2'))).toEqual([open, lees]);
      expect(idsOf(await look(server, '/orders?userId=2&status=PENDING'))).toEqual([open]);
      const page = await look(server, '/orders?status=COMPLETED&limit=3');
      expect(idsOf(page)).toEqual([lees, kims[2], kims[1]]);
      const rest = await look(
        server,
        `/orders?status=COMPLETED&limit=3&cursor=${page.body.nextCursor}`,
      );
      expect(idsOf(rest)).toEqual([kims[0]]);
      expect(idsOf(await look(server, '/orders?userId='))).toHaveLength(5);
    }));

  it('past their time are PENDING no more, and EXPIRED once they were tidied up', () =>
    withServer(async (server) => {
      const [late] = await buys(server, 'kim', 1, false);
      server.clock.advance(900_000);
      expect(idsOf(await look(server, '/orders?status=PENDING'))).toEqual([]);
      expect((await look(server, '/orders')).body.items).toMatchObject([{ status: 'EXPIRED' }]);
      await server.shop.expireOrders();
      expect(idsOf(await look(server, '/orders?status=EXPIRED'))).toEqual([late]);
    }));

  it.each(['status=LOST', 'userId=kim', 'userId=0', 'cursor=x', 'limit=101'])(
    'are not to be had by %s',
    (query) =>
      withServer(async (server) => {
        expect(refusalIn(await look(server, `/orders?${query}`))).toEqual([
          400,
          'VALIDATION_FAILED',
        ]);
      }),
  );
});

describe('The shelves', () => {
  it('show an operator all pieces, and how many of them are held', () =>
    withServer(async (server) => {
      await buys(server, 'kim', 2, false);
      await buys(server, 'lee', 1);
      const { body } = await look(server, `/products?q=${encodeURIComponent('무선 마우스')}`);
      expect(body.items).toEqual([
        expect.objectContaining({
          id: 101,
          price: 25_000,
          stock: 47,
          onHand: 49,
          reserved: 2,
          description: expect.any(String),
        }),
      ]);
      const all = await look(server, '/products?page=2&size=2');
      expect(all.body).toMatchObject({ page: 2, size: 2, total: expect.any(Number) });
      expect(all.body.items).toHaveLength(2);
    }));
});

describe('All campaigns', () => {
  it('are shown to an operator, past and coming ones too, newest first', () =>
    withServer(async (server) => {
      const { call, tokens } = server;
      const open = async (name: string, startsAt: string, endsAt: string): Promise<void> => {
        const terms = { name, discountRate: 10, totalQuantity: 5, couponValidDays: 7 };
        const body = { ...terms, startsAt, endsAt };
        const token = tokens.operator;
        expect((await call('POST', `${ADMIN}/coupon-campaigns`, { token, body })).status).toBe(201);
      };
      await open('지난 할인', '2024-01-01T00:00:00Z', '2024-01-02T00:00:00Z');
      await open('다음 할인', '2024-02-01T00:00:00Z', '2024-02-02T00:00:00Z');
      await call('POST', '/api/v1/coupon-campaigns/501/coupons', { token: tokens.kim });
      const all = await look(server, '/coupon-campaigns?limit=100');
      expect(all.body.nextCursor).toBeNull();
      expect(idsOf(all)).toEqual(idsOf(all).toSorted((a, b) => b - a));
      const campaign = (name: string) =>
        all.body.items.find((each: { readonly name: string }) => each.name === name);
      expect(campaign('다음 할인')).toMatchObject({
        state: 'UPCOMING',
        issuedQuantity: 0,
        couponValidDays: 7,
      });
      expect(campaign('지난 할인')).toMatchObject({ state: 'ENDED', remainingQuantity: 5 });
      expect(all.body.items).toContainEqual(
        expect.objectContaining({
          id: 501,
          state: 'RUNNING',
          issuedQuantity: 1,
          remainingQuantity: 99,
        }),
      );
      const first = await look(server, '/coupon-campaigns?limit=2');
      const rest = await look(
        server,
        `/coupon-campaigns?limit=100&cursor=${first.body.nextCursor}`,
      );
      expect([...idsOf(first), ...idsOf(rest)]).toEqual(idsOf(all));
    }));
});

describe('The books', () => {
  it('are shown to an operator, and agree', () =>
    withServer(async (server) => {
      await buys(server, 'kim', 1);
      await buys(server, 'lee', 1, false);
      const { status, body } = await look(server, '/books');
      expect(status).toBe(200);
      expect(body).toMatchObject({
        countedAt: '2024-01-17T03:00:00.000Z',
        agrees: true,
        wallets: { count: 2, balance: 1_975_000 },
        ledger: { charged: 2_000_000, paid: -25_000, refunded: 0, balance: 1_975_000 },
        revenue: 25_000,
      });
      expect(body.checks).toHaveLength(8);
      expect(body.stock).toMatchObject({ held: 1, sold: 1 });
    }));

  it('are added up once, however many ask', () => {
    const store = new InMemoryStore();
    const queries = new InMemoryQueries(store);
    let looks = 0;
    const totals: typeof queries.audit.totals = (now) => {
      looks += 1;
      return queries.audit.totals(now);
    };
    const counting = Object.assign(new InMemoryQueries(store), { audit: { totals } });
    return withServer(
      async (server) => {
        const asked = Array.from({ length: 50 }, () => look(server, '/books'));
        expect((await Promise.all(asked)).map(({ status }) => status)).toEqual(
          asked.map(() => 200),
        );
        expect(looks).toBe(1);
      },
      { store, ports: { queries: counting } },
    );
  });
});

describe('The overview', () => {
  it('tells how the process does: what customers got done, and how', () =>
    withServer(async (server) => {
      await buys(server, 'kim', 2);
      await server.call('GET', '/api/v1/orders/999', { token: server.tokens.kim });
      const { status, body } = await look(server, '/overview');
      expect(status).toBe(200);
      expect(body.accepted).toEqual({
        chargeWallet: 1,
        placeOrder: 2,
        payOrder: 2,
        cancelOrder: 0,
        issueCoupon: 0,
      });
      const [orders] = body.desks;
      expect(orders).toMatchObject({ name: 'orders', items: 5, queued: 0 });
      expect(orders.batchSize.count).toBe(orders.batches);
      const read = body.requests.routes.find(
        ({ route, method }: { route: string; method: string }) =>
          method === 'GET' && route === '/api/v1/orders/:id',
      );
      expect(read).toMatchObject({ requests: 1, refused: 1, failed: 0 });
      expect(body.requests.tookMs.count).toBe(6);
      expect(body.requests.inFlight).toBe(1);
      expect(body.deliveries).toEqual({
        waiting: { pending: 2, failed: 0, oldestAt: '2024-01-17T03:00:00.000Z' },
        relay: null,
      });
    }));

  it('names the process, and tells from the second time on how late its event loop is', () =>
    withServer(async (server) => {
      const first = (await look(server, '/overview')).body;
      expect(first.loop.lateMs).toBeNull();
      // The watch looks at the loop every 10 ms.
      while ((await look(server, '/overview')).body.loop.lateMs === null);
      const later = (await look(server, '/overview')).body;
      expect(later.instance).toBe(first.instance);
      expect(later.loop.activeMs).toBeGreaterThanOrEqual(first.loop.activeMs);
      await withServer(async (another) => {
        expect((await look(another, '/overview')).body.instance).not.toBe(first.instance);
      });
    }));

  it('goes on while the database is away', () => {
    const store = new InMemoryStore();
    const queries = new InMemoryQueries(store);
    const deliveries = {
      ...queries.deliveries,
      backlog: () => Promise.reject(new DependencyUnavailable('the database is away')),
    };
    const away = Object.assign(new InMemoryQueries(store), { deliveries });
    return withServer(
      async (server) => {
        const { status, body } = await look(server, '/overview');
        expect([status, body.deliveries.waiting]).toEqual([200, null]);
      },
      { store, ports: { queries: away } },
    );
  });

  it('has no requests where they are not counted', () =>
    withServer(
      async (server) => {
        expect((await look(server, '/overview')).body.requests).toBeNull();
      },
      { deps: { isCounted: false } },
    ));
});
