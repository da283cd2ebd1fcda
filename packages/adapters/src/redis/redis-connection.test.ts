import { afterEach, describe, expect, it } from '@jest/globals';
import { startRedis } from '../testing/servers/redis-server.js';
import { redisNamespace, sharedRedisUrl } from '../testing/servers/temporary.js';
import { RedisAway, type RedisConnection } from './redis-connection.js';
import {
  ANSWER_MS,
  AT_ONCE_MS,
  Connections,
  duration,
  succeeds,
  until,
} from './testing/connected.js';
import { Network } from './testing/network.js';

const ping = (connection: RedisConnection): Promise<string> =>
  connection.ask((redis) => redis.ping());

/** Keeps this process from doing anything else. */
function stall(milliseconds: number): void {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
}

describe('A connection to Redis', () => {
  const connections = new Connections();
  afterEach(() => connections.close());

  it('tells a refusal from an outage: who is refused may ask on, and the first one is told', async () => {
    const told: unknown[] = [];
    const connection = await connections.connect(sharedRedisUrl(), {
      patience: 1,
      onFault: (fault) => told.push(fault),
    });
    const key = redisNamespace();
    await connection.ask((redis) => redis.set(key, 'text', 'EX', 60));
    for (const attempt of [1, 2]) {
      const refused = connection.ask((redis) => redis.rpush(key, attempt));
      await expect(refused).rejects.toThrow(/^WRONGTYPE/);
    }
    expect(await ping(connection)).toBe('PONG');
    expect(told).toHaveLength(1);
  });

  it('does not take a stall of this process for one of Redis', async () => {
    const connection = await connections.connect(sharedRedisUrl(), { answerMs: 20, patience: 1 });
    for (let times = 0; times < 5; times += 1) {
      const asked = ping(connection);
      stall(60);
      expect(await asked).toBe('PONG');
    }
  });

  it('rejects at once while nobody listens there, tells so once, and connects by itself', async () => {
    const told: unknown[] = [];
    const server = await startRedis();
    try {
      await server.kill();
      const connection = connections.open(server.url, { onFault: (fault) => told.push(fault) });
      await expect(ping(connection)).rejects.toThrow(RedisAway);
      await until('it was told', () => told.length > 0);
      expect(connection.counts()).toEqual({ breaker: 'AWAY', outages: 1, unanswered: 0 });
      for (let times = 0; times < 10; times += 1) {
        expect(await duration(() => succeeds(ping(connection)))).toBeLessThan(AT_ONCE_MS);
      }
      await server.restart();
      await until('it is back', () => succeeds(ping(connection)));
      expect(connection.counts().breaker).toBe('CLOSED');
      expect(told).toEqual([new RedisAway('Redis is away')]);
    } finally {
      await server.stop();
    }
  });

  it('waits for a Redis that hangs a few times, then not at all, until it goes on', async () => {
    const told: unknown[] = [];
    const server = await startRedis();
    try {
      const onFault = (fault: unknown) => told.push(fault);
      const connection = await connections.connect(server.url, { onFault });
      await server.pause();
      for (let times = 0; times < 3; times += 1) {
        expect(connection.isAway).toBe(false);
        await expect(ping(connection)).rejects.toThrow(
          `Redis has not answered within ${ANSWER_MS} ms`,
        );
      }
      expect(connection.isAway).toBe(true);
      expect(connection.counts()).toEqual({ breaker: 'OPEN', outages: 1, unanswered: 3 });
      const rejections = Array.from({ length: 1_000 }, () => succeeds(ping(connection)));
      expect(await duration(() => Promise.all(rejections))).toBeLessThan(AT_ONCE_MS);
      await server.resume();
      await until('it is back', () => succeeds(ping(connection)));
      expect(told).toEqual([new RedisAway('Redis is away')]);
    } finally {
      await server.stop();
    }
  });

  it('gives up a connection that has gone dead without a word, and makes a new one', async () => {
    const network = await Network.before(sharedRedisUrl());
    try {
      const connection = await connections.connect(network.url);
      network.lose();
      await expect(ping(connection)).rejects.toThrow(RedisAway);
      await until('it is back', () => succeeds(ping(connection)));
    } finally {
      await connections.close();
      network.close();
    }
  });

  it('waits for what was asked before when it is closed, and tells of no outage then', async () => {
    const told: unknown[] = [];
    const connection = await connections.connect(sharedRedisUrl(), {
      onFault: (fault) => told.push(fault),
    });
    const asked = ping(connection);
    await connection.close();
    expect(await asked).toBe('PONG');
    await expect(ping(connection)).rejects.toThrow(RedisAway);
    expect(told).toEqual([]);
  });
});
