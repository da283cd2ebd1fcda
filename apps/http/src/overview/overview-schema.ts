import { z } from 'zod';
import { at, count, named, told } from '../answer-schemas.js';

const figure = z.number().nonnegative();

const distribution = named(
  'Distribution',
  'How often a figure came out how high, since the process was started.',
  z.object({
    bounds: told(
      z.array(z.number()),
      'The highest figure of each bucket; what is higher than the last is in none.',
    ),
    counts: told(z.array(count), 'How many figures fell into each bucket.'),
    count: told(count, 'How many figures there were.'),
    sum: figure,
    max: figure,
  }),
  { bounds: [1, 2, 5], counts: [4, 1, 0], count: 6, sum: 16.5, max: 9 },
);

const desk = z.object({
  name: z.enum(['orders', 'coupons', 'catalogue', 'wallets', 'stocks']),
  queued: told(count, 'What waits now.'),
  items: told(count, 'Commands, or reads, that were done.'),
  batches: told(count, 'Transactions, or queries, that it took.'),
  refused: told(count, 'Refused because too much waited.'),
  retries: count,
  splits: count,
  batchSize: distribution,
  waitMs: told(distribution, 'How long they waited for their batch to begin, in milliseconds.'),
  workMs: told(distribution, 'How long batches took, in milliseconds.'),
});

const requests = z.object({
  inFlight: told(count, 'Requests that are being answered now.'),
  tookMs: told(
    distribution,
    'From arrival to answer, in milliseconds, over all routes but the streams of events.',
  ),
  routes: z.array(
    z.object({
      route: told(z.string(), 'The pattern of its path; `none` for what is no route.'),
      method: z.string(),
      requests: count,
      refused: told(count, 'Answered with a status of 400 to 499.'),
      failed: told(count, 'Answered with a status of 500 to 599.'),
      meanMs: figure,
      maxMs: figure,
    }),
  ),
});

const popular = z.object({
  version: told(count, 'When the rankings shown were computed; 0 before the first.'),
  ahead: told(count, 'Requests answered with prepared bytes.'),
  memory: told(count, 'Reads answered from the memory of this process.'),
  stale: told(count, 'Of those, with what was just being replaced.'),
  waited: count,
  cache: told(count, 'Rankings that the shared cache had.'),
  database: told(count, 'Rankings that were built from the database.'),
  failures: count,
});

const breaker = z.object({
  name: told(z.string(), '`platform`, or a connection to Redis.'),
  state: told(
    z.enum(['CLOSED', 'OPEN', 'PROBING', 'AWAY']),
    'CLOSED: all is well. OPEN: it is left alone. PROBING: it is asked whether it is back. AWAY: no connection.',
  ),
  opened: told(count, 'How often that has happened.'),
});

const database = z.object({
  away: told(count, 'Uses that found it away.'),
  replicaFallbacks: count,
  committed: told(count, 'Transactions.'),
  failed: count,
  reruns: told(count, 'Transactions that were run again because another one was in the way.'),
  pools: z.array(
    z.object({ name: z.string(), used: count, free: count, max: count, waiting: count }),
  ),
});

const deliveries = z.object({
  waiting: told(
    z.object({ pending: count, failed: count, oldestAt: at.nullable() }).nullable(),
    'What the data platform has not been told, by any process; null while the database is away.',
  ),
  relay: told(
    z
      .object({
        inFlight: count,
        attempts: count,
        delivered: count,
        retried: count,
        failed: count,
        refused: count,
      })
      .nullable(),
    'What this process has sent; null where others do.',
  ),
});

/** How one process does. */
export const overviewSchema = z
  .object({
    instance: told(
      z.string(),
      'Names the process, since its start: behind a load balancer the next answer may be of another one.',
    ),
    startedAt: at,
    now: at,
    accepted: told(
      z.object({
        chargeWallet: count,
        placeOrder: count,
        payOrder: count,
        cancelOrder: count,
        issueCoupon: count,
      }),
      'Commands of customers that were accepted; one that was answered again is not counted again.',
    ),
    desks: z.array(desk),
    requests: told(requests.nullable(), 'Null where `METRICS` is off.'),
    connections: told(count, 'Connections of clients that are open now.'),
    malformed: told(count, 'What came over a connection and never became a request.'),
    streams: told(
      z.object({ open: count, sent: count, cutOff: count }),
      'Streams of events; `sent` counts a message once for every stream.',
    ),
    popular,
    caches: told(
      z.array(
        z.object({
          layer: told(z.string(), '`process` or `redis`.'),
          hits: count,
          misses: count,
          loads: told(count, 'What the database was asked for.'),
          fallbacks: told(count, 'Reads that went on without the cache because it is away.'),
        }),
      ),
      'The cache for product pages and rankings.',
    ),
    breakers: z.array(breaker),
    database: database.nullable(),
    deliveries,
    loop: z.object({
      activeMs: told(count, 'Milliseconds that the event loop has worked.'),
      idleMs: told(count, 'Milliseconds that it has waited for work.'),
      lateMs: told(
        z.object({ mean: figure, p99: figure, max: figure }).nullable(),
        'How late timers were since somebody asked last, in milliseconds.',
      ),
    }),
    memoryBytes: count,
  })
  .meta({
    id: 'Overview',
    description: 'How one process does. Counts are since its start, and only grow.',
  });
