import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { endOfTurn } from '../local/end-of-turn.js';
import { type RedisServer, startRedis } from '../testing/servers/redis-server.js';
import { redisNamespace, sharedRedisUrl } from '../testing/servers/temporary.js';
import { RedisCache } from './redis-cache.js';
import { RedisConnection } from './redis-connection.js';
import {
  ANSWER_MS,
  AT_ONCE_MS,
  Connections,
  duration,
  succeeds,
  until,
} from './testing/connected.js';
import { Network } from './testing/network.js';

const MINUTE = 60_000;

const gives = (value: string) => async (): Promise<string> => value;

const never = async (): Promise<string> => {
  throw new Error('it was loaded although somebody else was at it');
};

/** A load that begins when it is called and ends when it is told to. */
function aSlowLoad() {
  const begun = Promise.withResolvers<void>();
  const ends = Promise.withResolvers<string | undefined>();
  const load = (): Promise<string | undefined> => {
    begun.resolve();
    return ends.promise;
  };
  return {
    load,
    begun: begun.promise,
    end: (value: string | undefined): void => ends.resolve(value),
    fail: (fault: Error): void => ends.reject(fault),
  };
}

/** Reads until the cache keeps again what it loads; every answer on the way. */
async function readUntilKept(cache: RedisCache, key: string, value: string) {
  const answers: (string | undefined)[] = [];
  await until('it is kept', async () => {
    let isLoaded = false;
    const answer = await cache.read(key, MINUTE, async () => {
      isLoaded = true;
      return value;
    });
    answers.push(answer);
    return !isLoaded;
  });
  return new Set(answers);
}

describe('A cache over Redis, shared by two processes', () => {
  const connections = new Connections();
  let connection: RedisConnection;
  let other: RedisConnection;
  let namespace: string;
  let cache: RedisCache;
  let rival: RedisCache;
  beforeAll(async () => {
    connection = await connections.connect(sharedRedisUrl());
    other = await connections.connect(sharedRedisUrl());
  });
  afterAll(() => connections.close());
  beforeEach(() => {
    namespace = redisNamespace();
    cache = new RedisCache(connection, namespace);
    rival = new RedisCache(other, namespace);
  });

  it('gives one what the other has loaded, until one invalidates it', async () => {
    await readUntilKept(cache, 'key', 'old');
    expect(await rival.read('key', MINUTE, gives('loaded again'))).toBe('old');
    await rival.invalidate(['key']);
    expect(await cache.read('key', MINUTE, gives('new'))).toBe('new');
  });

  it('does not keep what one was loading when the other invalidated it', async () => {
    const slow = aSlowLoad();
    const before = cache.read('key', MINUTE, slow.load);
    await slow.begun;
    await rival.invalidate(['key']);
    slow.end('stale');
    await before;
    expect(await rival.read('key', MINUTE, gives('fresh'))).toBe('fresh');
  });

  it('starts a load afresh in one process after the other has invalidated', async () => {
    const slow = aSlowLoad();
    const before = cache.read('key', MINUTE, slow.load);
    await slow.begun;
    await rival.invalidate(['key']);
    expect(await cache.read('key', MINUTE, gives('fresh'))).toBe('fresh');
    slow.end('stale');
    await before;
    expect(await readUntilKept(cache, 'key', 'loaded again')).toEqual(new Set(['fresh']));
  });

  it('lets who looked before a load was kept share it', async () => {
    const slow = aSlowLoad();
    const first = cache.read('key', MINUTE, slow.load);
    await slow.begun;
    const late = cache.read('key', MINUTE, gives('loaded again'));
    await endOfTurn();
    slow.end('shared'); // its look is on the way
    expect(await Promise.all([first, late])).toEqual(['shared', 'shared']);
  });

  it('lets one of them load what both want, and who comes later to either', async () => {
    const slow = aSlowLoad();
    const first = cache.read('key', MINUTE, slow.load);
    await slow.begun;
    const others = [rival, rival, cache].map((each) => each.read('key', MINUTE, never));
    await sleep(50);
    slow.end('loaded once');
    expect(new Set(await Promise.all([first, ...others]))).toEqual(new Set(['loaded once']));
    expect(rival.counts()).toEqual({
      hits: 0,
      misses: 2,
      loads: 0,
      builtElsewhere: 1,
      fallbacks: 0,
    });
  });

  it('loads by itself what another one takes too long to load, and whoever is first keeps', async () => {
    const [first, second] = [aSlowLoad(), aSlowLoad()];
    const reads = [cache.read('key', MINUTE, first.load)];
    await first.begun;
    reads.push(rival.read('key', MINUTE, second.load));
    await second.begun;
    second.end('kept');
    expect(await reads[1]).toBe('kept');
    expect(await readUntilKept(rival, 'key', 'loaded again')).toEqual(new Set(['kept']));
    first.end('late');
    expect(await reads[0]).toBe('late');
    expect(await readUntilKept(cache, 'key', 'loaded again')).toEqual(new Set(['kept']));
  });

  it.each<[string, (slow: ReturnType<typeof aSlowLoad>) => void]>([
    ['fails', (slow) => slow.fail(new Error('the database is away'))],
    ['finds nothing', (slow) => slow.end(undefined)],
  ])('does not wait any longer for a load that %s', async (_how, end) => {
    const slow = aSlowLoad();
    const first = succeeds(cache.read('key', MINUTE, slow.load));
    await slow.begun;
    const waiting = rival.read('key', MINUTE, gives('there now'));
    await sleep(30);
    const took = await duration(async () => {
      end(slow);
      expect(await waiting).toBe('there now');
    });
    await first;
    expect(took).toBeLessThan(AT_ONCE_MS);
    expect(await readUntilKept(cache, 'key', 'kept')).toEqual(new Set(['kept']));
  });

  it('does not wait any longer for a load whose Redis goes away', async () => {
    const server = await startRedis();
    try {
      const [here, there] = [
        new RedisCache(await connections.connect(server.url), namespace),
        new RedisCache(await connections.connect(server.url), namespace),
      ];
      const slow = aSlowLoad();
      const first = here.read('key', MINUTE, slow.load);
      await slow.begun;
      const waiting = there.read('key', MINUTE, gives('loaded here'));
      await sleep(30);
      const took = await duration(async () => {
        await server.kill();
        expect(await waiting).toBe('loaded here');
      });
      expect(took).toBeLessThan(AT_ONCE_MS);
      slow.end('loaded there');
      expect(await first).toBe('loaded there');
    } finally {
      await server.stop();
    }
  });

  it('does not keep what was loading when Redis lost everything', async () => {
    const slow = aSlowLoad();
    const before = cache.read('key', MINUTE, slow.load);
    await slow.begun;
    const keys = await connection.ask((redis) => redis.keys(`${namespace}:*`));
    await connection.ask((redis) => redis.del(keys));
    slow.end('stale');
    await before;
    expect(keys).toHaveLength(1);
    expect(await rival.read('key', MINUTE, gives('fresh'))).toBe('fresh');
  });

  it('keeps nothing that is very long', async () => {
    const long = 'x'.repeat(1_048_577);
    expect(await cache.read('key', MINUTE, gives(long))).toBe(long);
    expect(await cache.read('key', MINUTE, gives('again'))).toBe('again');
  });

  it('loads what has been spoilt by somebody else', async () => {
    await connection.ask((redis) => redis.rpush(`${namespace}:cache:key`, 'not ours'));
    expect(await cache.read('key', MINUTE, gives('loaded'))).toBe('loaded');
    expect(await cache.read('key', MINUTE, gives('again'))).toBe('again');
  });
});

/** Counts what Redis is asked. */
class CountingConnection extends RedisConnection {
  count = 0;

  override ask<T>(...command: Parameters<RedisConnection['ask']>): Promise<T> {
    this.count += 1;
    return super.ask(...command) as Promise<T>;
  }
}

describe('A cache over Redis', () => {
  it('asks once for all that is read in one turn', async () => {
    const options = { answerMs: ANSWER_MS, patience: 3, onFault: () => {} };
    const connection = new CountingConnection(sharedRedisUrl(), options);
    try {
      await until('Redis is there', () => !connection.isAway);
      const cache = new RedisCache(connection, redisNamespace());
      const keys = Array.from({ length: 600 }, (_, at) => `key:${at % 300}`);
      const readAll = () => Promise.all(keys.map((key) => cache.read(key, MINUTE, gives(key))));
      await readAll();
      const before = connection.count;
      expect(await readAll()).toEqual(keys);
      expect(connection.count - before).toBe(2);
    } finally {
      await connection.close();
    }
  });
});

describe('A cache over Redis, while Redis', () => {
  const connections = new Connections();
  const networks: Network[] = [];
  let server: RedisServer;
  let namespace: string;
  beforeEach(async () => {
    // It remembers, as a Redis does that was only out of reach.
    server = await startRedis({ durable: true });
    namespace = redisNamespace();
  });
  afterEach(async () => {
    await connections.close();
    for (const each of networks.splice(0)) each.close();
    await server.stop();
  });

  const aCache = async (): Promise<RedisCache> =>
    new RedisCache(await connections.connect(server.url), namespace);

  it('is dead from the start: reads go on, one load at a time, and it is used when it comes', async () => {
    await server.kill();
    const cache = new RedisCache(connections.open(server.url), namespace);
    const slow = aSlowLoad();
    const readers = Array.from({ length: 10 }, () => cache.read('key', MINUTE, slow.load));
    await slow.begun;
    const late = cache.read('key', MINUTE, gives('another load'));
    await endOfTurn();
    await cache.invalidate(['key']);
    expect(await cache.read('key', MINUTE, gives('fresh'))).toBe('fresh');
    slow.end('shared');
    expect(new Set(await Promise.all([...readers, late]))).toEqual(new Set(['shared']));
    const fault = new Error('the database is away too');
    await expect(cache.read('key', MINUTE, () => Promise.reject(fault))).rejects.toBe(fault);
    expect(await duration(() => cache.read('key', MINUTE, gives('x')))).toBeLessThan(AT_ONCE_MS);

    await server.restart();
    await readUntilKept(cache, 'key', 'kept');
  });

  it('is killed: reads go on at once, and nothing old is read when it is back', async () => {
    // The one that invalidates is the last to find its way back.
    const network = await Network.before(server.url, 200);
    networks.push(network);
    const cache = new RedisCache(await connections.connect(network.url), namespace);
    const rival = await aCache();
    await readUntilKept(cache, 'key', 'old');
    expect(await rival.read('key', MINUTE, gives('new'))).toBe('old');
    await server.kill();
    for (const each of [cache, rival]) {
      const took = await duration(async () => {
        expect(await each.read('key', MINUTE, gives('new'))).toBe('new');
      });
      expect(took).toBeLessThan(AT_ONCE_MS);
    }
    expect(await duration(() => cache.invalidate(['key']))).toBeLessThan(AT_ONCE_MS);

    await server.restart();
    expect(
      await Promise.all([readUntilKept(cache, 'key', 'new'), readUntilKept(rival, 'key', 'new')]),
    ).toEqual([new Set(['new']), new Set(['new'])]);
  });

  it('hangs: few reads wait, and not long, and nothing old is read when it goes on', async () => {
    const [cache, rival] = [await aCache(), await aCache()];
    await readUntilKept(cache, 'key', 'old');
    expect(await rival.read('key', MINUTE, gives('new'))).toBe('old');
    await server.pause();
    const waits: number[] = [];
    for (let times = 0; times < 100; times += 1) {
      waits.push(await duration(() => cache.read('key', MINUTE, gives('new'))));
    }
    expect(waits.filter((wait) => wait > AT_ONCE_MS).length).toBe(3);
    expect(Math.max(...waits)).toBeLessThan(2 * ANSWER_MS);
    expect(await duration(() => cache.invalidate(['key']))).toBeLessThan(AT_ONCE_MS);
    expect(await rival.read('key', MINUTE, gives('new'))).toBe('new');

    await server.resume();
    expect(
      await Promise.all([readUntilKept(cache, 'key', 'new'), readUntilKept(rival, 'key', 'new')]),
    ).toEqual([new Set(['new']), new Set(['new'])]);
  });

  it('refuses to forget: this process does not read what it has invalidated, and tries again', async () => {
    const cache = await aCache();
    const operator = await connections.connect(server.url);
    await readUntilKept(cache, 'key', 'old');
    await operator.ask((redis) => redis.acl('SETUSER', 'default', '-unlink'));
    await cache.invalidate(['key']);
    expect(await cache.read('key', MINUTE, gives('new'))).toBe('new');
    expect(await cache.read('key', MINUTE, gives('newer'))).toBe('newer');
    await operator.ask((redis) => redis.acl('SETUSER', 'default', '+unlink'));
    expect(await readUntilKept(cache, 'key', 'newest')).toEqual(new Set(['newest']));
  });

  it('is dead and very much is invalidated: what cannot be remembered is not looked at', async () => {
    const connection = await connections.connect(server.url);
    const [cache, unaware] = [1, 2].map(() => new RedisCache(connection, namespace)) as [
      RedisCache,
      RedisCache,
    ];
    await readUntilKept(cache, 'key 0', 'old');
    await server.kill();
    await cache.invalidate(Array.from({ length: 10_001 }, (_, at) => `key ${at}`));
    await server.restart();
    // Redis still has the old value, and whoever does not know better may read it.
    expect(await readUntilKept(unaware, 'key 0', 'loaded')).toEqual(new Set(['loaded', 'old']));
    expect(await cache.read('key 0', MINUTE, gives('new'))).toBe('new');
  });
});
