import { describe, expect, it } from '@jest/globals';
import { type Store, withTemporaryDatabase } from '../testing/temporary-database.js';
import type { Database } from './database.js';
import { RowVanished, type SqlSession } from './sql-session.js';

const STORES: readonly Store[] = ['sqlite', 'mysql'];
const KEY = ['day', 'product_id'];
const SUMS = ['quantity', 'revenue'];

const sums = (database: Database): Promise<readonly unknown[]> =>
  database.read((session) =>
    session.all(
      'SELECT day, product_id, quantity, revenue FROM sales_daily ORDER BY day, product_id',
    ),
  );

const add = (session: SqlSession, ...rows: readonly (readonly number[])[]): Promise<void> =>
  session.addMany('sales_daily', KEY, SUMS, rows);

// What the contracts of the ports cannot see.

describe.each(STORES)('A session on %s', (store) => {
  it('sets a column of the rows that are named by their keys, and of no other', () =>
    withTemporaryDatabase(store, async ({ database }) => {
      await database.write(async (session) => {
        await add(session, [1, 1, 5, 5], [1, 2, 5, 5], [2, 1, 5, 5], [2, 2, 5, 5]);
        await session.setMany('sales_daily', 'quantity = 0', KEY, [
          [1, 2],
          [2, 1],
        ]);
        await session.setMany('sales_daily', 'quantity = 9', KEY, []);
      });
      expect(await sums(database)).toMatchObject([
        { quantity: 5 },
        { quantity: 0 },
        { quantity: 0 },
        { quantity: 5 },
      ]);
    }));

  it('throws when a row to set is not there', () =>
    withTemporaryDatabase(store, async ({ database }) => {
      await database.write((session) => add(session, [1, 1, 5, 5]));
      const setting = database.write((session) =>
        session.setMany('sales_daily', 'quantity = 0', KEY, [
          [1, 1],
          [1, 2],
        ]),
      );
      await expect(setting).rejects.toThrow(RowVanished);
    }));

  it('sets and adds to more rows than fit into one statement', () =>
    withTemporaryDatabase(store, async ({ database }) => {
      const keys = Array.from({ length: 12_000 }, (_, at) => [1, at + 1]);
      await database.write(async (session) => {
        await session.begin();
        for (const _ of [1, 2]) await add(session, ...keys.map((key) => [...key, 1, 10]));
        await session.setMany('sales_daily', 'revenue = 7', KEY, keys);
        await session.run('COMMIT');
      });
      const [all] = await database.read((session) =>
        session.all<Record<string, unknown>>(
          `SELECT COUNT(*) AS count, MIN(quantity) AS least, MAX(quantity) AS most,
           MIN(revenue) AS set_least, MAX(revenue) AS set_most FROM sales_daily`,
        ),
      );
      expect(all).toEqual({ count: 12_000, least: 2, most: 2, set_least: 7, set_most: 7 });
    }));

  it('shows a snapshot in which nothing changes, and the present again after it', () =>
    withTemporaryDatabase(store, async ({ database, openAnother }) => {
      const rival = openAnother();
      const count = (session: SqlSession): Promise<readonly unknown[]> =>
        session.all('SELECT COUNT(*) AS count FROM sales_daily');
      const seen = await database.readSnapshot(async (session) => {
        await rival.write((other) => add(other, [1, 1, 1, 1]));
        const first = await count(session);
        await rival.write((other) => add(other, [1, 2, 1, 1]));
        return [first, await count(session)];
      });
      expect(seen).toEqual([[{ count: 0 }], [{ count: 0 }]]);
      for (const _ of [1, 2]) expect(await database.read(count)).toEqual([{ count: 2 }]);
      await expect(database.readSnapshot(() => Promise.reject(new Error('mine')))).rejects.toThrow(
        'mine',
      );
      expect(await database.read(count)).toEqual([{ count: 2 }]);
    }));
});
