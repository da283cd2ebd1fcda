import type { DatabaseCounts } from '../knex/database.js';
import type { UnitOfWorkCounts } from '../knex/knex-unit-of-work.js';
import type { InProcessCacheCounts } from '../local/in-process-cache.js';
import type { RedisConnectionCounts } from '../redis/redis-connection.js';
import type { RedisCounts } from '../redis/redis-ports.js';
import { counter, each, type Family, gauge } from './family.js';

/** Of `Database.counts`. */
export const DATABASE_METRICS: readonly Family<DatabaseCounts>[] = [
  gauge('jumun_database_connections', 'Open connections of a pool, by what they do', ({ pools }) =>
    Object.entries(pools).flatMap(([pool, { used, free }]) => [
      [{ pool, state: 'used' }, used] as const,
      [{ pool, state: 'free' }, free] as const,
    ]),
  ),
  gauge('jumun_database_connections_max', 'The most connections that a pool opens', ({ pools }) =>
    each('pool', pools, ({ max }) => max),
  ),
  gauge('jumun_database_waiting', 'Who waits for a connection of a pool now', ({ pools }) =>
    each('pool', pools, ({ waiting }) => waiting),
  ),
  counter(
    'jumun_database_away_total',
    'Uses of the database that found it away',
    ({ away }) => away,
  ),
  counter(
    'jumun_database_replica_fallbacks_total',
    'Times that the replica was found to be away, and left alone for some seconds',
    ({ replicaFallbacks }) => replicaFallbacks,
  ),
];

/** Of `KnexUnitOfWork.counts`. */
export const TRANSACTION_METRICS: readonly Family<UnitOfWorkCounts>[] = [
  counter(
    'jumun_database_transactions_total',
    'Transactions, by what became of them',
    ({ committed, failed }) => [
      [{ outcome: 'committed' }, committed],
      [{ outcome: 'failed' }, failed],
    ],
  ),
  counter(
    'jumun_database_reruns_total',
    'Transactions that were run again because another one was in the way',
    ({ reruns }) => reruns,
  ),
];

/** What both caches count. */
type CacheCounts = InProcessCacheCounts & Partial<RedisCounts['cache']>;

/** By the layer that keeps: `process` or `redis`. */
export type CachesCounts = Readonly<Record<string, CacheCounts>>;

/** Of a cache's `counts`. */
export const CACHE_METRICS: readonly Family<CachesCounts>[] = [
  counter(
    'jumun_cache_reads_total',
    'Reads of the cache: kept, not kept, or without it because it is away',
    (caches) =>
      Object.entries(caches).flatMap(([layer, { hits, misses, fallbacks = 0 }]) => [
        [{ layer, result: 'hit' }, hits] as const,
        [{ layer, result: 'miss' }, misses] as const,
        [{ layer, result: 'fallback' }, fallbacks] as const,
      ]),
  ),
  counter('jumun_cache_loads_total', 'What this process has asked the database for', (caches) =>
    each('layer', caches, ({ loads }) => loads),
  ),
  counter(
    'jumun_cache_built_elsewhere_total',
    'Misses that another process has loaded for this one',
    (caches) => each('layer', caches, ({ builtElsewhere = 0 }) => builtElsewhere),
  ),
];

/** By connection: `main` for cache and news, `lock-1` and so on for the nodes of the lock. */
export type ConnectionsCounts = Readonly<Record<string, RedisConnectionCounts>>;

/** Of a `RedisConnection`'s `counts`. */
export const REDIS_METRICS: readonly Family<ConnectionsCounts>[] = [
  gauge(
    'jumun_redis_up',
    '1 while Redis is asked, 0 while it is away or the breaker is open',
    (connections) => each('connection', connections, ({ breaker }) => Number(breaker === 'CLOSED')),
  ),
  gauge('jumun_redis_breaker_open', '1 while Redis hangs and nobody waits for it', (connections) =>
    each('connection', connections, ({ breaker }) => Number(breaker === 'OPEN')),
  ),
  counter(
    'jumun_redis_outages_total',
    'Times that Redis was found away or hanging',
    (connections) => each('connection', connections, ({ outages }) => outages),
  ),
  counter(
    'jumun_redis_unanswered_total',
    'Commands that were not answered in time',
    (connections) => each('connection', connections, ({ unanswered }) => unanswered),
  ),
];
