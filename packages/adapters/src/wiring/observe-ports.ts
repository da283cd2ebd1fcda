import type { Container } from 'inversify';
import { InProcessCache } from '../local/in-process-cache.js';
import { DELIVERY_METRICS } from '../metrics/delivery-metrics.js';
import type { Metrics } from '../metrics/metrics.js';
import { SHOP_METRICS } from '../metrics/shop-metrics.js';
import {
  CACHE_METRICS,
  type CachesCounts,
  type ConnectionsCounts,
  DATABASE_METRICS,
  REDIS_METRICS,
  TRANSACTION_METRICS,
} from '../metrics/store-metrics.js';
import type { RedisPorts } from '../redis/redis-ports.js';
import { TOKENS } from './tokens.js';

/** Shows what the shop of a container and its ports count. */
export function observePorts(container: Container, metrics: Metrics): void {
  const database = container.get(TOKENS.database);
  const unitOfWork = container.get(TOKENS.unitOfWork);
  const shop = container.get(TOKENS.shop);
  metrics.add(SHOP_METRICS, () => shop.counts());
  metrics.add(DATABASE_METRICS, () => database.counts());
  metrics.add(TRANSACTION_METRICS, () => unitOfWork.counts());
  const redis = container.isBound(TOKENS.redis) ? container.get(TOKENS.redis) : undefined;
  metrics.add(CACHE_METRICS, () => cachesOf(container, redis));
  metrics.add(REDIS_METRICS, () => connectionsOf(redis));
  if (!container.isBound(TOKENS.relay)) return;
  const relay = container.get(TOKENS.relay);
  metrics.add(DELIVERY_METRICS, () => relay.counts());
}

function cachesOf(container: Container, redis: RedisPorts | undefined): CachesCounts {
  if (redis !== undefined) return { redis: redis.counts().cache };
  const cache = container.get(TOKENS.cache);
  return cache instanceof InProcessCache ? { process: cache.counts() } : {};
}

function connectionsOf(redis: RedisPorts | undefined): ConnectionsCounts {
  if (redis === undefined) return {};
  const { main, nodes } = redis.counts();
  const locks = nodes.map((node, at) => [`lock-${at + 1}`, node] as const);
  return { main, ...Object.fromEntries(locks) };
}
