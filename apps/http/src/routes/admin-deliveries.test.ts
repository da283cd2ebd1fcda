import { describe, expect, it } from '@jest/globals';
import { type MemoryServer, problemIn, refusalIn, withServer } from '../testing/memory-server.js';

const PATH = '/api/v1/admin/deliveries';

/** 김철수 buys as many mice, one after another; nobody sends what there is to tell of it. */
async function sell({ call, tokens: { kim: token } }: MemoryServer, orders: number): Promise<void> {
  await call('POST', '/api/v1/wallet/charges', { token, body: { amount: 1_000_000 } });
  for (let order = 0; order < orders; order += 1) {
    const body = { items: [{ productId: 101, quantity: 1 }] };
    const placed = await call('POST', '/api/v1/orders', { token, body });
    const paid = await call('POST', `/api/v1/orders/${placed.body.id}/payment`, { token });
    expect(paid.status).toBe(201);
  }
}

/** Makes messages what a relay would make them. */
const settle = (
  { ports }: MemoryServer,
  status: 'DELIVERED' | 'FAILED',
  ...ids: readonly number[]
): Promise<void> =>
  ports.unitOfWork.run(async ({ deliveries }) => {
    type Id = Parameters<typeof deliveries.lockMany>[0][number];
    const own = ids.map((id) => id as Id);
    await deliveries.lockMany(own);
    await deliveries.lease(own, ports.clock.now());
    await deliveries.saveMany(
      own.map((id) => ({
        id,
        status,
        lastError: status === 'FAILED' ? 'answered 410' : null,
        nextAttemptAt: null,
        deliveredAt: status === 'DELIVERED' ? ports.clock.now() : null,
      })),
    );
  });

describe('The messages to the data platform', () => {
  it('are shown to an operator, newest first, with what became of them and not what they say', () =>
    withServer(async (server) => {
      await sell(server, 3);
      await settle(server, 'DELIVERED', 1);
      await settle(server, 'FAILED', 2);
      const token = server.tokens.operator;
      const all = await server.call('GET', PATH, { token });
      const type = 'jumun.order.completed.v1';
      const noon = '2024-01-17T03:00:00.000Z';
      expect([all.status, all.body]).toEqual([
        200,
        {
          items: [
            {
              id: 3,
              orderId: expect.any(Number),
              type,
              status: 'PENDING',
              attempts: 0,
              lastError: null,
              nextAttemptAt: noon,
              deliveredAt: null,
            },
            expect.objectContaining({
              id: 2,
              status: 'FAILED',
              attempts: 1,
              lastError: 'answered 410',
              nextAttemptAt: null,
            }),
            expect.objectContaining({ id: 1, status: 'DELIVERED', deliveredAt: noon }),
          ],
          nextCursor: null,
        },
      ]);
      const failed = await server.call('GET', `${PATH}?status=FAILED`, { token });
      expect(failed.body.items).toEqual([all.body.items[1]]);
    }));

  it('come page by page', () =>
    withServer(async (server) => {
      await sell(server, 3);
      const token = server.tokens.operator;
      const first = await server.call('GET', `${PATH}?limit=2`, { token });
      expect(first.body.items.map(({ id }: { id: number }) => id)).toEqual([3, 2]);
      const cursor = String(first.body.nextCursor);
      const next = await server.call('GET', `${PATH}?limit=2&cursor=${cursor}`, { token });
      expect(next.body).toMatchObject({ items: [{ id: 1 }], nextCursor: null });
    }));

  it('are sent again when an operator says so: all that are FAILED, or those that are named', () =>
    withServer(async (server) => {
      await sell(server, 4);
      await settle(server, 'FAILED', 1, 2);
      await settle(server, 'DELIVERED', 3);
      const token = server.tokens.operator;
      const replay = (body?: unknown, headers = {}) =>
        server.call('POST', `${PATH}/replay`, { token, body, headers });
      const named = await replay({ ids: [3, 4, 999] });
      expect([named.status, named.body]).toEqual([202, { requeued: 1 }]);
      const key = { 'idempotency-key': 'replay-1' };
      const all = await replay({}, key);
      expect([all.status, all.body]).toEqual([202, { requeued: 2 }]);
      const again = await replay({}, key);
      expect([again.status, again.body]).toEqual([202, { requeued: 2 }]);
      expect(again.headers.get('idempotency-replayed')).toBe('true');
      expect((await replay()).body).toEqual({ requeued: 0 });
      const shown = await server.call('GET', `${PATH}?status=PENDING`, { token });
      expect(shown.body.items).toHaveLength(4);
    }));

  it('are none of a customer’s business', () =>
    withServer(async ({ call, tokens }) => {
      for (const [method, path] of [
        ['GET', PATH],
        ['POST', `${PATH}/replay`],
      ] as const) {
        expect(refusalIn(await call(method, path))).toEqual([401, 'UNAUTHENTICATED']);
        expect(refusalIn(await call(method, path, { token: tokens.kim }))).toEqual([
          403,
          'FORBIDDEN',
        ]);
      }
    }));

  it.each([
    ['GET', '?status=LOST', undefined],
    ['GET', '?cursor=nonsense', undefined],
    ['GET', '?limit=101', undefined],
    ['POST', '/replay', { ids: [0] }],
    ['POST', '/replay', { ids: ['1'] }],
    ['POST', '/replay', { ids: Array.from({ length: 1_001 }, (_, at) => at + 1) }],
    ['POST', '/replay', { all: true }],
  ])('are not to be had by %s %s with %j', (method, rest, body) =>
    withServer(async ({ call, tokens: { operator: token } }) => {
      const heard = await call(method, `${PATH}${rest}`, { token, body });
      expect(problemIn(heard)).toMatchObject({ status: 400, code: 'VALIDATION_FAILED' });
    }),
  );
});
