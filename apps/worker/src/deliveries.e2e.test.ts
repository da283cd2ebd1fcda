import { once } from 'node:events';
import type { ChildProcess } from 'node:child_process';
import { setTimeout as elapse } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  type Database,
  KnexQueries,
  KnexUnitOfWork,
  PlatformSimulator,
  TOKENS,
} from '@jumun/adapters';
import {
  auditDatabase,
  type Store,
  type TemporaryDatabase,
  temporaryDatabase,
} from '@jumun/adapters/testing';
import { Basket, productId, Stock, userId } from '@jumun/domain';
import { accepted, WIRELESS_MOUSE } from '@jumun/domain/testing';
import { readConfig } from './config.js';
import { workerContainer } from './container.js';
import { putInLine } from './testing/a-message.js';
import { killTheRest, lineOf, startMain } from './testing/worker-process.js';

const STORES: readonly Store[] = ['mysql', 'sqlite'];
/** How many orders: `npm run prove:deliveries` for a long proof. */
const ORDERS = Number(process.env['DELIVERIES_ORDERS'] ?? 600);
const ORDERS_ON: Readonly<Record<Store, number>> = { mysql: ORDERS, sqlite: Math.ceil(ORDERS / 4) };
const ORDERS_AT_ONCE = 20;
const KILL_EVERY_MS = 1_500;
const FEWEST_KILLS = 3;
const OUTAGE_MS = 1_000;
const CUSTOMERS = 50;
const STOCK = 1_000_000;
const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const FLAPPING = { errorRate: 0.3, timeoutRate: 0.05, resetRate: 0.05, duplicateRate: 0.05 };
/** From the beginning until everything must be there. */
const PATIENCE_MS = 60_000 + ORDERS * 60;

describe.each(STORES)('Two workers that send messages, on %s', (store) => {
  let temporary: TemporaryDatabase;
  let database: Database;
  let platform: PlatformSimulator;
  let environment: Record<string, string>;
  beforeEach(async () => {
    temporary = await temporaryDatabase(store);
    ({ database } = temporary);
    platform = await PlatformSimulator.start({
      secrets: [SECRET],
      shown: Number.POSITIVE_INFINITY,
    });
    environment = {
      DATABASE_URL: temporary.url,
      PLATFORM_URL: platform.endpoint.url,
      PLATFORM_SECRET: SECRET,
    };
  });
  afterEach(async () => {
    killTheRest();
    await platform.close();
    await temporary.remove();
  });

  const aWorker = async (name = 'testing/hasty-main'): Promise<ChildProcess> => {
    const worker = startMain(name, environment);
    await lineOf(worker, /"msg":"working"/);
    worker.stdout?.resume();
    return worker;
  };

  /** A shop in this process, over connections of its own, with customers who can pay. */
  async function aShop() {
    const container = workerContainer(readConfig(environment), () => {});
    const shop = container.get(TOKENS.shop);
    await new KnexUnitOfWork(database).run(async (tx) => {
      await tx.products.addMany([WIRELESS_MOUSE]);
      await tx.stocks.addMany([Stock.open(WIRELESS_MOUSE.id, STOCK)]);
    });
    const customers = Array.from({ length: CUSTOMERS }, (_, at) => userId(at + 1));
    for (let times = 0; times < 1 + ORDERS / 1_000; times += 1) {
      await Promise.all(
        customers.map(async (each) =>
          accepted(await shop.chargeWallet({ userId: each, amount: 1_000_000 })),
        ),
      );
    }
    let next = 0;
    /** Sells one mouse; every fifth is given back. Resolves to the ids of the messages that must arrive. */
    const sell = async (): Promise<readonly string[]> => {
      const at = next++;
      const user = customers[at % CUSTOMERS] ?? userId(1);
      const items = [{ productId: productId(WIRELESS_MOUSE.id), quantity: 1 }];
      const basket = accepted(Basket.of(items));
      const { id } = accepted(
        await shop.placeOrder({ userId: user, basket, couponId: null }),
      ).answer;
      accepted(await shop.payOrder({ userId: user, orderId: id, amount: null }));
      if (at % 5 > 0) return [`order-${id}-1`];
      accepted(await shop.cancelOrder({ userId: user, orderId: id }));
      return [`order-${id}-1`, `order-${id}-2`];
    };
    return {
      sell,
      close: async () => {
        await shop.close();
        await container.get(TOKENS.database).close();
      },
    };
  }

  /** Waits until nothing is left to be sent. */
  async function allDelivered(deadline: number): Promise<void> {
    const { deliveries } = new KnexQueries(database);
    for (;;) {
      const { pending, failed } = await deliveries.backlog();
      if (pending + failed === 0) return;
      if (Date.now() > deadline) throw new Error(`left: ${pending} PENDING, ${failed} FAILED`);
      await elapse(50);
    }
  }

  it(
    `tell a flapping platform of ${ORDERS_ON[store]} orders, each event at least once and in order, one of them killed every ${KILL_EVERY_MS} ms`,
    async () => {
      const deadline = Date.now() + PATIENCE_MS;
      const shop = await aShop();
      const workers = [await aWorker(), await aWorker()];
      const selling = new AbortController();
      let kills = 0;
      const killing = (async () => {
        while (!selling.signal.aborted || kills < FEWEST_KILLS) {
          await elapse(KILL_EVERY_MS, undefined, { signal: selling.signal }).catch(() => undefined);
          const victim = workers[kills % 2];
          victim?.kill('SIGKILL');
          workers[kills % 2] = await aWorker();
          kills += 1;
        }
      })();
      const outage = async (): Promise<void> => {
        platform.behave({ down: true });
        await elapse(OUTAGE_MS);
        platform.behave({ down: false });
      };

      platform.behave(FLAPPING);
      const expected: string[] = [];
      const outages: Promise<void>[] = [];
      const total = ORDERS_ON[store];
      try {
        for (let sold = 0; sold < total; sold += ORDERS_AT_ONCE) {
          const batch = Array.from({ length: Math.min(ORDERS_AT_ONCE, total - sold) }, shop.sell);
          expected.push(...(await Promise.all(batch)).flat());
          const third = Math.floor((3 * (sold + ORDERS_AT_ONCE)) / total);
          if (third < 3 && third > outages.length) outages.push(outage());
          await elapse(100);
        }
        await Promise.all(outages);
      } finally {
        selling.abort();
        await killing;
        await shop.close();
      }
      platform.behave({ errorRate: 0, timeoutRate: 0, resetRate: 0, duplicateRate: 0 });
      await allDelivered(deadline);

      const { latest, gaps, refused, duplicates, failed } = platform.report();
      const firsts = latest.filter(({ arrival }) => arrival !== 'DUPLICATE');
      expect(new Set(firsts.map(({ webhookId }) => webhookId))).toEqual(new Set(expected));
      expect(firsts).toHaveLength(expected.length);
      // In the order of their order, and nothing that is not ours.
      expect(firsts.filter(({ arrival }) => arrival === 'AHEAD')).toEqual([]);
      expect([gaps, refused]).toEqual([[], 0]);
      // Otherwise it would prove nothing.
      expect(kills).toBeGreaterThanOrEqual(FEWEST_KILLS);
      expect(outages).toHaveLength(2);
      expect(failed).toBeGreaterThan(total / 4);
      expect(duplicates).toBeGreaterThan(0);
      expect(await auditDatabase(database)).toEqual([]);

      const ended = Promise.all(workers.map((worker) => once(worker, 'exit')));
      for (const worker of workers) worker.kill('SIGTERM');
      expect(await ended).toEqual([
        [0, null],
        [0, null],
      ]);
    },
    PATIENCE_MS + 30_000,
  );
});

describe('A worker', () => {
  it('sends within a second what was paid while nobody told it of it', async () => {
    const { database, url, remove } = await temporaryDatabase('sqlite');
    const platform = await PlatformSimulator.start({ secrets: [SECRET] });
    try {
      const worker = startMain('main', {
        DATABASE_URL: url,
        PLATFORM_URL: platform.endpoint.url,
        PLATFORM_SECRET: SECRET,
      });
      await lineOf(worker, /"jobs":\[.*"relay"\].*"msg":"working"/);
      worker.stdout?.resume();
      await putInLine(database, 1001);
      for (const deadline = Date.now() + 10_000; platform.report().messages === 0;) {
        expect(Date.now()).toBeLessThan(deadline);
        await elapse(10);
      }
      expect(platform.report().latest).toMatchObject([{ webhookId: 'order-1001-1' }]);
      const ended = once(worker, 'exit');
      worker.kill('SIGTERM');
      expect(await ended).toEqual([0, null]);
    } finally {
      killTheRest();
      await platform.close();
      await remove();
    }
  });
});
