import type { Schemas } from '../../api/document.js';

export type Overview = Schemas['Overview'];
export type Distribution = Schemas['Distribution'];

/** What happened between two looks at one process. Null: nothing happened that it could be told from. */
export interface Point {
  /** When it ends, in milliseconds since 1970. */
  readonly at: number;
  /** Each second. */
  readonly placed: number;
  readonly paid: number;
  readonly cancelled: number;
  readonly coupons: number;
  readonly requests: number | null;
  readonly failed: number | null;
  /** Milliseconds. */
  readonly p50: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
  /** Commands of customers that shared a transaction, on average. */
  readonly batchSize: number | null;
  /** How long nineteen of twenty of them waited for it, in milliseconds. */
  readonly batchWait: number | null;
  /** What waits now, at all desks. */
  readonly queued: number;
  /** Shares from 0 to 1. */
  readonly popularHits: number | null;
  readonly cacheHits: number | null;
  readonly busy: number;
  readonly pending: number | null;
  readonly undelivered: number | null;
}

/** Figures that came to a distribution between two looks at it. */
export function cameBetween(before: Distribution, after: Distribution): Distribution {
  return {
    bounds: after.bounds,
    counts: after.counts.map((count, at) => count - (before.counts[at] ?? 0)),
    count: after.count - before.count,
    sum: after.sum - before.sum,
    max: after.max,
  };
}

/**
 * The figure that `share` of all figures do not exceed; null where there are none. Within a bucket they are taken to be spread
 * evenly, as Prometheus does; above the last bucket the highest figure ever is told.
 */
export function quantile(
  { bounds, counts, count, max }: Distribution,
  share: number,
): number | null {
  if (count <= 0) return null;
  const wanted = share * count;
  let below = 0;
  for (const [at, inBucket] of counts.entries()) {
    if (inBucket > 0 && below + inBucket >= wanted) {
      const [from, to] = [bounds[at - 1] ?? 0, bounds[at] ?? max];
      return Math.min(from + ((to - from) * (wanted - below)) / inBucket, max);
    }
    below += inBucket;
  }
  return max;
}

/** Whether two looks were at one process, since its last start. */
const isSame = (before: Overview, after: Overview): boolean => before.instance === after.instance;

/** What happened between two looks; null where they cannot be compared. */
export function pointBetween(before: Overview, after: Overview): Point | null {
  const at = Date.parse(after.now);
  const seconds = (at - Date.parse(before.now)) / 1_000;
  if (!isSame(before, after) || seconds <= 0) return null;
  const did = (command: keyof Overview['accepted']): number =>
    (after.accepted[command] - before.accepted[command]) / seconds;
  const { waiting } = after.deliveries;
  return {
    at,
    placed: did('placeOrder'),
    paid: did('payOrder'),
    cancelled: did('cancelOrder'),
    coupons: did('issueCoupon'),
    ...requestsBetween(before, after, seconds),
    ...batchesBetween(before, after),
    queued: after.desks.reduce((sum, { queued }) => sum + queued, 0),
    ...hitsBetween(before, after),
    busy: busyBetween(before, after),
    pending: waiting?.pending ?? null,
    undelivered: waiting?.failed ?? null,
  };
}

function requestsBetween(
  { requests: before }: Overview,
  { requests: after }: Overview,
  seconds: number,
): Pick<Point, 'requests' | 'failed' | 'p50' | 'p95' | 'p99'> {
  if (before === null || after === null) {
    return { requests: null, failed: null, p50: null, p95: null, p99: null };
  }
  const took = cameBetween(before.tookMs, after.tookMs);
  const failures = ({ routes }: typeof after): number =>
    routes.reduce((sum, { failed }) => sum + failed, 0);
  return {
    requests: took.count / seconds,
    failed: (failures(after) - failures(before)) / seconds,
    p50: quantile(took, 0.5),
    p95: quantile(took, 0.95),
    p99: quantile(took, 0.99),
  };
}

/** Of the desks where commands of customers share a transaction. */
const DESKS: ReadonlySet<string> = new Set(['orders', 'coupons']);

function batchesBetween(before: Overview, after: Overview): Pick<Point, 'batchSize' | 'batchWait'> {
  const sums = { items: 0, batches: 0 };
  const waits: Distribution[] = [];
  for (const desk of after.desks.filter(({ name }) => DESKS.has(name))) {
    const earlier = before.desks.find(({ name }) => name === desk.name);
    if (earlier === undefined) continue;
    sums.items += desk.items - earlier.items;
    sums.batches += desk.batches - earlier.batches;
    waits.push(cameBetween(earlier.waitMs, desk.waitMs));
  }
  const slowest = waits.map((wait) => quantile(wait, 0.95)).filter((ms) => ms !== null);
  return {
    batchSize: sums.batches === 0 ? null : sums.items / sums.batches,
    batchWait: slowest.length === 0 ? null : Math.max(...slowest),
  };
}

const share = (part: number, whole: number): number | null => (whole <= 0 ? null : part / whole);

/** Reads that were answered from memory, and reads of the cache that found something kept. */
function hitsBetween(before: Overview, after: Overview): Pick<Point, 'popularHits' | 'cacheHits'> {
  const kept = ({ popular: { ahead, memory } }: Overview): number => ahead + memory;
  const hits = kept(after) - kept(before);
  const cache = ({ caches }: Overview) => ({
    hits: caches.reduce((sum, layer) => sum + layer.hits, 0),
    reads: caches.reduce((sum, layer) => sum + layer.hits + layer.misses + layer.fallbacks, 0),
  });
  const [earlier, later] = [cache(before), cache(after)];
  return {
    popularHits: share(hits, hits + after.popular.waited - before.popular.waited),
    cacheHits: share(later.hits - earlier.hits, later.reads - earlier.reads),
  };
}

function busyBetween({ loop: before }: Overview, { loop: after }: Overview): number {
  const active = after.activeMs - before.activeMs;
  return share(active, active + after.idleMs - before.idleMs) ?? 0;
}
