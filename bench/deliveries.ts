import { setTimeout as elapse } from 'node:timers/promises';
import { FIRST_PAST_ID, fillPast } from './growth/past.ts';
import { LongSql } from './growth/sql.ts';
import { type Bench, runBench } from './lib/bench.ts';
import { type Book, withBooks } from './lib/books.ts';
import { Contender } from './lib/contender.ts';
import type { LoadResult } from './lib/load.ts';
import { NOBODY, withReceiver, withWorker } from './lib/platform.ts';
import { inTurns, middle, ratioTo } from './lib/rounds.ts';
import { withMysql } from './lib/servers.ts';
import { startService, withServices } from './lib/service.ts';

// Does the worker keep up with the orders? Do customers feel that it works off a backlog, or that the platform is away?

const KEEPS_UP = 'delivered when the last one is paid, of the orders paid';
const BESIDE = 'orders/s while a backlog drains, to without';
const AWAY = 'median payment with the platform away, to with it there';

const BACKLOG = 100_000;
const ORDERS_PER_SECOND = 1_000;
const PAYMENTS_PER_SECOND = 300;
const LOOK_EVERY_MS = 50;
const DRAINED_WITHIN_MS = 300_000;

interface Scene {
  readonly bench: Bench;
  readonly sql: LongSql;
  readonly jumun: Contender;
  readonly databaseUrl: string;
  /** Of the receiver. */
  readonly platformUrl: string;
}

const span = (bench: Bench, seconds: number) => ({
  warmUpSeconds: bench.small ? 0.2 : 2,
  seconds: bench.seconds(seconds, 0.5),
  connections: bench.small ? 8 : 200,
  wishes: 'uniform' as const,
});

const countOf = async (sql: LongSql, what: string): Promise<number> => {
  const [row] = await sql.all<{ count: number | string }>(`SELECT COUNT(*) AS count FROM ${what}`);
  return Number(row?.count);
};

const waiting = (sql: LongSql): Promise<number> =>
  countOf(sql, `deliveries WHERE status <> 'DELIVERED'`);

/** Waits until everything is delivered; resolves to how long that took, in milliseconds. */
async function drained({ bench, sql }: Scene): Promise<number> {
  const began = performance.now();
  while ((await waiting(sql)) > 0) {
    if (performance.now() - began > DRAINED_WITHIN_MS) {
      bench.expectNone(['a backlog is not worked off within five minutes']);
    }
    await elapse(LOOK_EVERY_MS);
  }
  return performance.now() - began;
}

/** Orders arrive at a rate; what was paid is to be delivered nearly at once. */
async function keepUp(scene: Scene): Promise<void> {
  const { bench, sql, jumun } = scene;
  const perSecond = bench.small ? 50 : ORDERS_PER_SECOND;
  await withWorker(scene, async () => {
    const pace = { kind: 'OPEN', perSecond } as const;
    const before = await countOf(sql, 'deliveries');
    const result = await jumun.serve(bench, { ...span(bench, 8), pace });
    const late = await waiting(sql);
    const paid = (await countOf(sql, 'deliveries')) - before;
    const rest = await drained(scene);
    bench.row({
      variant: 'Jumun and a worker',
      shape: `HTTP, open loop, ${perSecond} orders/s`,
      perSecond: result.perSecond,
      latency: result.latency,
      note: `${paid} paid, ${late} of them not delivered when the last one was paid, and ${Math.round(rest)} ms later all`,
    });
    bench.figure(KEEPS_UP, (paid - late) / paid);
  });
}

/** As if the platform had been away for long. */
async function pileUp({ sql }: Scene): Promise<void> {
  await sql.run(
    `UPDATE deliveries SET status = 'PENDING', attempts = 0, delivered_at = NULL, next_attempt_at = created_at
     WHERE id >= ${FIRST_PAST_ID}`,
  );
}

/** Customers order and pay without a pause, beside a worker that has a backlog and without. */
async function drainBeside(scene: Scene, backlog: number): Promise<void> {
  const { bench, sql, jumun } = scene;
  const serve = (): Promise<LoadResult> =>
    jumun.serve(bench, { ...span(bench, 4), pace: { kind: 'CLOSED' } });
  const left: number[] = [];
  const beside = async (): Promise<LoadResult> => {
    await pileUp(scene);
    return withWorker(scene, async () => {
      const result = await serve();
      left.push(await waiting(sql));
      return result;
    });
  };
  const runs = await inTurns(bench.small ? 1 : 3, [serve, beside]);
  const [alone = [], together = []] = runs;
  for (const [at, each] of runs.entries()) {
    const { perSecond, latency } = middle(each);
    bench.row({
      variant: at === 0 ? 'Jumun without a worker' : 'Jumun beside a worker',
      shape: `HTTP, ${bench.small ? 8 : 200} connections${at === 0 ? '' : `, backlog of ${backlog}`}`,
      perSecond,
      latency,
      ratio: ratioTo(alone, each),
      note: at === 0 ? '' : `left when the customers left: ${left.join(', ')}`,
    });
  }
  bench.figure(BESIDE, ratioTo(alone, together));
}

/** A backlog, and nobody who orders. */
async function drainAlone(scene: Scene, backlog: number): Promise<void> {
  await pileUp(scene);
  await withWorker(scene, async () => {
    const took = await drained(scene);
    scene.bench.row({
      variant: 'a worker',
      shape: `backlog of ${backlog}`,
      perSecond: (backlog / took) * 1_000,
      note: 'messages a second',
    });
  });
}

/** The same orders while the platform takes messages, and while nobody is there. */
async function payMeanwhile(scene: Scene): Promise<void> {
  const { bench, jumun } = scene;
  const perSecond = bench.small ? 30 : PAYMENTS_PER_SECOND;
  const serve = (platformUrl: string) => (): Promise<LoadResult> =>
    withWorker({ ...scene, platformUrl }, () =>
      jumun.serve(bench, { ...span(bench, 4), pace: { kind: 'OPEN', perSecond } }),
    );
  const runs = await inTurns(bench.small ? 1 : 3, [serve(scene.platformUrl), serve(NOBODY)]);
  const medianOf = ({ steps }: LoadResult): number => steps['pay']?.p50 ?? Number.NaN;
  const [there = []] = runs;
  for (const [at, each] of runs.entries()) {
    const one = middle(each);
    const latency = one.steps['pay'];
    bench.row({
      variant: at === 0 ? 'the platform is there' : 'the platform is away',
      shape: `payments, open loop, ${perSecond} orders/s`,
      perSecond: one.perSecond,
      ...(latency === undefined ? {} : { latency }),
      ratio: ratioTo(there, each, medianOf),
      note: 'ratio of the medians of a payment',
    });
  }
  bench.figure(AWAY, ratioTo(there, runs[1] ?? [], medianOf));
  await withWorker(scene, () => drained(scene));
}

await runBench(
  'deliveries',
  [
    { name: KEEPS_UP, required: 0.9, aim: 0.95 },
    { name: BESIDE, required: 0.8 },
    { name: AWAY, required: 1.2, atMost: true },
  ],
  (bench) =>
    withMysql((server) =>
      withBooks(bench, server, 1, async (books) => {
        const [book] = books as [Book];
        const { url: databaseUrl, seed } = book.db;
        const backlog = bench.option('backlog') ?? (bench.small ? 2_000 : BACKLOG);
        const sql = new LongSql(databaseUrl);
        try {
          await fillPast(sql, { orders: backlog, seed }, (line) => bench.say(line));
          const env = { WARM_UP: bench.small ? 'off' : 'on' };
          await withReceiver((platformUrl) =>
            withServices([() => startService({ databaseUrl, env })], async (services) => {
              const jumun = new Contender('Jumun', services, book);
              const scene = { bench, sql, jumun, databaseUrl, platformUrl };
              await keepUp(scene);
              await payMeanwhile(scene);
              await drainBeside(scene, backlog);
              await drainAlone(scene, backlog);
            }),
          );
        } finally {
          sql.close();
        }
      }),
    ),
  { numbers: ['backlog'] },
);
