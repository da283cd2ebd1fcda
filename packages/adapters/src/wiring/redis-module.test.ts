import { describe, expect, it } from '@jest/globals';
import { couponCampaignId } from '@jumun/domain';
import { Container } from 'inversify';
import { duration, succeeds, until } from '../redis/testing/connected.js';
import { startRedis } from '../testing/servers/redis-server.js';
import { redisNamespace, sharedRedisUrl } from '../testing/servers/temporary.js';
import { redisModule } from './redis-module.js';
import { TOKENS } from './tokens.js';

describe('The Redis module', () => {
  it('binds cache, lock and news that are shared with another process, and closes them all', async () => {
    const options = { namespace: redisNamespace() };
    const containers = [1, 2].map(() => {
      const container = new Container();
      container.load(redisModule([sharedRedisUrl()], options));
      return container;
    });
    const [here, there] = containers as [Container, Container];
    try {
      for (const each of containers) {
        await until('Redis is there', () => succeeds(each.get(TOKENS.redis).ping()));
      }
      const heard: unknown[] = [];
      there.get(TOKENS.events).subscribe((news) => heard.push(news));
      await here
        .get(TOKENS.events)
        .publish({ type: 'CouponCampaignChanged', campaignId: couponCampaignId(7) });
      await there.get(TOKENS.redis).ping();
      expect(heard).toHaveLength(1);

      await here.get(TOKENS.lock).withLock(['a'], 60_000, async () => {
        const asked = here.get(TOKENS.cache).read('key', 60_000, async () => 'value');
        expect(await asked).toBe('value');
      });
    } finally {
      await Promise.all(containers.map((each) => each.get(TOKENS.redis).close()));
    }
    await expect(here.get(TOKENS.redis).ping()).rejects.toThrow('Redis is away');
  });

  it('works without Redis, and keeps nobody waiting for long for one that hangs', async () => {
    const server = await startRedis();
    const container = new Container();
    container.load(redisModule([server.url]));
    const redis = container.get(TOKENS.redis);
    try {
      await until('Redis is there', () => succeeds(redis.ping()));
      await server.pause();
      const took = await duration(async () => {
        expect(await redis.cache.read('key', 60_000, async () => 'loaded')).toBe('loaded');
        expect(await redis.lock.withLock(['a'], 60_000, async () => 'in')).toBe('in');
      });
      expect(took).toBeGreaterThan(140);
      expect(took).toBeLessThan(1_000);
      await expect(redis.ping()).rejects.toThrow('Redis has not answered within 50 ms');
    } finally {
      await redis.close();
      await server.stop();
    }
  });

  it('needs at least one Redis', () => {
    expect(() => {
      new Container().load(redisModule([]));
    }).toThrow('there is no Redis to connect to');
  });
});
