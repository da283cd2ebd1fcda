import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Database, KnexQueries, KnexUnitOfWork, migrate } from '@jumun/adapters';
import { auditDatabase } from '@jumun/adapters/testing';
import { Stock, userId } from '@jumun/domain';
import { anOrder, WIRELESS_MOUSE } from '@jumun/domain/testing';
import { VARIABLES } from './config.js';
import { putInLine } from './testing/a-message.js';
import { killTheRest, lineOf, outcomeOf, startMain } from './testing/worker-process.js';

describe('The worker process', () => {
  let folder: string;
  let database: Database;
  let environment: Record<string, string>;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'jumun-'));
    environment = { DATABASE_URL: `sqlite://${join(folder, 'shop.db')}` };
    database = Database.open(environment['DATABASE_URL'] ?? '');
    await migrate(database);
  });
  afterEach(async () => {
    killTheRest();
    await database.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('expires an order whose time is over, and stops when it is told to', async () => {
    const order = anOrder();
    const [line] = order.lines;
    if (line === undefined) throw new Error('an order has a line');
    await new KnexUnitOfWork(database).run(async (tx) => {
      await tx.products.addMany([WIRELESS_MOUSE]);
      const held = Stock.open(WIRELESS_MOUSE.id, 50).reserve(line.quantity);
      await tx.stocks.addMany([held._unsafeUnwrap()]);
      await tx.orders.addMany([order]);
    });
    const queries = new KnexQueries(database);

    const worker = startMain('main', environment);
    await lineOf(worker, /"msg":"working"/);
    const deadline = Date.now() + 10_000;
    for (;;) {
      const found = await queries.orders.find(userId(1), order.id);
      if (found?.status === 'EXPIRED') break;
      expect(Date.now()).toBeLessThan(deadline);
      await new Promise((resume) => setImmediate(resume));
    }
    expect((await queries.catalogue.stocks([WIRELESS_MOUSE.id])).get(WIRELESS_MOUSE.id)).toBe(50);
    expect(await auditDatabase(database, { [WIRELESS_MOUSE.id]: 50 })).toEqual([]);

    const ended = once(worker, 'exit');
    worker.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
  });

  it('tells what waits for a data platform that it does not know', async () => {
    await putInLine(database, 1001);
    const worker = startMain('main', { ...environment, MANAGEMENT_PORT: '0' });
    const [, port] = await lineOf(worker, /"managementPort":(\d+)/);
    worker.stdout?.resume();
    const deadline = Date.now() + 10_000;
    let text = '';
    while (!text.includes('jumun_deliveries_waiting{status="PENDING"} 1')) {
      expect(Date.now()).toBeLessThan(deadline);
      text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    }
    expect(text).toMatch(/^jumun_deliveries_oldest_seconds \d/m);
  });

  it('says in one line what is wrong with its configuration', async () => {
    const worker = startMain('main', { ...environment, ORDER_HOLD_SECONDS: '0' });
    const { code, err } = await outcomeOf(worker);
    expect(code).toBe(1);
    expect(err).toMatch(/^ORDER_HOLD_SECONDS: .+\n$/);
  });

  it.each(['main', 'migrate-main', 'rebuild-statistics-main'])(
    'tells what it can be told, and does nothing else, when %s is asked for --help',
    async (main) => {
      const asked = startMain(main, { ORDER_HOLD_SECONDS: 'nonsense' }, ['--help']);
      const { code, out, err } = await outcomeOf(asked);
      expect([code, err]).toEqual([0, '']);
      expect(out).toMatch(`Usage: node apps/worker/dist/${main}.js\n`);
      for (const { name } of VARIABLES) expect(out).toContain(`  ${name} (`);
    },
  );
});
