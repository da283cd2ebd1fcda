import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DependencyUnavailable } from '@jumun/application';
import { pieces, productId, Stock } from '@jumun/domain';
import { emptyTables } from '../testing/empty-tables.js';
import { type MysqlServer, startMysql } from '../testing/servers/mysql-server.js';
import { temporaryMysqlDatabase } from '../testing/servers/temporary.js';
import { Database } from './database.js';
import { KnexQueries } from './knex-queries.js';
import { KnexUnitOfWork } from './knex-unit-of-work.js';
import { migrate } from './migrate.js';

const [MOUSE, KEYBOARD] = [productId(101), productId(102)];
const LONGER_THAN_ANY_TIME_OUT = 30_000;

describe('A MySQL server that fails', () => {
  let server: MysqlServer;
  let database: Database;
  let unitOfWork: KnexUnitOfWork;
  const stockOf = async (id: typeof MOUSE): Promise<number | undefined> =>
    (await new KnexQueries(database).catalogue.stocks([id])).get(id);

  beforeAll(async () => {
    server = await startMysql();
    const { url } = await temporaryMysqlDatabase(server.url);
    database = Database.open(url);
    await migrate(database);
    unitOfWork = new KnexUnitOfWork(database);
  });
  beforeEach(async () => {
    await emptyTables(database);
    await unitOfWork.run((tx) =>
      tx.stocks.addMany([Stock.open(MOUSE, 50), Stock.open(KEYBOARD, 50)]),
    );
  });
  afterAll(async () => {
    await database.close();
    await server.stop();
  });

  it('runs both works again until both are done, where they lock each other out', async () => {
    let attempts = 0;
    const meeting = Promise.withResolvers<void>();
    const takeFrom = (first: typeof MOUSE, second: typeof MOUSE): Promise<void> =>
      unitOfWork.run(async (tx) => {
        attempts += 1;
        const one = (await tx.stocks.lockMany([first])).get(first);
        if (attempts >= 2) meeting.resolve();
        await meeting.promise;
        const other = (await tx.stocks.lockMany([second])).get(second);
        await tx.stocks.saveMany(
          [one, other].flatMap((stock) => stock?.reserve(pieces(1)).unwrapOr(stock) ?? []),
        );
      });
    await Promise.all([takeFrom(MOUSE, KEYBOARD), takeFrom(KEYBOARD, MOUSE)]);
    expect(attempts).toBeGreaterThan(2);
    expect([await stockOf(MOUSE), await stockOf(KEYBOARD)]).toEqual([48, 48]);
  });

  it('saves nothing of a work during which it was killed, and works again once it is back', async () => {
    const killed = unitOfWork.run(async (tx) => {
      const stock = (await tx.stocks.lockMany([MOUSE])).get(MOUSE);
      await tx.stocks.saveMany(stock === undefined ? [] : [stock.takeBack(pieces(1))]);
      await server.kill();
      await tx.stocks.lockMany([KEYBOARD]);
    });
    await expect(killed).rejects.toThrow(DependencyUnavailable);
    await expect(new KnexQueries(database).ping()).rejects.toThrow(DependencyUnavailable);
    await expect(unitOfWork.run(async () => {})).rejects.toThrow(DependencyUnavailable);

    await server.restart();
    expect(await stockOf(MOUSE)).toBe(50);
    await unitOfWork.run((tx) => tx.stocks.saveMany([Stock.open(MOUSE, 7)]));
    expect(await stockOf(MOUSE)).toBe(7);
  });

  it(
    'is taken for gone when it hangs, and works again when it goes on',
    async () => {
      expect(await stockOf(MOUSE)).toBe(50);
      await server.pause();
      await expect(stockOf(MOUSE)).rejects.toThrow(DependencyUnavailable);
      await expect(unitOfWork.run((tx) => tx.stocks.lockMany([MOUSE]))).rejects.toThrow(
        DependencyUnavailable,
      );
      await server.resume();
      expect(await stockOf(MOUSE)).toBe(50);
    },
    LONGER_THAN_ANY_TIME_OUT,
  );
});
