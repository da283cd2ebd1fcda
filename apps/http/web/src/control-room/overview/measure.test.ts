import { describe, expect, it } from '@jest/globals';
import { afterLook, type History, MOST_POINTS } from './history.js';
import {
  cameBetween,
  type Distribution,
  type Overview,
  pointBetween,
  quantile,
} from './measure.js';

const BOUNDS = [1, 2, 5, 10];
const NONE: Distribution = { bounds: BOUNDS, counts: [0, 0, 0, 0], count: 0, sum: 0, max: 0 };

/** A distribution of these figures. */
function distributionOf(...figures: readonly number[]): Distribution {
  const counts = BOUNDS.map(
    (bound, at) =>
      figures.filter((figure) => figure <= bound && figure > (BOUNDS[at - 1] ?? -1)).length,
  );
  const sum = figures.reduce((total, figure) => total + figure, 0);
  return { bounds: BOUNDS, counts, count: figures.length, sum, max: Math.max(0, ...figures) };
}

const desk = (name: 'orders' | 'coupons', items: number, batches: number) => ({
  name,
  queued: 0,
  items,
  batches,
  refused: 0,
  retries: 0,
  splits: 0,
  batchSize: NONE,
  waitMs: NONE,
  workMs: NONE,
});

const START = Date.parse('2024-01-17T03:00:00.000Z');

/** A process that has done nothing so many seconds after its start, but for what is told. */
const look = (second: number, did: Partial<Overview> = {}): Overview => ({
  instance: 'one',
  startedAt: new Date(START).toISOString(),
  now: new Date(START + second * 1_000).toISOString(),
  accepted: { chargeWallet: 0, placeOrder: 0, payOrder: 0, cancelOrder: 0, issueCoupon: 0 },
  desks: [desk('orders', 0, 0), desk('coupons', 0, 0)],
  requests: { inFlight: 0, tookMs: NONE, routes: [] },
  connections: 0,
  malformed: 0,
  streams: { open: 0, sent: 0, cutOff: 0 },
  popular: {
    version: 0,
    ahead: 0,
    memory: 0,
    stale: 0,
    waited: 0,
    cache: 0,
    database: 0,
    failures: 0,
  },
  caches: [{ layer: 'process', hits: 0, misses: 0, loads: 0, fallbacks: 0 }],
  breakers: [],
  database: null,
  deliveries: { waiting: { pending: 0, failed: 0, oldestAt: null }, relay: null },
  loop: { activeMs: 0, idleMs: 0, lateMs: null },
  memoryBytes: 0,
  ...did,
});

describe('A quantile', () => {
  it('of nothing is nothing', () => {
    expect(quantile(NONE, 0.5)).toBeNull();
  });

  it('is within the bucket that has it, as far as its share goes', () => {
    const figures = distributionOf(1, 1, 5, 5, 5, 5);
    expect(quantile(figures, 0.5)).toBe(2.75);
    expect(quantile(figures, 1)).toBe(5);
    expect(quantile(figures, 1 / 6)).toBe(0.5);
  });

  it('is never more than the highest figure, nor less where that is above all buckets', () => {
    expect(quantile(distributionOf(6), 0.99)).toBe(6);
    expect(quantile(distributionOf(1, 400), 0.99)).toBe(400);
  });
});

describe('What came between two looks at a distribution', () => {
  it('is what was added, bucket by bucket', () => {
    const [before, after] = [distributionOf(1, 4), distributionOf(1, 4, 4, 9)];
    expect(cameBetween(before, after)).toEqual({ ...distributionOf(4, 9), max: 9 });
  });
});

describe('What happened between two looks at a process', () => {
  it('is told by the second', () => {
    const done = { chargeWallet: 4, placeOrder: 20, payOrder: 10, cancelOrder: 2, issueCoupon: 6 };
    expect(pointBetween(look(0), look(2, { accepted: done }))).toMatchObject({
      at: START + 2_000,
      placed: 10,
      paid: 5,
      cancelled: 1,
      coupons: 3,
    });
  });

  it('says how many commands shared a batch, over orders and coupons', () => {
    const desks = [desk('orders', 90, 2), desk('coupons', 10, 8)];
    expect(pointBetween(look(0), look(2, { desks }))?.batchSize).toBe(10);
    expect(pointBetween(look(0), look(2))?.batchSize).toBeNull();
  });

  it('says which share of the reads was answered from memory, and nothing where nobody read', () => {
    const { popular } = look(0);
    const read = look(2, {
      popular: { ...popular, ahead: 6, memory: 3, waited: 1 },
      caches: [{ layer: 'redis', hits: 3, misses: 0, loads: 1, fallbacks: 1 }],
    });
    expect(pointBetween(look(0), read)).toMatchObject({ popularHits: 0.9, cacheHits: 0.75 });
    expect(pointBetween(look(0), look(2))).toMatchObject({ popularHits: null, cacheHits: null });
  });

  it('tells of requests, and of those that failed, where they are counted', () => {
    const route = { route: '/', method: 'GET', refused: 0, meanMs: 0, maxMs: 0 };
    const requests = {
      inFlight: 1,
      tookMs: distributionOf(1, 2, 5, 10),
      routes: [{ ...route, requests: 4, failed: 2 }],
    };
    expect(pointBetween(look(0), look(2, { requests }))).toMatchObject({
      requests: 2,
      failed: 1,
      p50: 2,
    });
    expect(pointBetween(look(0), look(2, { requests: null }))).toMatchObject({
      requests: null,
      p99: null,
    });
  });

  it('is nothing where they were of two processes, or at one moment', () => {
    expect(pointBetween(look(0), look(2, { instance: 'two' }))).toBeNull();
    expect(pointBetween(look(2), look(2))).toBeNull();
  });
});

describe('The history of looks', () => {
  const seen = (looks: readonly Overview[]): History =>
    looks.reduce<History>((history, each) => afterLook(history, each), new Map());

  it('keeps processes apart, however they take turns to answer', () => {
    const history = seen([
      look(0),
      look(1, { instance: 'two' }),
      look(2),
      look(3, { instance: 'two' }),
    ]);
    expect([...history].map(([instance, { points }]) => [instance, points.length])).toEqual([
      ['one', 1],
      ['two', 1],
    ]);
  });

  it('forgets what is too old: points, and processes that answer no more', () => {
    const many = Array.from({ length: MOST_POINTS + 10 }, (_, at) => look(at));
    expect(seen(many).get('one')?.points).toHaveLength(MOST_POINTS);
    const later = seen([look(0), look(59, { instance: 'two' }), look(60, { instance: 'two' })]);
    expect([...later.keys()]).toEqual(['two']);
  });
});
