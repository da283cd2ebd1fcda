import { afterEach, describe, expect, it } from '@jest/globals';
import { startRedis } from '../testing/servers/redis-server.js';
import { redisNamespace, sharedRedisUrl } from '../testing/servers/temporary.js';
import { RedisTally } from './redis-tally.js';
import { Connections, succeeds, until } from './testing/connected.js';

describe('A tally on Redis', () => {
  const connections = new Connections();
  afterEach(() => connections.close());

  it('adds up what all processes count, key by key, however many', async () => {
    const namespace = redisNamespace();
    const [one, other] = await Promise.all(
      [1, 2].map(
        async () => new RedisTally(await connections.connect(sharedRedisUrl()), namespace),
      ),
    );
    const counts = new Map(Array.from({ length: 1_200 }, (_, at) => [`key ${at}`, at]));
    expect(await one?.add(counts)).toEqual(counts);
    expect(await other?.add(new Map([['key 7', 3]]))).toEqual(new Map([['key 7', 10]]));
    expect(await one?.add(new Map([['key 7', 0]]))).toEqual(new Map([['key 7', 10]]));
    expect(await one?.add(new Map())).toEqual(new Map());
  });

  it('keeps nothing for longer than some seconds', async () => {
    const namespace = redisNamespace();
    const connection = await connections.connect(sharedRedisUrl());
    await new RedisTally(connection, namespace).add(new Map([['key', 1]]));
    const left = await connection.ask((redis) => redis.pttl(`${namespace}:tally:key`));
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThanOrEqual(5_000);
  });

  it('rejects while Redis is away, and counts again when it is back', async () => {
    const server = await startRedis();
    try {
      const connection = await connections.connect(server.url);
      const tally = new RedisTally(connection, 'jumun');
      expect(await tally.add(new Map([['key', 2]]))).toEqual(new Map([['key', 2]]));
      await server.kill();
      await until('Redis is away', () => connection.isAway);
      expect(await succeeds(tally.add(new Map([['key', 1]])))).toBe(false);
      await server.restart();
      await until('Redis is back', () => !connection.isAway);
      expect(await tally.add(new Map([['key', 1]]))).toEqual(new Map([['key', 1]]));
    } finally {
      await server.stop();
    }
  });
});
