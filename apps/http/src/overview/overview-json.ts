import type { BatcherCounts, DistributionSnapshot } from '@jumun/application';
import { instant } from '@jumun/domain';
import type { RequestCounts, RouteCounts } from '../edge/request-tally.js';
import { timeJson } from '../representation.js';
import type { OverviewView } from './overview.js';

const distributionJson = ({ bounds, counts, count, sum, max }: DistributionSnapshot) => ({
  bounds,
  counts,
  count,
  sum,
  max,
});

const DESKS = ['orders', 'coupons', 'catalogue', 'wallets', 'stocks'] as const;

const deskJson = (name: (typeof DESKS)[number], desk: BatcherCounts) => ({
  name,
  queued: desk.queued,
  items: desk.items,
  batches: desk.batches,
  refused: desk.refused,
  retries: desk.retries,
  splits: desk.splits,
  batchSize: distributionJson(desk.batchSize),
  waitMs: distributionJson(desk.waitMs),
  workMs: distributionJson(desk.workMs),
});

/** A stream is answered when its reader goes, which says nothing of us. */
const isStream = ({ route }: RouteCounts): boolean => route.endsWith('/events');

function routeJson({ route, method, byStatus, tookMs }: RouteCounts) {
  const answered = (begins: string): number =>
    byStatus
      .filter(([status]) => status.startsWith(begins))
      .reduce((sum, [, count]) => sum + count, 0);
  const { count, sum, max } = tookMs;
  return {
    route,
    method,
    requests: count,
    refused: answered('4'),
    failed: answered('5'),
    meanMs: count === 0 ? 0 : sum / count,
    maxMs: max,
  };
}

/** Distributions over the same bounds, as one. */
function together(parts: readonly DistributionSnapshot[]): DistributionSnapshot {
  const [first] = parts;
  const none = { bounds: [], counts: [], count: 0, sum: 0, max: 0 };
  return parts.slice(1).reduce(
    (whole, part) => ({
      bounds: whole.bounds,
      counts: whole.counts.map((count, at) => count + (part.counts[at] ?? 0)),
      count: whole.count + part.count,
      sum: whole.sum + part.sum,
      max: Math.max(whole.max, part.max),
    }),
    first ?? none,
  );
}

const requestsJson = ({ routes, inFlight }: RequestCounts) => ({
  inFlight,
  tookMs: distributionJson(
    together(routes.filter((each) => !isStream(each)).map(({ tookMs }) => tookMs)),
  ),
  routes: routes.map(routeJson),
});

function popularJson({ shop: { popular }, server }: OverviewView) {
  const { version, memory, stale, waited, cache, database, failures } = popular;
  return {
    version,
    ahead: server.popular.ahead,
    memory,
    stale,
    waited,
    cache,
    database,
    failures,
  };
}

function breakersOf({ ports }: OverviewView) {
  const redis = Object.entries(ports?.redis ?? {}).map(([name, { breaker, outages }]) => ({
    name: `redis-${name}`,
    state: breaker,
    opened: outages,
  }));
  const relay = ports?.relay ?? null;
  if (relay === null) return redis;
  return [...redis, { name: 'platform', state: relay.circuit, opened: relay.opened }];
}

function databaseJson({ ports }: OverviewView) {
  if (ports === null) return null;
  const { database, transactions } = ports;
  return {
    away: database.away,
    replicaFallbacks: database.replicaFallbacks,
    committed: transactions.committed,
    failed: transactions.failed,
    reruns: transactions.reruns,
    pools: Object.entries(database.pools).map(([name, { used, free, max, waiting }]) => ({
      name,
      used,
      free,
      max,
      waiting,
    })),
  };
}

function deliveriesJson({ backlog, ports }: OverviewView) {
  const relay = ports?.relay ?? null;
  return {
    waiting:
      backlog === null
        ? null
        : {
            pending: backlog.pending,
            failed: backlog.failed,
            oldestAt: backlog.oldestAt === null ? null : timeJson(backlog.oldestAt),
          },
    relay:
      relay === null
        ? null
        : {
            inFlight: relay.inFlight,
            attempts: relay.attempts,
            delivered: relay.delivered,
            retried: relay.retried,
            failed: relay.failed,
            refused: relay.refused,
          },
  };
}

/** A process as it is shown: counters as they are, times as RFC 3339. */
export function overviewJson(view: OverviewView) {
  const { shop, server, ports, loop } = view;
  return {
    instance: view.instance,
    startedAt: timeJson(instant(view.startedAt)),
    now: timeJson(instant(view.now)),
    accepted: { ...shop.accepted },
    desks: DESKS.map((name) => deskJson(name, shop[name])),
    requests: view.isCounted ? requestsJson(server.requests) : null,
    connections: server.connections,
    malformed: server.malformed,
    streams: {
      open: server.streams.open,
      sent: server.streams.sent,
      cutOff: server.streams.cutOff,
    },
    popular: popularJson(view),
    caches: Object.entries(ports?.caches ?? {}).map(
      ([layer, { hits, misses, loads, fallbacks = 0 }]) => ({
        layer,
        hits,
        misses,
        loads,
        fallbacks,
      }),
    ),
    breakers: breakersOf(view),
    database: databaseJson(view),
    deliveries: deliveriesJson(view),
    loop: { activeMs: loop.activeMs, idleMs: loop.idleMs, lateMs: loop.lateMs },
    memoryBytes: view.memoryBytes,
  };
}
