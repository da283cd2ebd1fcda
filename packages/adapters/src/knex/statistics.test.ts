import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type RollUp, Shop, type Transaction } from '@jumun/application';
import { SalesCalendar, salesOf } from '@jumun/domain';
import { aCompletedOrder, aProduct, NOON } from '@jumun/domain/testing';
import { InProcessCache } from '../local/in-process-cache.js';
import { InProcessEventBus } from '../local/in-process-event-bus.js';
import { InProcessLock } from '../local/in-process-lock.js';
import { SystemClock } from '../local/system-clock.js';
import { auditDatabase } from '../testing/audit-database.js';
import {
  type Store,
  type TemporaryDatabase,
  temporaryDatabase,
} from '../testing/temporary-database.js';
import { shopPolicy } from '../wiring/shop-policy.js';
import { BlockIdSource } from './block-id-source.js';
import type { Database } from './database.js';
import { KnexQueries } from './knex-queries.js';
import { KnexUnitOfWork } from './knex-unit-of-work.js';

const STORES: readonly Store[] = ['sqlite', 'mysql'];
const ZONE = 'Asia/Seoul';
const DAY = new SalesCalendar(ZONE).dayOf(NOON);
const PRODUCTS = Array.from({ length: 10 }, (_, at) => aProduct({ id: at + 1, price: 1_000 }));
const range = (from: number, to: number): readonly number[] =>
  Array.from({ length: to - from + 1 }, (_, at) => from + at);

/** A process that counts sales on a database, some at a time. */
const workerOn = (database: Database, countAtOnce: number): Shop =>
  new Shop(
    {
      unitOfWork: new KnexUnitOfWork(database),
      queries: new KnexQueries(database),
      ids: new BlockIdSource(database),
      clock: new SystemClock(),
      lock: new InProcessLock(),
      cache: new InProcessCache(),
      events: new InProcessEventBus(),
    },
    { ...shopPolicy({ orderHoldSeconds: 900, salesTimeZone: ZONE }, database), countAtOnce },
  );

/** Sells one piece of every product by each of these orders, as paying for them does. */
async function sell(tx: Transaction, ids: readonly number[]): Promise<void> {
  const items = PRODUCTS.map((product) => [product, 1] as const);
  const orders = ids.map((id) => aCompletedOrder({ id, paymentId: id, items }));
  await tx.orders.addMany(orders);
  await tx.sales.append(orders.flatMap((order) => salesOf(order, DAY)));
}

describe.each(STORES)('The sales statistics on %s', (store) => {
  let temporary: TemporaryDatabase;
  let database: Database;
  let unitOfWork: KnexUnitOfWork;
  beforeEach(async () => {
    temporary = await temporaryDatabase(store);
    ({ database } = temporary);
    unitOfWork = new KnexUnitOfWork(database);
  });
  afterEach(() => temporary.remove());

  /** Everything that is sold was counted once, to the unit: by the records, and by the orders. */
  const expectAllCounted = async (orders: number): Promise<void> => {
    const sums = await new KnexQueries(database).statistics.daily(DAY);
    expect(sums.toSorted((a, b) => a.productId - b.productId)).toEqual(
      PRODUCTS.map(({ id }) => ({
        day: DAY,
        productId: id,
        quantity: orders,
        revenue: orders * 1_000,
      })),
    );
    const broken = await auditDatabase(database);
    expect(broken.filter((rule) => /statistics|sold/.test(rule) && !/stock/.test(rule))).toEqual(
      [],
    );
    const rebuilt = await workerOn(database, 100).rebuildStatistics();
    expect(rebuilt).toMatchObject({ orders, corrected: 0 });
  };

  it('count what a transaction held open across a roll-up had sold in the next one, once', async () => {
    const worker = workerOn(temporary.openAnother(), 100);
    let first: Promise<RollUp> = Promise.resolve({ records: 0, version: null, tookTurn: false });
    const rival = new KnexUnitOfWork(temporary.openAnother());
    // It has the lowest ids, and commits last.
    await rival.run(async (tx) => {
      await sell(tx, range(1, 3));
      if (store === 'mysql') {
        await unitOfWork.run((other) => sell(other, range(4, 10)));
        first = worker.rollUpSales();
        await first;
      } else {
        // One transaction at a time: here the roll-up waits.
        first = unitOfWork
          .run((other) => sell(other, range(4, 10)))
          .then(() => worker.rollUpSales());
      }
    });
    expect(await first).toMatchObject({ records: store === 'mysql' ? 70 : 100, tookTurn: true });
    const records = (await first).records + (await worker.rollUpSales()).records;
    expect(records).toBe(100);
    expect((await worker.rollUpSales()).records).toBe(0);
    await expectAllCounted(10);
  });

  it('count everything once, with several workers at once while the shop goes on selling', async () => {
    const workers = [7, 30, 100].map((batch) => workerOn(temporary.openAnother(), batch));
    let records = 0;
    const counting = async (worker: Shop): Promise<void> => {
      for (const _ of range(1, 12)) {
        const counted = await worker.rollUpSales();
        records += counted.records;
      }
    };
    const selling = async (): Promise<void> => {
      // Each of ten sells some that come after those of the next one.
      await Promise.all(
        range(0, 9).map(async (at) => {
          for (const time of range(0, 4)) {
            await unitOfWork.run((tx) => sell(tx, [1_000 - (time * 10 + at)]));
          }
        }),
      );
    };
    await Promise.all([...workers.map(counting), selling()]);
    const last = await workerOn(database, 1_000).rollUpSales();
    expect(records + last.records).toBe(500);
    await expectAllCounted(50);
  });

  it('are put right by a rebuild when somebody has changed them by hand', async () => {
    const worker = workerOn(database, 100);
    await unitOfWork.run((tx) => sell(tx, range(1, 5)));
    await worker.rollUpSales();
    await database.write(async (session) => {
      await session.run('UPDATE sales_daily SET quantity = 99 WHERE product_id = 3');
      await session.run('DELETE FROM sales_daily WHERE product_id = 4');
    });
    await unitOfWork.run((tx) => sell(tx, range(6, 7)));
    expect(await worker.rebuildStatistics()).toMatchObject({ orders: 7, corrected: 2 });
    await expectAllCounted(7);
  });
});
