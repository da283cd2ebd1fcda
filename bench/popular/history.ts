import {
  BlockIdSource,
  InProcessCache,
  InProcessEventBus,
  InProcessLock,
  KnexQueries,
  KnexUnitOfWork,
  shopPolicy,
} from '@jumun/adapters';
import { type PopularQuery, RANKING_PLACES, Shop } from '@jumun/application';
import { type ProductId, rankSales, type SalesTotal } from '@jumun/domain';
import { PopularAnswers } from '../../apps/http/dist/popular/popular-answers.js';
import { type Bench, BenchFailed } from '../lib/bench.ts';
import { RICH, type Seed, versionOf, withDatabase } from '../lib/database.ts';
import { LatencyMeter, median } from '../lib/latency.ts';
import { inTurns } from '../lib/rounds.ts';
import { DAYS, LAST_DAYS, NOON, type PastSales, SalesHistory } from './past-sales.ts';

export const MISS = 'GROUP BY over 10 million records, times a cache miss';
export const RECOMPUTE = 'GROUP BY over 10 million records, times a ranking made of the daily sums';
export const ROLL_UP_FEW = 'roll-up of 1,000 records: ms';
export const ROLL_UP_MANY = 'roll-up of 100,000 records: ms';
export const GROWTH = 'ten times the history: times as long, the worst of these';

/** What everybody here answers: the best of the week. */
const WEEK: PopularQuery = { days: DAYS, sort: 'quantity', limit: 50 };

/**
 * Left to itself, MariaDB goes through ten million records in the order of our index of products, one look-up for each, and
 * takes a minute. The baseline is the plan that is fastest: through the table as it lies.
 */
const GROUP_BY = `SELECT product_id AS productId, SUM(quantity) AS quantity, SUM(revenue) AS revenue
  FROM sales_records IGNORE INDEX (sales_records_by_product) WHERE day >= ${LAST_DAYS.at(0)} AND day <= ${LAST_DAYS.at(-1)}
  GROUP BY product_id ORDER BY SUM(quantity) DESC, SUM(revenue) DESC, product_id LIMIT ${WEEK.limit}`;

/** What stands on one history: a shop at that noon, and the plain statement. */
interface Stand {
  readonly history: SalesHistory;
  /** A shop whose process has just begun: it has nothing in its memory or cache. */
  readonly fresh: () => Shop;
  readonly queries: KnexQueries;
}

const standOn = (history: SalesHistory): Stand => {
  const { database } = history.db;
  const queries = new KnexQueries(database);
  const policy = shopPolicy({ orderHoldSeconds: 900, salesTimeZone: 'Asia/Seoul' }, database);
  const ports = {
    queries,
    unitOfWork: new KnexUnitOfWork(database),
    ids: new BlockIdSource(database),
    clock: { now: () => NOON },
    lock: new InProcessLock(),
  };
  return {
    history,
    queries,
    fresh: () =>
      new Shop({ ...ports, cache: new InProcessCache(), events: new InProcessEventBus() }, policy),
  };
};

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** From nothing to the bytes of an answer. */
const miss = ({ fresh }: Stand): Promise<number> => {
  const answers = new PopularAnswers(fresh());
  return timed(() => answers.prepare(WEEK));
};

/** One ranking of the week, of the sums of its days. */
async function rankingOf({ queries }: Stand): Promise<readonly SalesTotal[]> {
  const totals = new Map<ProductId, { productId: ProductId; quantity: number; revenue: number }>();
  for (const day of LAST_DAYS) {
    for (const { productId, quantity, revenue } of await queries.statistics.daily(day)) {
      const total = totals.get(productId);
      if (total === undefined) totals.set(productId, { productId, quantity, revenue });
      else {
        total.quantity += quantity;
        total.revenue += revenue;
      }
    }
  }
  return rankSales(totals.values(), WEEK.sort, RANKING_PLACES);
}

async function rollUp({ history, fresh }: Stand, records: number): Promise<number> {
  await history.sell(records);
  const shop = fresh();
  return timed(async () => {
    const counted = await shop.rollUpSales();
    if (counted.records !== records || counted.version === null) {
      throw new BenchFailed([`a roll-up of ${records} records came to ${JSON.stringify(counted)}`]);
    }
  });
}

/** Something that is measured on both histories. */
interface Subject {
  readonly name: string;
  readonly rounds: number;
  readonly once: (stand: Stand) => Promise<number>;
}

const repeated = async (times: number, once: () => Promise<number>): Promise<number> => {
  const took: number[] = [];
  for (let time = 0; time < times; time += 1) took.push(await once());
  return median(took);
};

const subjects = (small: boolean) =>
  ({
    groupBy: {
      name: 'plain GROUP BY over the records',
      rounds: small ? 1 : 3,
      once: ({ history: { sql } }: Stand) => timed(() => sql.all(GROUP_BY)),
    },
    miss: {
      name: 'cache miss: stored ranking read, answer built',
      rounds: small ? 2 : 15,
      once: (stand: Stand) => repeated(small ? 2 : 20, () => miss(stand)),
    },
    recompute: {
      name: 'one ranking made of the daily sums',
      rounds: small ? 2 : 15,
      once: (stand: Stand) => timed(() => rankingOf(stand)),
    },
    rollUpFew: {
      name: 'roll-up of 1,000 records, with all 60 rankings',
      rounds: small ? 2 : 15,
      once: (stand: Stand) => rollUp(stand, 1_000),
    },
    rollUpMany: {
      name: `roll-up of ${small ? '2,000' : '100,000'} records, with all 60 rankings`,
      rounds: small ? 1 : 5,
      once: (stand: Stand) => rollUp(stand, small ? 2_000 : 100_000),
    },
    rankings: {
      name: 'all 60 rankings made and stored, nothing counted',
      rounds: small ? 1 : 7,
      once: ({ history: { sql }, fresh }: Stand) =>
        sql
          .run('UPDATE statistics SET revision = revision + 1')
          .then(() => timed(() => fresh().rollUpSales())),
    },
  }) satisfies Record<string, Subject>;

type Subjects = ReturnType<typeof subjects>;
type Measured = Readonly<Record<keyof Subjects, readonly [few: number, many: number]>>;

/** Histories of these sizes on one server; they are kept for the next run where they have names. */
const withHistories = (
  bench: Bench,
  server: string,
  { past, kept }: { readonly past: readonly PastSales[]; readonly kept: boolean },
  use: (stands: readonly Stand[]) => Promise<void>,
): Promise<void> => {
  const open = async (stands: readonly Stand[]): Promise<void> => {
    const next = past[stands.length];
    if (next === undefined) return use(stands);
    const seed: Seed = { ...RICH, customers: 1, products: next.products };
    const name = kept ? { kept: `jumun_bench_sales_${next.records}` } : {};
    return withDatabase({ server, seed, ...name }, async (db) => {
      bench.on(await versionOf(db));
      const history = await SalesHistory.open(next, db, (line) => bench.say(line));
      try {
        await open([...stands, standOn(history)]);
      } finally {
        history.close();
      }
    });
  };
  return open([]);
};

/** Measures what popular products cost with a short and with a long history of sales. */
export const measureHistory = (bench: Bench, server: string, kept: boolean): Promise<void> => {
  const products = bench.small ? 200 : 10_000;
  const past = (bench.small ? [2_000, 20_000] : [1_000_000, 10_000_000]).map((records) => ({
    records,
    products,
  }));
  return withHistories(bench, server, { past, kept }, async (stands) => {
    const [few, many] = stands as [Stand, Stand];
    // The first ones make the rankings that are read, and the process warm.
    for (const stand of stands) {
      await rollUp(stand, 10);
      await rollUp(stand, 10);
      await expectSame(bench, stand);
    }
    const measured: Partial<Record<keyof Subjects, readonly [number, number]>> = {};
    for (const [key, { name, rounds, once }] of Object.entries(subjects(bench.small))) {
      const runs = await inTurns(rounds, [() => once(few), () => once(many)]);
      const [inFew, inMany] = runs.map((each) => median(each)) as [number, number];
      measured[key as keyof Subjects] = [inFew, inMany];
      for (const [at, { records }] of past.entries()) {
        const meter = new LatencyMeter();
        for (const took of runs[at] ?? []) meter.record(took);
        const shape = `${records.toLocaleString('en-US')} records`;
        const growth = at === 0 ? {} : { ratio: inMany / inFew, note: 'ratio to a tenth of it' };
        bench.row({ variant: name, shape, latency: meter.latency, ...growth });
      }
    }
    note(bench, measured as Measured);
    for (const { history } of stands) bench.expectNone(await history.audit());
  });
};

function note(bench: Bench, measured: Measured): void {
  const { groupBy, miss: missed, recompute, rollUpFew, rollUpMany, rankings } = measured;
  bench.figure(MISS, groupBy[1] / missed[1]);
  bench.figure(RECOMPUTE, groupBy[1] / recompute[1]);
  bench.figure('GROUP BY over 10 million records, times all 60 rankings', groupBy[1] / rankings[1]);
  bench.figure(ROLL_UP_FEW, rollUpFew[1]);
  bench.figure(ROLL_UP_MANY, rollUpMany[1]);
  const growths = [missed, recompute, rollUpFew, rollUpMany].map(([few, many]) => many / few);
  bench.figure(GROWTH, Math.max(...growths));
}

/** The plain statement and the shop must give the same answer, or there is nothing to compare. */
async function expectSame(bench: Bench, { history: { sql }, fresh }: Stand): Promise<void> {
  const plain = await sql.all<Readonly<Record<string, number | string>>>(GROUP_BY);
  const { items } = await fresh().readPopular(WEEK);
  const shown = items.map(({ productId, quantitySold: quantity, revenue }) => ({
    productId,
    quantity,
    revenue,
  }));
  const found = plain.map(({ productId, quantity, revenue }) => ({
    productId: Number(productId),
    quantity: Number(quantity),
    revenue: Number(revenue),
  }));
  const same = JSON.stringify(shown) === JSON.stringify(found);
  bench.expectNone(same ? [] : ['the GROUP BY and the shop rank differently']);
}
