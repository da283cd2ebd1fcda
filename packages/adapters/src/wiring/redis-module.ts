import 'reflect-metadata';
import { ContainerModule } from 'inversify';
import { type RedisOptions, RedisPorts } from '../redis/redis-ports.js';
import { TOKENS } from './tokens.js';

/**
 * Cache, lock and news between processes. The first Redis holds the cache and passes the news on; the lock is taken on
 * most of all. Whoever loads the module closes `TOKENS.redis`.
 */
export const redisModule = (urls: readonly string[], options: RedisOptions = {}): ContainerModule =>
  new ContainerModule(({ bind }) => {
    const redis = new RedisPorts(urls, options);
    bind(TOKENS.redis).toConstantValue(redis);
    bind(TOKENS.cache).toConstantValue(redis.cache);
    bind(TOKENS.lock).toConstantValue(redis.lock);
    bind(TOKENS.events).toConstantValue(redis.events);
  });
