import { setTimeout as pass } from 'node:timers/promises';
import { afterAll, beforeAll, describe, it } from '@jest/globals';
import { cacheContract, eventBusContract, lockContract } from '@jumun/application/testing';
import { redisNamespace, sharedRedisUrl } from '../testing/servers/temporary.js';
import { type RedisServer, startRedis } from '../testing/servers/redis-server.js';
import { RedisCache } from './redis-cache.js';
import type { RedisConnection } from './redis-connection.js';
import { RedisEventBus } from './redis-event-bus.js';
import { RedisSubscription } from './redis-subscription.js';
import { RedlockLock } from './redlock-lock.js';
import { Connections, succeeds, until } from './testing/connected.js';

const noFault = (): void => {};

describe('Over Redis', () => {
  const connections = new Connections();
  let connection: RedisConnection;
  let rival: RedisConnection;
  beforeAll(async () => {
    connection = await connections.connect(sharedRedisUrl());
    rival = await connections.connect(sharedRedisUrl());
  });
  afterAll(() => connections.close());

  describe('the cache', () => {
    for (const { sentence, check } of cacheContract) {
      it(sentence, () => check({ cache: new RedisCache(connection, redisNamespace()), pass }));
    }
  });

  describe('the lock', () => {
    for (const { sentence, check } of lockContract) {
      it(sentence, () => {
        const namespace = redisNamespace();
        return check({
          lock: new RedlockLock([connection], namespace),
          rival: new RedlockLock([rival], namespace),
          pass,
        });
      });
    }
  });

  describe('the event bus', () => {
    for (const { sentence, check } of eventBusContract) {
      it(sentence, async () => {
        const namespace = redisNamespace();
        const subscriptions = [1, 2].map(() => new RedisSubscription(sharedRedisUrl(), noFault));
        const [first, second] = subscriptions as [RedisSubscription, RedisSubscription];
        const events = new RedisEventBus(connection, first, namespace, noFault);
        const rivals = new RedisEventBus(rival, second, namespace, noFault);
        const delivered = async (): Promise<void> => {
          await Promise.all(subscriptions.map((each) => each.caughtUp()));
        };
        try {
          await until('both listen', () => succeeds(delivered()));
          await check({ events, rival: rivals, delivered });
        } finally {
          for (const each of subscriptions) each.close();
        }
      });
    }
  });
});

describe('Over three Redis, one of them dead', () => {
  const connections = new Connections();
  let servers: readonly RedisServer[];
  let nodes: readonly RedisConnection[];
  let rivals: readonly RedisConnection[];
  beforeAll(async () => {
    servers = await Promise.all([1, 2, 3].map(() => startRedis()));
    const connectAll = () => Promise.all(servers.map(({ url }) => connections.connect(url)));
    [nodes, rivals] = await Promise.all([connectAll(), connectAll()]);
    await servers[0]?.kill();
    await until('its death is noticed', () => [nodes[0], rivals[0]].every((each) => each?.isAway));
  });
  afterAll(async () => {
    await connections.close();
    await Promise.all(servers.map((server) => server.stop()));
  });

  describe('the lock', () => {
    for (const { sentence, check } of lockContract) {
      it(sentence, () => {
        const namespace = redisNamespace();
        return check({
          lock: new RedlockLock(nodes, namespace),
          rival: new RedlockLock(rivals, namespace),
          pass,
        });
      });
    }
  });
});
