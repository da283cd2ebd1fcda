import { describe, expect, it } from '@jest/globals';
import { DependencyUnavailable } from '@jumun/application';
import { productId, Stock } from '@jumun/domain';
import { withTemporaryDatabase } from '../testing/temporary-database.js';
import { Database } from './database.js';
import { KnexQueries } from './knex-queries.js';
import { KnexUnitOfWork } from './knex-unit-of-work.js';

const PRODUCT = productId(101);

describe('SQLite', () => {
  it('syncs every commit to a write-ahead log', () =>
    withTemporaryDatabase('sqlite', async ({ database }) => {
      await database.write(async (session) => {
        expect(await session.all('PRAGMA journal_mode')).toEqual([{ journal_mode: 'wal' }]);
        expect(await session.all('PRAGMA synchronous')).toEqual([{ synchronous: 2 }]);
      });
    }));

  it('reads what was committed while a transaction is open', () =>
    withTemporaryDatabase('sqlite', async ({ database }) => {
      const unitOfWork = new KnexUnitOfWork(database);
      const { catalogue } = new KnexQueries(database);
      await unitOfWork.run((tx) => tx.stocks.addMany([Stock.open(PRODUCT, 50)]));
      await unitOfWork.run(async (tx) => {
        await tx.stocks.saveMany([Stock.open(PRODUCT, 49)]);
        expect(await catalogue.stocks([PRODUCT])).toEqual(new Map([[PRODUCT, 50]]));
      });
      expect(await catalogue.stocks([PRODUCT])).toEqual(new Map([[PRODUCT, 49]]));
    }));

  it('lets writers of two processes take turns', () =>
    withTemporaryDatabase('sqlite', async ({ database, openAnother }) => {
      const here = new KnexUnitOfWork(database);
      const there = new KnexUnitOfWork(openAnother());
      await here.run((tx) => tx.stocks.addMany([Stock.open(PRODUCT, 0)]));
      const addOne = (unitOfWork: KnexUnitOfWork): Promise<void> =>
        unitOfWork.run(async (tx) => {
          const stock = (await tx.stocks.lockMany([PRODUCT])).get(PRODUCT);
          const onHand = (stock?.toSnapshot().onHand ?? Number.NaN) + 1;
          await tx.stocks.saveMany([Stock.open(PRODUCT, onHand)]);
        });
      await Promise.all(Array.from({ length: 40 }, (_, at) => addOne(at % 2 === 0 ? here : there)));
      const stocks = await new KnexQueries(database).catalogue.stocks([PRODUCT]);
      expect(stocks.get(PRODUCT)).toBe(40);
    }));

  it('says that the database is away when its file cannot be opened', async () => {
    const database = Database.open('sqlite:///proc/nowhere.db');
    try {
      await expect(new KnexQueries(database).ping()).rejects.toThrow(DependencyUnavailable);
      await expect(new KnexUnitOfWork(database).run(async () => {})).rejects.toThrow(
        DependencyUnavailable,
      );
    } finally {
      await database.close();
    }
  });

  it.each(['', 'sqlite://', 'postgres://localhost/shop', 'shop.db'])(
    'refuses the URL %j',
    (url) => {
      expect(() => Database.open(url)).toThrow(RangeError);
    },
  );
});
