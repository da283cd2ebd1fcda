import { describe, expect, it } from '@jest/globals';
import { ApiClient, type Waiting } from './client.js';
import { Connection } from './connection.js';
import { ServerClock } from './server-clock.js';
import {
  type Asked,
  FakeSurroundings,
  json,
  problem,
  type Reaction,
} from './testing/fake-surroundings.js';

const PENDING = { id: 1001, status: 'PENDING' };
const ORDER = { body: { items: [{ productId: 101, quantity: 1 }] } };

/** A page that talks to a shop which reacts like this; its session has one more token to give. */
function pageOf(react: (asked: Asked, nth: number) => Reaction, fresh: string | null = 'second') {
  const surroundings = new FakeSurroundings(react);
  const connection = new Connection(surroundings);
  const clock = new ServerClock(surroundings.now);
  let token: string | null = 'first';
  const renew = async () => {
    token = fresh;
    return fresh;
  };
  const api = new ApiClient(surroundings, { token: () => token, renew }, connection, clock);
  return { api, clock, connection, surroundings };
}

/** The shop of these reactions, one after another; the last one stays. */
const inTurn =
  (...reactions: readonly (() => Reaction)[]) =>
  (_: Asked, nth: number): Reaction => {
    const reaction = reactions[Math.min(nth, reactions.length) - 1];
    if (reaction === undefined) throw new Error('No reaction');
    return reaction();
  };

const order = (page: ReturnType<typeof pageOf>, options: object = {}) =>
  page.api.post('/api/v1/orders', ORDER, { key: 'k-1', ...options });

describe('The client of the pages', () => {
  it('fills in the path and the query, and sends the token', async () => {
    const page = pageOf(() => json(200, { items: [] }));
    await page.api.get('/api/v1/products/{id}', { path: { id: 101 } });
    await page.api.get('/api/v1/products', { query: { q: '무선 마우스', page: 2 } });
    expect(page.surroundings.asked).toMatchObject([
      { method: 'GET', url: '/api/v1/products/101', headers: { Authorization: 'Bearer first' } },
      {
        url: `/api/v1/products?q=${encodeURIComponent('무선 마우스').replaceAll('%20', '+')}&page=2`,
      },
    ]);
    expect(page.surroundings.asked[0]?.headers).not.toHaveProperty('Idempotency-Key');
  });

  it('answers a value, or a refusal with its members, and asks once for either', async () => {
    const page = pageOf(
      inTurn(
        () => json(201, PENDING),
        () => problem(400, 'OUT_OF_STOCK'),
      ),
    );
    expect(await order(page)).toEqual({ ok: true, value: PENDING });
    expect(await order(page)).toMatchObject({ ok: false, refusal: { code: 'OUT_OF_STOCK' } });
    expect(page.surroundings.asked).toHaveLength(2);
  });

  it.each([
    ['RATE_LIMITED', 429],
    ['SERVICE_BUSY', 503],
    ['DEPENDENCY_UNAVAILABLE', 503],
    ['OUTCOME_UNKNOWN', 503],
  ])('after %s tries again with the same key, when Retry-After is over', async (code, status) => {
    const page = pageOf(
      inTurn(
        () => problem(status, code, { 'retry-after': '3' }),
        () => json(201, PENDING),
      ),
    );
    const told: (Waiting | null)[] = [];
    const answer = order(page, { onWait: (waiting: Waiting | null) => told.push(waiting) });
    await page.surroundings.pass(2_999);
    expect(page.surroundings.asked).toHaveLength(1);
    expect(told).toMatchObject([{ hindrance: code, tries: 1 }]);
    await page.surroundings.pass(1_000);
    expect(await answer).toEqual({ ok: true, value: PENDING });
    expect(page.surroundings.asked.map(({ headers }) => headers['Idempotency-Key'])).toEqual([
      'k-1',
      'k-1',
    ]);
    expect(told.at(-1)).toBeNull();
  });

  it('waits for a lost connection to heal and goes on with the same key', async () => {
    let isReachable = false;
    const page = pageOf(() => (isReachable ? json(201, PENDING) : 'lost'));
    const answer = order(page);
    await page.surroundings.pass(60_000);
    expect(page.connection.current).toBe('lost');
    // One order was tried; since then only whether the shop lives is asked.
    const urls = page.surroundings.asked.map(({ url }) => url);
    expect(urls.filter((url) => url === '/api/v1/orders')).toHaveLength(1);
    isReachable = true;
    await page.surroundings.pass(10_000);
    expect(await answer).toEqual({ ok: true, value: PENDING });
    expect(page.connection.current).toBe('well');
    expect(page.surroundings.asked.at(-1)).toMatchObject({
      url: '/api/v1/orders',
      headers: { 'Idempotency-Key': 'k-1' },
    });
  });

  it.each([
    ['a connection that hangs', (): Reaction => 'silent'],
    ['the error page of a gateway', (): Reaction => new Response('<h1>502</h1>', { status: 502 })],
  ])('takes %s for a lost connection', async (_, reaction) => {
    let isFirst = true;
    const page = pageOf(({ url }) => {
      if (url === '/livez') return json(200, {});
      if (!isFirst) return json(201, PENDING);
      isFirst = false;
      return reaction();
    });
    const seen: string[] = [];
    page.connection.watch((state) => seen.push(state));
    const answer = order(page);
    await page.surroundings.pass(30_000);
    expect(await answer).toEqual({ ok: true, value: PENDING });
    expect(seen).toEqual(['lost', 'well']);
  });

  it('can be given up, and then says whether something may be done', async () => {
    const busy = pageOf(() => problem(503, 'SERVICE_BUSY', { 'retry-after': '1' }));
    const lost = pageOf(() => 'lost');
    for (const [page, hindrance, mayBeDone] of [
      [busy, 'SERVICE_BUSY', false],
      [lost, 'CONNECTION_LOST', true],
    ] as const) {
      const person = new AbortController();
      const answer = order(page, { signal: person.signal });
      await page.surroundings.pass(100);
      person.abort();
      expect(await answer).toEqual({
        ok: false,
        refusal: { code: 'GIVEN_UP', hindrance, mayBeDone },
      });
    }
  });

  it('sends nothing for whoever left before', async () => {
    const page = pageOf(() => json(201, PENDING));
    const answer = await order(page, { signal: AbortSignal.abort() });
    expect(answer).toMatchObject({ refusal: { code: 'GIVEN_UP', mayBeDone: false } });
    expect(page.surroundings.asked).toEqual([]);
  });

  it('asks for another token once, and goes on with the same key', async () => {
    const page = pageOf(({ headers }) =>
      headers['Authorization'] === 'Bearer second'
        ? json(201, PENDING)
        : problem(401, 'UNAUTHENTICATED'),
    );
    expect(await order(page)).toEqual({ ok: true, value: PENDING });
    expect(page.surroundings.asked.map(({ headers }) => headers['Idempotency-Key'])).toEqual([
      'k-1',
      'k-1',
    ]);
  });

  it.each([
    ['there is no other token', null],
    ['the other one is refused too', 'third'],
  ])('says UNAUTHENTICATED where %s', async (_, fresh) => {
    const page = pageOf(() => problem(401, 'UNAUTHENTICATED'), fresh);
    expect(await order(page)).toMatchObject({ refusal: { code: 'UNAUTHENTICATED' } });
  });

  it('keeps the person when the connection is lost while it asks for another token', async () => {
    let isReachable = false;
    const surroundings = new FakeSurroundings(({ headers, url }) => {
      if (url === '/livez') return isReachable ? json(200, {}) : 'lost';
      return headers['Authorization'] === 'Bearer second'
        ? json(201, PENDING)
        : problem(401, 'UNAUTHENTICATED');
    });
    const connection = new Connection(surroundings);
    let token = 'first';
    const renew = async () => {
      if (!isReachable) throw new TypeError('Failed to fetch');
      token = 'second';
      return token;
    };
    const api = new ApiClient(
      surroundings,
      { token: () => token, renew },
      connection,
      new ServerClock(surroundings.now),
    );
    const answer = api.post('/api/v1/orders', ORDER, { key: 'k-1' });
    await surroundings.pass(5_000);
    expect(connection.current).toBe('lost');
    isReachable = true;
    await surroundings.pass(10_000);
    expect(await answer).toEqual({ ok: true, value: PENDING });
  });

  it('does not take a stranger’s page for an answer', async () => {
    const page = pageOf(() => new Response('<h1>Sign in to the wifi</h1>', { status: 200 }));
    expect(await order(page)).toEqual({
      ok: false,
      refusal: { code: 'UNREADABLE_ANSWER', status: 200 },
    });
  });

  it('learns the time of the server from answers that no cache kept', async () => {
    const date = 'Sun, 22 Nov 2026 01:00:00 GMT';
    const kept = pageOf(() => json(200, {}, { date, 'cache-control': 'public, max-age=10' }));
    await kept.api.get('/api/v1/products/popular', {});
    expect(kept.clock.time()).toBe(kept.surroundings.now());
    const fresh = pageOf(() => json(200, {}, { date, 'cache-control': 'no-store' }));
    await fresh.api.get('/api/v1/wallet', {});
    expect(fresh.clock.time()).toBe(Date.parse(date) + 500);
  });
});
