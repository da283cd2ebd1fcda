import { request } from 'node:http';
import { afterEach, describe, expect, it } from '@jest/globals';
import { NOON } from '@jumun/domain/testing';
import { EventStreams } from '../edge/event-streams.js';
import { EventListener, type ListenOptions } from '../testing/event-listener.js';
import {
  type MemoryServer,
  openServer,
  refusalIn,
  type ServerOptions,
} from '../testing/memory-server.js';
import { sellAndCount } from '../testing/sales.js';

const PATH = '/api/v1/products/popular/events';

const listeners: EventListener[] = [];
const servers: MemoryServer[] = [];
afterEach(async () => {
  for (const each of listeners.splice(0)) each.close();
  await Promise.all(servers.splice(0).map(({ server }) => server.close()));
});

async function open(options: ServerOptions = {}): Promise<MemoryServer> {
  const opened = await openServer(options);
  servers.push(opened);
  return opened;
}

async function listen(
  { port }: MemoryServer,
  { query = '', ...options }: ListenOptions & { readonly query?: string } = {},
): Promise<EventListener> {
  const listener = await EventListener.listen(`http://127.0.0.1:${port}${PATH}${query}`, options);
  listeners.push(listener);
  return listener;
}

const idOf = (version: number, message: number): string => `${version}-${message}`;
/** An id in the rankings of the n-th roll-up, where time stands still. */
const nth = (rollUp: number, message: number): string => idOf(NOON + rollUp - 1, message);

const told = ({ events }: EventListener): readonly unknown[] =>
  events.map(({ event, data }) => (event === 'trend' ? data.message : data.items.map(nameOf)));
const nameOf = ({ name }: { readonly name: string }): string => name;

describe('Whoever listens to the popular products', () => {
  it('hears the new ranking and its trends after a roll-up, and nothing before', async () => {
    const server = await open();
    await sellAndCount(server, { 107: 5, 103: 4 });
    const listener = await listen(server);
    expect(listener.response.headers).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
      'x-content-type-options': 'nosniff',
    });
    expect(listener.events).toEqual([]);

    server.clock.advance(300_000);
    await sellAndCount(server, { 103: 6, 104: 1 });
    await listener.until('three messages', () => listener.events.length === 3);
    expect(listener.events).toEqual([
      {
        id: idOf(NOON + 300_000, 0),
        event: 'ranking',
        data: {
          days: 3,
          computedAt: '2024-01-17T03:05:00.000Z',
          items: [
            expect.objectContaining({ rank: 1, name: '게이밍 마우스', change: 'UP', rankDelta: 1 }),
            expect.objectContaining({ rank: 2, name: '이어폰', change: 'DOWN', quantitySold: 5 }),
            expect.objectContaining({ rank: 3, name: '모니터', change: 'NEW', price: 120_000 }),
          ],
        },
      },
      {
        id: idOf(NOON + 300_000, 1),
        event: 'trend',
        data: {
          productId: 103,
          name: '게이밍 마우스',
          rank: 1,
          previousRank: 2,
          message: '게이밍 마우스가 1위로 올라섰습니다!',
        },
      },
      {
        id: idOf(NOON + 300_000, 2),
        event: 'trend',
        data: {
          productId: 104,
          name: '모니터',
          rank: 3,
          previousRank: null,
          message: '모니터가 인기 상품 3위에 진입했습니다!',
        },
      },
    ]);
  });

  it('hears of the top that was asked for, and only when that has changed', async () => {
    const server = await open();
    await sellAndCount(server, { 104: 2, 107: 5 });
    const usual = await listen(server);
    const first = await listen(server, { query: '?limit=1&sort=revenue&days=7' });
    await sellAndCount(server, { 106: 1 });
    await sellAndCount(server, { 103: 9 });
    await first.until('a trend', () => first.of('trend').length === 1);
    expect(told(first)).toEqual([['게이밍 마우스'], '게이밍 마우스가 1위로 올라섰습니다!']);
    expect(first.of('ranking')[0]?.data.days).toBe(7);
    await usual.until('both changes', () => usual.of('ranking').length === 2);
    expect(told(usual)).toEqual([
      ['이어폰', '모니터', '웹캠'],
      '웹캠이 인기 상품 3위에 진입했습니다!',
      ['게이밍 마우스', '이어폰', '모니터', '웹캠'],
      '게이밍 마우스가 1위로 올라섰습니다!',
    ]);
  });

  it('hears the first ranking there ever is', async () => {
    const server = await open();
    const listener = await listen(server);
    await sellAndCount(server, { 101: 1 });
    await listener.until('the trend', () => listener.of('trend').length === 1);
    expect(told(listener)).toEqual([['무선 마우스'], '무선 마우스가 1위로 올라섰습니다!']);
  });

  it('hears nothing when a product is only renamed', async () => {
    const server = await open();
    await sellAndCount(server, { 101: 1 });
    const listener = await listen(server);
    const { call, tokens } = server;
    const revision = { token: tokens.operator, body: { name: '새 마우스' } };
    await call('PATCH', '/api/v1/admin/products/101', revision);
    await sellAndCount(server, { 101: 1 });
    await listener.until('the ranking', () => listener.events.length > 0);
    expect(told(listener)).toEqual([['새 마우스']]);
  });
});

describe('Whoever comes back', () => {
  it('hears what they missed, and nothing twice', async () => {
    const server = await open();
    await sellAndCount(server, { 101: 1 });
    const before = await listen(server);
    await sellAndCount(server, { 101: 1, 102: 1 });
    await before.until('the second ranking', () => before.lastEventId === nth(2, 1));
    before.close();
    await sellAndCount(server, { 102: 5 });
    await sellAndCount(server, { 101: 9 });
    const back = await listen(server, { lastEventId: before.lastEventId });
    await back.until('all of it', () => back.lastEventId === nth(4, 1));
    expect(back.events.map(({ id }) => id)).toEqual([nth(3, 0), nth(3, 1), nth(4, 0), nth(4, 1)]);
    await sellAndCount(server, { 103: 50 });
    await back.until('what comes now', () => back.lastEventId === nth(5, 1));
    expect(told(back).slice(4)).toEqual([
      ['게이밍 마우스', '무선 마우스', '블루투스 키보드'],
      '게이밍 마우스가 1위로 올라섰습니다!',
    ]);
  });

  it('hears the rest of what they heard a part of', async () => {
    const server = await open();
    const first = await listen(server);
    await sellAndCount(server, { 101: 3, 102: 2, 103: 1 });
    await first.until('three trends', () => first.of('trend').length === 3);
    const back = await listen(server, { lastEventId: nth(1, 1) });
    expect(back.events.map(({ id }) => id)).toEqual([nth(1, 2), nth(1, 3)]);
  });

  it('hears nothing when there was nothing', async () => {
    const server = await open();
    await sellAndCount(server, { 101: 1 });
    const first = await listen(server);
    const back = await listen(server, { lastEventId: first.lastEventId });
    const id = nth(1, 1);
    expect([first.lastEventId, back.lastEventId, back.events]).toEqual([id, id, []]);
  });

  it.each(['0-0', idOf(NOON + 86_400_000, 0), 'nonsense', ''])(
    'hears how things are now when we do not know %j',
    async (lastEventId) => {
      const server = await open();
      await sellAndCount(server, { 101: 1 });
      await server.call('GET', '/api/v1/products/popular');
      await sellAndCount(server, { 102: 2 });
      const back = await listen(server, { lastEventId });
      expect(told(back)).toEqual([['블루투스 키보드', '무선 마우스']]);
    },
  );

  it('hears how things are now after too much was missed', async () => {
    const server = await open();
    await sellAndCount(server, { 101: 1 });
    const before = await listen(server);
    for (let missed = 0; missed < 12; missed += 1) await sellAndCount(server, { 101: 1 });
    const back = await listen(server, { lastEventId: before.lastEventId });
    expect(back.events.map(({ id, event }) => [id, event])).toEqual([[nth(13, 0), 'ranking']]);
    expect(back.lastEventId).toBe(nth(13, 0));
  });

  it('may come to another process', async () => {
    const one = await open();
    await sellAndCount(one, { 101: 1 });
    const other = await open({ store: one.store, ports: { events: one.ports.events } });
    const [here, there] = [await listen(one), await listen(other)];
    await sellAndCount(one, { 102: 2 });
    for (const each of [here, there]) {
      await each.until('the trend', () => each.of('trend').length === 1);
    }
    expect(there.events).toEqual(here.events);
    here.close();
    await sellAndCount(one, { 103: 3 });
    const back = await listen(other, { lastEventId: here.lastEventId });
    expect(back.events.map(({ id }) => id)).toEqual([nth(3, 0), nth(3, 1)]);
  });
});

describe('A stream', () => {
  it('says now and then that it is still there', async () => {
    const server = await open({ deps: { streams: new EventStreams({ heartbeatMs: 150 }) } });
    const all = await Promise.all(Array.from({ length: 20 }, () => listen(server)));
    await Promise.all(
      all.map((each) => each.until('two heartbeats', () => each.comments.length >= 2)),
    );
    expect(all.every(({ events }) => events.length === 0)).toBe(true);
  });

  it('is refused when there are too many', async () => {
    const server = await open({ deps: { streams: new EventStreams({ mostStreams: 2 }) } });
    const [first] = [await listen(server), await listen(server)];
    const refused = await server.call('GET', PATH);
    expect(refusalIn(refused)).toEqual([503, 'SERVICE_BUSY']);
    expect(refused.headers.get('retry-after')).toBe('1');
    first.close();
    const deadline = Date.now() + 5_000;
    while (server.server.counts().streams.open === 2) {
      expect(Date.now()).toBeLessThan(deadline);
      await new Promise((resume) => setImmediate(resume));
    }
    expect((await listen(server)).isOver).toBe(false);
  });

  it('answers a HEAD with its headers alone', async () => {
    const server = await open();
    const asked = Promise.withResolvers<unknown>();
    request({ port: server.port, path: PATH, method: 'HEAD', agent: false }, (answer) => {
      answer.resume();
      answer.on('end', () => asked.resolve([answer.statusCode, answer.headers['content-type']]));
    }).end();
    expect(await asked.promise).toEqual([200, 'text/event-stream; charset=utf-8']);
    expect(server.server.counts().streams.open).toBe(0);
  });

  it('has a line in the log when it ends', async () => {
    const server = await open();
    const listener = await listen(server);
    expect(server.log.filter(({ route }) => route === PATH)).toEqual([]);
    listener.close();
    const deadline = Date.now() + 5_000;
    while (!server.log.some(({ route, status }) => route === PATH && status === 200)) {
      expect(Date.now()).toBeLessThan(deadline);
      await new Promise((resume) => setImmediate(resume));
    }
  });

  it('tells thousands the same, and each of them all of it', async () => {
    const LISTENERS = 2_000;
    const server = await open();
    await sellAndCount(server, { 101: 1 });
    for (let opened = 0; opened < LISTENERS; opened += 200) {
      await Promise.all(Array.from({ length: 200 }, () => listen(server)));
    }
    for (const quantity of [5, 6]) await sellAndCount(server, { 102: quantity });
    await Promise.all(
      listeners.map((each) => each.until('both', () => each.lastEventId === nth(3, 0), 20_000)),
    );
    const expected = listeners[0]?.events;
    expect(expected).toHaveLength(3);
    for (const { events } of listeners) expect(events).toEqual(expected);
    expect(server.server.counts().streams).toMatchObject({ open: LISTENERS, cutOff: 0 });
  }, 60_000);
});

describe('A server that stops', () => {
  it('ends every stream, after what was to be told, and does not wait for them', async () => {
    const server = await open({ deps: { closeWithinMs: 60_000 } });
    const all = await Promise.all(Array.from({ length: 10 }, () => listen(server)));
    const counting = sellAndCount(server, { 101: 1 });
    await counting;
    await server.server.close();
    for (const each of all) {
      await each.until('the end', () => each.isOver);
      expect(told(each)).toEqual([['무선 마우스'], '무선 마우스가 1위로 올라섰습니다!']);
    }
    await expect(EventListener.listen(`http://127.0.0.1:${server.port}${PATH}`)).rejects.toThrow(
      'ECONNREFUSED',
    );
  });
});
