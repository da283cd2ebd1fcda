import type { RelayCounts } from '@jumun/application';
import type { Container } from 'inversify';
import type { DatabaseCounts } from '../knex/database.js';
import type { UnitOfWorkCounts } from '../knex/knex-unit-of-work.js';
import { InProcessCache } from '../local/in-process-cache.js';
import type { CachesCounts, ConnectionsCounts } from '../metrics/store-metrics.js';
import type { RedisPorts } from '../redis/redis-ports.js';
import { TOKENS } from './tokens.js';

/** What the ports of a container have counted since they were made. */
export interface PortFigures {
  readonly database: DatabaseCounts;
  readonly transactions: UnitOfWorkCounts;
  /** By the layer that keeps. */
  readonly caches: CachesCounts;
  /** By connection; none without Redis. */
  readonly redis: ConnectionsCounts;
  /** Null where this process sends no messages. */
  readonly relay: RelayCounts | null;
}

/** Reads what the ports of a container have counted. */
export function portFigures(container: Container): PortFigures {
  const redis = container.isBound(TOKENS.redis) ? container.get(TOKENS.redis) : undefined;
  return {
    database: container.get(TOKENS.database).counts(),
    transactions: container.get(TOKENS.unitOfWork).counts(),
    caches: cachesOf(container, redis),
    redis: connectionsOf(redis),
    relay: container.isBound(TOKENS.relay) ? container.get(TOKENS.relay).counts() : null,
  };
}

export function cachesOf(container: Container, redis: RedisPorts | undefined): CachesCounts {
  if (redis !== undefined) return { redis: redis.counts().cache };
  const cache = container.get(TOKENS.cache);
  return cache instanceof InProcessCache ? { process: cache.counts() } : {};
}

export function connectionsOf(redis: RedisPorts | undefined): ConnectionsCounts {
  if (redis === undefined) return {};
  const { main, nodes } = redis.counts();
  const locks = nodes.map((node, at) => [`lock-${at + 1}`, node] as const);
  return { main, ...Object.fromEntries(locks) };
}
