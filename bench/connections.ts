import { type Bench, runBench } from './lib/bench.ts';
import type { Requirement } from './lib/figures.ts';
import type { TrickleReport } from './lib/crowd-tasks.ts';
import { type Crowd, type OpenCrowds, withCrowds } from './lib/crowds.ts';
import { type BenchDatabase, RICH, versionOf, withDatabase } from './lib/database.ts';
import { mostConnections } from './lib/open-files.ts';
import { residentKb } from './lib/resident-memory.ts';
import { withMysql, withRedis } from './lib/servers.ts';
import { type Service, startService, withServices } from './lib/service.ts';

// What do 10,000 open connections cost? Customers order now and then over all of them in turn, as many a second as over 100
// connections before and after.

const DROPPED = 'connections dropped';
const FAILED = 'requests failed';
const P99 = 'p99, many connections to few';

const REQUIREMENTS: readonly Requirement[] = [
  { name: DROPPED, required: 0, atMost: true },
  { name: FAILED, required: 0, atMost: true },
];

const WARM_UP_SECONDS = 3;
const CREATED = '201';

interface Scene {
  readonly bench: Bench;
  readonly open: OpenCrowds;
  readonly service: Service;
  /** Orders that were acknowledged as paid. */
  readonly paid: number[];
}

async function measure(scene: Scene): Promise<void> {
  const { bench, open, service } = scene;
  const few = bench.small ? 10 : 100;
  const many = await howMany(bench, bench.small ? 200 : 10_000);
  const before = await during(scene, few, bench.seconds(15, 1));

  const emptyKb = await residentKb(service.pid);
  bench.say(`Opening ${many} connections.`);
  const crowd = await open([service.url], many);
  const idleKb = await residentKb(service.pid);
  const full = await trickle(scene, crowd, bench.seconds(60, 2));
  const busyKb = await residentKb(service.pid);
  await crowd.close();
  const after = await during(scene, few, bench.seconds(15, 1));

  const each = (kb: number): number => (kb - emptyKb) / many;
  bench.figure('kB of a connection, when it is idle', each(idleKb));
  bench.figure('kB of a connection, after the orders', each(busyKb));
  const times = full.latency.p99 / ((before.latency.p99 + after.latency.p99) / 2);
  bench.figure(P99, times);
  const reports = [before, full, after];
  bench.figure(
    DROPPED,
    sumOf(reports, ({ dropped }) => dropped),
  );
  bench.figure(FAILED, sumOf(reports, failedIn));
  const memory = `${mb(emptyKb)} MB before, ${mb(idleKb)} idle, ${mb(busyKb)} after the orders`;
  const kilobytes = `${each(idleKb).toFixed(1)} and ${each(busyKb).toFixed(1)} kB each`;
  tell(bench, `${few} connections, before`, before);
  const note = `p99 ${times.toFixed(2)} times that of few; ${memory}: ${kilobytes}`;
  tell(bench, `${many} connections`, full, note);
  tell(bench, `${few} connections, after`, after);
}

const rateOf = ({ small }: Bench): number => (small ? 50 : 200);

function tell(bench: Bench, variant: string, report: TrickleReport, note = ''): void {
  const { used, perSecond, latency } = report;
  const shape = `${rateOf(bench)} orders/s over ${used} of them`;
  bench.row({ variant, shape, perSecond, latency, note });
}

async function howMany(bench: Bench, wanted: number): Promise<number> {
  const most = await mostConnections();
  if (most >= wanted) return wanted;
  bench.say(`The limit on open files (ulimit -n) allows ${most} connections, not ${wanted}.`);
  return most;
}

async function during(scene: Scene, connections: number, seconds: number): Promise<TrickleReport> {
  const crowd = await scene.open([scene.service.url], connections);
  const report = await trickle(scene, crowd, seconds);
  await crowd.close();
  return report;
}

/** Orders over all connections of the crowd in turn; none may fail, and no connection may be lost. */
async function trickle(
  { bench, paid }: Scene,
  crowd: Crowd,
  seconds: number,
): Promise<TrickleReport> {
  const report = await crowd.trickle({
    firstCustomer: 1,
    products: Array.from({ length: RICH.products }, (_, at) => at + 1),
    perSecond: rateOf(bench),
    warmUpSeconds: bench.small ? 0 : WARM_UP_SECONDS,
    seconds,
  });
  for (const id of report.paid) paid.push(id);
  const complaints = complaintsAbout(report);
  bench.expectNone(complaints.map((each) => `${crowd.connections} connections: ${each}`));
  return report;
}

function complaintsAbout(report: TrickleReport): readonly string[] {
  const { answers, dropped } = report;
  const failed = failedIn(report);
  return [
    ...(dropped === 0 ? [] : [`${dropped} were dropped`]),
    ...(failed === 0 ? [] : [`${failed} requests failed: ${JSON.stringify(answers)}`]),
  ];
}

const failedIn = ({ answers }: TrickleReport): number =>
  Object.entries(answers).reduce((sum, [kind, count]) => sum + (kind === CREATED ? 0 : count), 0);

const sumOf = (reports: readonly TrickleReport[], of: (report: TrickleReport) => number): number =>
  reports.reduce((sum, report) => sum + of(report), 0);

const mb = (kb: number): string => (kb / 1_024).toFixed(0);

async function connect(bench: Bench, db: BenchDatabase, redisUrl: string): Promise<void> {
  bench.on(await versionOf(db));
  const paid: number[] = [];
  const start = () => startService({ databaseUrl: db.url, redisUrl });
  await withServices([start], ([service]) =>
    withCrowds(async (open) => {
      if (service !== undefined) await measure({ bench, open, service, paid });
    }),
  );
  bench.expectNone(await db.audit(paid));
}

await runBench('connections', REQUIREMENTS, (bench) =>
  withMysql((server) =>
    withRedis((redisUrl) =>
      withDatabase({ server, seed: { ...RICH, customers: 10_000 } }, (db) =>
        connect(bench, db, redisUrl),
      ),
    ),
  ),
);
