import { once } from 'node:events';
import { setTimeout as elapse } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Database, KnexQueries, KnexUnitOfWork, TOKENS } from '@jumun/adapters';
import {
  auditDatabase,
  type Store,
  type TemporaryDatabase,
  temporaryDatabase,
} from '@jumun/adapters/testing';
import {
  afterSeconds,
  instant,
  type Order,
  refundedSalesOf,
  SalesCalendar,
  salesOf,
} from '@jumun/domain';
import { accepted, aCompletedOrder, aProduct } from '@jumun/domain/testing';
import { readConfig } from './config.js';
import { workerContainer } from './container.js';
import { killTheRest, lineOf, outcomeOf, startMain } from './testing/worker-process.js';

const STORES: readonly Store[] = ['mysql', 'sqlite'];
const CALENDAR = new SalesCalendar('Asia/Seoul');
const SECONDS_OF_A_DAY = 86_400;
/** A minute ago: an order is paid a moment after it was placed. */
const BEGAN = instant(Date.now() - 60_000);

/** How often a worker is killed on MySQL, and less often on SQLite: `STATS_KILLS=500` for a long proof. */
const KILLS = Number(process.env['STATS_KILLS'] ?? 50);
const KILLS_ON: Readonly<Record<Store, number>> = { mysql: KILLS, sqlite: Math.ceil(KILLS * 0.3) };

/** Products of an order; and orders enough for more than one transaction of the worker, by what it counts at once. */
const PRODUCTS_EACH = 50;
const MANY_ORDERS = 210;
/** Orders are for these in turn, so that a roll-up has many sums to change. */
const PRODUCTS = Array.from({ length: 11 * PRODUCTS_EACH }, (_, at) =>
  aProduct({ id: at + 1, price: 1_000 + at }),
);
const basketOf = (order: number): typeof PRODUCTS => {
  const first = (order * PRODUCTS_EACH) % PRODUCTS.length;
  return PRODUCTS.slice(first, first + PRODUCTS_EACH);
};

/** Sells and refunds on a database, as paid and cancelled orders do. */
class Market {
  private kept = 0;
  private lastOrder = 0;
  private readonly unitOfWork: KnexUnitOfWork;

  constructor(database: Database) {
    this.unitOfWork = new KnexUnitOfWork(database);
  }

  /** How many orders are paid and not refunded. */
  get sold(): number {
    return this.kept;
  }

  /** So many orders of fifty products each; every fifth one is refunded. */
  async sell(count: number): Promise<void> {
    const paid = Array.from({ length: count }, (): Order => {
      this.lastOrder += 1;
      const id = this.lastOrder;
      return aCompletedOrder({
        id,
        paymentId: id,
        // On one of the last days, so that sums of several days change at once.
        placedAt: afterSeconds(BEGAN, -(id % 5) * SECONDS_OF_A_DAY),
        items: basketOf(id).map((product, at) => [product, 1 + ((id + at) % 3)] as const),
      });
    });
    await this.unitOfWork.run(async (tx) => {
      const orders = paid.map((order, at) =>
        at % 5 === 0 ? accepted(order.cancel(paidAt(order))).next : order,
      );
      await tx.orders.addMany(orders);
      await tx.sales.append(
        paid.flatMap((order, at) => {
          const day = CALENDAR.dayOf(paidAt(order));
          return [...salesOf(order, day), ...(at % 5 === 0 ? refundedSalesOf(order, day) : [])];
        }),
      );
    });
    this.kept += count - Math.ceil(count / 5);
  }
}

const paidAt = (order: Order) => {
  const snapshot = order.toSnapshot();
  if (snapshot.status !== 'COMPLETED') throw new Error('the order is paid');
  return snapshot.payment.paidAt;
};

/** How far a worker had come when it was killed. */
type Stage = 'nothing counted' | 'counted, and no rankings made' | 'finished';

describe.each(STORES)('A worker that counts sales, on %s', (store) => {
  let temporary: TemporaryDatabase;
  let database: Database;
  let market: Market;
  let environment: Record<string, string>;
  beforeEach(async () => {
    temporary = await temporaryDatabase(store);
    ({ database } = temporary);
    market = new Market(database);
    environment = { DATABASE_URL: temporary.url, STATS_INTERVAL_SECONDS: '1' };
  });
  afterEach(async () => {
    killTheRest();
    await temporary.remove();
  });

  /** Breaches of the rules between sales records and sums. */
  const brokenRules = async (): Promise<readonly string[]> =>
    (await auditDatabase(database)).filter((rule) => rule.includes('statistics'));

  const uncounted = async (): Promise<number> => {
    const [row] = await database.read((session) =>
      session.all<{ records: number }>(
        'SELECT COUNT(*) AS records FROM sales_records WHERE counted = 0',
      ),
    );
    return Number(row?.records);
  };

  /** Resolves when fewer records than these wait to be counted. */
  const someAreCounted = async (waiting: number): Promise<void> => {
    for (const deadline = Date.now() + 20_000; (await uncounted()) >= waiting;) {
      if (Date.now() > deadline) throw new Error('the worker counts nothing');
    }
  };

  /** What was sold of each product, by the stored ranking of all days there are. */
  const rankedAs = async (): Promise<unknown> => {
    const ranking = await new KnexQueries(database).rankings.find(30, 'quantity');
    return ranking?.places.map(({ productId, quantity, revenue }) => [
      productId,
      quantity,
      revenue,
    ]);
  };

  /** The same by the records themselves. */
  const soldAs = async (): Promise<unknown> => {
    const sold = await database.read((session) =>
      session.all<Readonly<Record<'productId' | 'quantity' | 'revenue', number | string>>>(
        `SELECT product_id AS productId, SUM(quantity) AS quantity, SUM(revenue) AS revenue FROM sales_records
         GROUP BY product_id HAVING SUM(quantity) > 0
         ORDER BY SUM(quantity) DESC, SUM(revenue) DESC, product_id`,
      ),
    );
    return sold.map(({ productId, quantity, revenue }) =>
      [productId, quantity, revenue].map(Number),
    );
  };

  const rebuild = () => outcomeOf(startMain('rebuild-statistics-main', environment));

  it('counts what is sold while it runs, and stops when it is told to', async () => {
    const { rankings, statistics } = new KnexQueries(database);
    const worker = startMain('main', environment);
    await lineOf(worker, /"msg":"working"/);
    await market.sell(4);
    const deadline = Date.now() + 10_000;
    const isDone = async (): Promise<boolean> => {
      const { revision, rankedRevision } = await statistics.progress();
      return revision > 0 && rankedRevision === revision;
    };
    while (!(await isDone())) {
      expect(Date.now()).toBeLessThan(deadline);
      await elapse(20);
    }
    expect((await rankings.find(30, 'revenue'))?.computedAt).toBeGreaterThan(BEGAN);
    const ended = once(worker, 'exit');
    worker.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
    expect(await brokenRules()).toEqual([]);
  });

  it(`loses and doubles nothing, killed ${KILLS_ON[store]} times at random points of its work`, async () => {
    const { statistics } = new KnexQueries(database);
    const stages: Record<Stage, number> = {
      'nothing counted': 0,
      'counted, and no rankings made': 0,
      finished: 0,
    };
    /** Kills come within so many milliseconds: it is shortened where they come too late, and else lengthened. */
    let span = 80;
    for (let kill = 0; kill < KILLS_ON[store]; kill += 1) {
      // Now and then there is more than one transaction's worth to count.
      await market.sell(kill % 10 === 0 ? MANY_ORDERS : 20);
      const before = await statistics.progress();
      const waiting = await uncounted();
      const worker = startMain('main', environment);
      await lineOf(worker, /"msg":"working"/);
      // Every other one dies at any time; the others when they have just committed something, which is a moment to fear.
      const isTimed = kill % 2 === 0;
      const moment = isTimed
        ? elapse(Math.random() * span)
        : someAreCounted(waiting).then(() => elapse(Math.random() * 10));
      // It sells on while the worker counts.
      await Promise.all([isTimed ? market.sell(5) : undefined, moment]);
      worker.kill('SIGKILL');
      await once(worker, 'exit');
      const after = await statistics.progress();
      const stage: Stage =
        after.version > before.version
          ? 'finished'
          : after.revision > before.revision
            ? 'counted, and no rankings made'
            : 'nothing counted';
      stages[stage] += 1;
      if (isTimed)
        span = stage === 'finished' ? Math.max(5, span * 0.7) : Math.min(2_000, span * 1.3);
    }
    // Otherwise the kills would prove nothing.
    expect(KILLS_ON[store] - stages.finished).toBeGreaterThan(KILLS_ON[store] / 10);

    expect(await brokenRules()).toEqual([]);
    const container = workerContainer(readConfig(environment), () => {});
    await container.get(TOKENS.shop).rollUpSales();
    await container.get(TOKENS.database).close();
    expect(await brokenRules()).toEqual([]);
    expect(await uncounted()).toBe(0);
    expect(await rankedAs()).toEqual(await soldAs());
    const { code, out } = await rebuild();
    expect(out).toContain(`${market.sold} paid orders were added up in `);
    expect(out).toContain('All sums were right.\n');
    expect(code).toBe(0);
  }, 300_000);

  it('has a command that puts right what somebody has changed by hand', async () => {
    await market.sell(5);
    expect((await rebuild()).out).toMatch(
      /^4 paid orders .* All sums were right\.\nThe rankings were made anew: version \d+\.\n$/,
    );
    await database.write(async (session) => {
      await session.run('UPDATE sales_daily SET revenue = revenue + 1 WHERE product_id <= 60');
    });
    expect(await brokenRules()).not.toEqual([]);
    const [corrected, again] = [await rebuild(), await rebuild()];
    expect(corrected.out).toMatch(/10 sums of a day and product were wrong, and are right now\./);
    expect(again.out).toMatch(/All sums were right\.\nThe rankings were made anew: version \d+\./);
    expect(await brokenRules()).toEqual([]);
    expect([corrected.code, again.code]).toEqual([0, 0]);
  });
});

describe('The command that rebuilds the statistics', () => {
  it('says what is wrong where the database is away, and ends with 1', async () => {
    const environment = { DATABASE_URL: 'mysql://root@127.0.0.1:1/shop' };
    const { code, err } = await outcomeOf(startMain('rebuild-statistics-main', environment));
    expect(err).toMatch(/^The statistics were not rebuilt: .+\n$/);
    expect(code).toBe(1);
  });
});
