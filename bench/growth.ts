import { auditBySql } from './growth/audit.ts';
import { fillPast } from './growth/past.ts';
import { LongSql } from './growth/sql.ts';
import { type Bench, runBench } from './lib/bench.ts';
import { openJumun } from './lib/container.ts';
import {
  type BenchDatabase,
  lostPayments,
  RICH,
  type Seed,
  versionOf,
  withDatabase,
} from './lib/database.ts';
import { type InProcessResult, runInProcess } from './lib/in-process.ts';
import { inTurns, middle, ratioTo } from './lib/rounds.ts';
import { withMysql } from './lib/servers.ts';
import { productsOf } from './lib/wishes.ts';

// Is a shop with millions of past orders as fast as a new one?

const RATIO = 'many past orders to few';
const FEW = 10_000;
const MANY = 5_000_000;

/** A database with a past. */
interface Grown {
  readonly orders: number;
  readonly db: BenchDatabase;
  readonly sql: LongSql;
}

const withPast = (
  bench: Bench,
  server: string,
  { orders, seed }: { readonly orders: number; readonly seed: Seed },
  use: (grown: Grown) => Promise<void>,
): Promise<void> =>
  withDatabase({ server, seed }, async (db) => {
    bench.on(await versionOf(db));
    const sql = new LongSql(db.url);
    try {
      await fillPast(sql, { orders, seed }, (line) => bench.say(line));
      await use({ orders, db, sql });
    } finally {
      sql.close();
    }
  });

async function compare(bench: Bench, few: Grown, many: Grown): Promise<void> {
  const both = [few, many];
  const runs = await inTurns(
    bench.small ? 1 : 5,
    both.map((grown) => () => measure(bench, grown)),
  );
  const [baseline = [], grown = []] = runs;
  for (const [at, each] of runs.entries()) {
    const { perSecond, latency, perOrder } = middle(each);
    const shape = `in process, 256 in flight, ${both[at]?.orders} past orders`;
    const ratio = ratioTo(baseline, each);
    bench.row({ variant: 'Jumun', shape, perSecond, latency, ratio, note: perOrder });
  }
  bench.figure(RATIO, ratioTo(baseline, grown));
  for (const [at, { db, sql }] of both.entries()) {
    const paid = (runs[at] ?? []).flatMap(({ acknowledged }) => acknowledged);
    bench.expectNone(await auditBySql(sql, db.seed));
    bench.expectNone(await lostPayments(db.database, paid));
  }
}

type Measured = InProcessResult & { readonly perOrder: string };

/** What the server does for each order, beside how fast. */
const COUNTERS = {
  Innodb_buffer_pool_reads: 'pages read',
  Innodb_buffer_pool_pages_flushed: 'pages written',
  Innodb_buffer_pool_read_requests: 'page accesses',
} as const;

async function measure(bench: Bench, { db, sql }: Grown): Promise<Measured> {
  const jumun = await openJumun(db.url);
  try {
    const before = await sql.counters('Innodb_buffer_pool');
    const result = await runInProcess(jumun.shop, {
      inFlight: bench.small ? 64 : 256,
      customers: db.seed.customers,
      products: productsOf('uniform'),
      warmUpSeconds: bench.small ? 0.2 : 1,
      seconds: bench.seconds(4, 0.5),
    });
    const after = await sql.counters('Innodb_buffer_pool');
    const perOrder = Object.entries(COUNTERS).map(([name, what]) => {
      const count = (after.get(name) ?? 0) - (before.get(name) ?? 0);
      return `${Number((count / result.acknowledged.length).toPrecision(2))} ${what}`;
    });
    return { ...result, perOrder: `for each order: ${perOrder.join(', ')}` };
  } finally {
    await jumun.close();
  }
}

await runBench(
  'growth',
  [{ name: RATIO, required: 0.85, aim: 0.95 }],
  (bench) =>
    withMysql(async (server) => {
      const many = bench.option('orders') ?? (bench.small ? 20_000 : MANY);
      const seed: Seed = { ...RICH, customers: bench.small ? 500 : 100_000 };
      bench.set('customers', seed.customers);
      await withPast(bench, server, { orders: bench.small ? 1_000 : FEW, seed }, (few) =>
        withPast(bench, server, { orders: many, seed }, (grown) => compare(bench, few, grown)),
      );
    }),
  { numbers: ['orders'] },
);
