import { describe, expect, it } from '@jest/globals';
import { emptyDatabase, type Store, withTemporaryDatabase } from '../testing/temporary-database.js';
import { Database } from './database.js';
import { KnexQueries } from './knex-queries.js';
import { KnexUnitOfWork } from './knex-unit-of-work.js';
import { isMigrated, migrate } from './migrate.js';
import { MIGRATIONS } from './migrations/index.js';
import type { SqlSession } from './sql-session.js';

const STORES: readonly Store[] = ['sqlite', 'mysql'];

describe.each(STORES)('migrate, on %s', (store) => {
  it('does nothing the second time, and keeps what is there', () =>
    withTemporaryDatabase(store, async ({ database }) => {
      await database.write((session) =>
        session.insertMany('stocks', ['product_id', 'on_hand', 'reserved'], [[1, 50, 1]]),
      );
      await migrate(database);
      expect(
        await database.read((session) =>
          session.all('SELECT product_id, on_hand, reserved FROM stocks'),
        ),
      ).toMatchObject([{ product_id: 1, on_hand: 50, reserved: 1 }]);
    }));

  it('is safe to run from several processes at once', async () => {
    const { url, drop } = await emptyDatabase(store);
    const databases = [1, 2, 3, 4].map(() => Database.open(url));
    try {
      for (const database of databases) expect(await isMigrated(database)).toBe(false);
      await Promise.all(databases.map((database) => migrate(database)));
      for (const database of databases) {
        const counted = await database.read((session) => session.all('SELECT * FROM id_blocks'));
        expect(counted).toHaveLength(8);
      }
    } finally {
      await Promise.all(databases.map((database) => database.close()));
      await drop();
    }
  });

  describe('on a database of before the statistics', () => {
    /** Sells order by order what the version before did, in its own words. */
    const sell = (session: SqlSession, ...orders: readonly number[]): Promise<void> =>
      session.insertMany(
        'sales_records',
        ['order_id', 'product_id', 'sign', 'day', 'quantity', 'revenue'],
        orders.map((order) => [order, 101, 1, 20_240_117, 2, 50_000]),
      );
    const withOldDatabase = async (use: (database: Database) => Promise<void>): Promise<void> => {
      const { url, drop } = await emptyDatabase(store);
      const database = Database.open(url);
      try {
        await migrate(database, MIGRATIONS.slice(0, 2));
        await use(database);
      } finally {
        await database.close();
        await drop();
      }
    };
    const count = (database: Database): Promise<number> =>
      new KnexUnitOfWork(database).run(async ({ statistics }) => {
        expect(await statistics.takeTurn()).toBe(true);
        return (await statistics.takeUncounted(100)).length;
      });

    it('keeps what was sold, to be counted by the first roll-up, once', () =>
      withOldDatabase(async (database) => {
        await database.write((session) => sell(session, 1, 2, 3));
        expect(await isMigrated(database)).toBe(false);
        await migrate(database);
        expect(await isMigrated(database)).toBe(true);
        const { statistics } = new KnexQueries(database);
        expect(await statistics.progress()).toMatchObject({ revision: 0, version: 0 });
        expect([await count(database), await count(database)]).toEqual([3, 0]);
      }));

    it('takes records that the version before goes on writing beside the new one', () =>
      withOldDatabase(async (database) => {
        await migrate(database);
        await database.write((session) => sell(session, 4));
        expect([await count(database), await count(database)]).toEqual([1, 0]);
      }));

    it.each([
      ['the column', ['ALTER TABLE sales_records ADD COLUMN counted INTEGER NOT NULL DEFAULT 0']],
      [
        'the column and its index',
        [
          'ALTER TABLE sales_records ADD COLUMN counted INTEGER NOT NULL DEFAULT 0',
          'CREATE INDEX sales_records_uncounted ON sales_records (counted)',
        ],
      ],
    ])('goes on after a process that was killed when it had made %s', (_what, made) =>
      withOldDatabase(async (database) => {
        await database.write(async (session) => {
          await sell(session, 1, 2, 3);
          for (const statement of made) await session.run(statement);
        });
        await migrate(database);
        expect([await count(database), await count(database)]).toEqual([3, 0]);
      }),
    );
  });

  it('goes on after a process that was killed in the middle', () =>
    withTemporaryDatabase(store, async ({ database }) => {
      await database.write(async (session) => {
        await session.run('DROP TABLE orders');
        await session.run('DELETE FROM id_blocks');
        await session.run('DELETE FROM schema_migrations');
        await session.run('UPDATE schema_migrations_lock SET is_locked = 1');
      });
      expect(await isMigrated(database)).toBe(false);
      await migrate(database);
      expect(await isMigrated(database)).toBe(true);
      await database.read(async (session) => {
        expect(await session.all('SELECT * FROM orders')).toEqual([]);
        expect(await session.all('SELECT * FROM id_blocks')).toHaveLength(8);
      });
    }));

  it.each([
    ['more pieces reserved than on hand', 'stocks', { product_id: 1, on_hand: 1, reserved: 2 }],
    ['fewer than no pieces reserved', 'stocks', { product_id: 1, on_hand: 1, reserved: -1 }],
    ['an overdrawn wallet', 'wallets', { user_id: 1, balance: -1, entries: 1, updated_at: 0 }],
    [
      'more coupons than a campaign has',
      'coupon_campaigns',
      {
        id: 1,
        name: 'x',
        discount_rate: 10,
        starts_at: 0,
        ends_at: 1,
        coupon_valid_days: 1,
        total_quantity: 1,
        issued: 2,
      },
    ],
  ])('makes the database itself refuse %s', (_what, table, row) =>
    withTemporaryDatabase(store, async ({ database }) => {
      const insert = database.write((session) =>
        session.insertMany(table, Object.keys(row), [Object.values(row)]),
      );
      await expect(insert).rejects.toThrow(
        /CHECK constraint failed|CONSTRAINT .* failed|violated/i,
      );
    }),
  );
});
