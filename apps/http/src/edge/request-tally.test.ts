import { describe, expect, it } from '@jest/globals';
import { DependencyUnavailable } from '@jumun/application';
import { withServer } from '../testing/memory-server.js';
import { sendRaw } from '../testing/raw-http.js';
import { RequestTally } from './request-tally.js';

describe('A tally of requests', () => {
  it('counts by route, method and status, and how long they took', () => {
    const tally = new RequestTally();
    tally.note('/a', 'GET', 200, 3);
    tally.note('/a', 'GET', 200, 30);
    tally.note('/a', 'GET', 404, 1);
    tally.note('/a', 'POST', null, 1);
    const { routes } = tally.counts();
    expect(routes.map(({ route, method, byStatus }) => [route, method, byStatus])).toEqual([
      [
        '/a',
        'GET',
        [
          ['200', 2],
          ['404', 1],
        ],
      ],
      ['/a', 'POST', [['aborted', 1]]],
    ]);
    expect(routes[0]?.tookMs).toMatchObject({ count: 3, sum: 34 });
  });

  it('does not grow with what clients make up', () => {
    const tally = new RequestTally();
    for (const method of ['PURGE', 'LINK', 'MKCOL', undefined])
      tally.note(undefined, method, 404, 1);
    expect(tally.counts().routes).toMatchObject([
      { route: 'none', method: 'other', byStatus: [['404', 4]] },
    ]);
  });
});

describe('A server', () => {
  const countedBy = (server: { counts(): { requests: ReturnType<RequestTally['counts']> } }) =>
    server
      .counts()
      .requests.routes.flatMap(({ route, method, byStatus }) =>
        byStatus.map(([status, count]) => `${method} ${route} ${status} ${count}`),
      )
      .toSorted();

  it('counts every request by the pattern of its path, whoever answers it', () =>
    withServer(async ({ server, call, port }) => {
      await call('GET', '/api/v1/products/popular');
      await call('GET', '/api/v1/products/popular');
      await call('GET', '/api/v1/products/101');
      await call('GET', '/api/v1/products/102');
      await call('GET', '/api/v1/orders/7');
      await call('PUT', '/api/v1/orders');
      await call('GET', '/nothing/7');
      await sendRaw(port, 'nonsense\r\n\r\n');
      expect(countedBy(server)).toEqual([
        'GET /api/v1/orders/:id 401 1',
        'GET /api/v1/products/:id 200 2',
        'GET /api/v1/products/popular 200 2',
        'GET none 404 1',
        'other /api/v1/orders 405 1',
      ]);
      expect(server.counts()).toMatchObject({ malformed: 1, requests: { inFlight: 0 } });
    }));

  it('does not count where it is told not to', () =>
    withServer(
      async ({ server, call }) => {
        await call('GET', '/livez');
        expect(countedBy(server)).toEqual([]);
      },
      { deps: { isCounted: false } },
    ));

  it('names what it needs, and what of it is down', () =>
    withServer(
      async ({ server }) => {
        expect(await server.readiness()).toEqual({
          needed: ['database', 'queue'],
          down: ['database'],
        });
      },
      {
        deps: {
          probes: {
            database: () => Promise.reject(new DependencyUnavailable('down')),
            queue: () => Promise.resolve(),
          },
        },
      },
    ));
});
