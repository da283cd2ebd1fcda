import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { withTemporaryDatabase } from '../testing/temporary-database.js';
import { Database } from './database.js';
import { migrate } from './migrate.js';

const tablesOf = (names: readonly { name: string }[]): readonly string[] =>
  names.map(({ name }) => name);

describe('migrate', () => {
  it('does nothing the second time, and keeps what is there', () =>
    withTemporaryDatabase(async ({ database }) => {
      await database.write((session) =>
        session.insertMany('stocks', ['product_id', 'on_hand', 'reserved'], [[1, 50, 1]]),
      );
      await migrate(database);
      expect(await database.read((session) => session.all('SELECT * FROM stocks'))).toEqual([
        { product_id: 1, on_hand: 50, reserved: 1 },
      ]);
    }));

  it('is safe to run from two processes at once', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'jumun-'));
    const databases = [1, 2].map(() => Database.open(`sqlite://${join(folder, 'shop.db')}`));
    try {
      await Promise.all(databases.map(migrate));
      for (const database of databases) {
        expect(await database.read((session) => session.all('SELECT * FROM orders'))).toEqual([]);
      }
    } finally {
      await Promise.all(databases.map((database) => database.close()));
      await rm(folder, { recursive: true });
    }
  });

  it('goes on after a process that was killed while it held the migration lock', () =>
    withTemporaryDatabase(async ({ database }) => {
      await database.write((session) =>
        session.run('UPDATE schema_migrations_lock SET is_locked = 1'),
      );
      await migrate(database);
      const tables = await database.read((session) =>
        session.all<{ name: string }>(`SELECT name FROM sqlite_schema WHERE type = 'table'`),
      );
      expect(tablesOf(tables)).toContain('orders');
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
    withTemporaryDatabase(async ({ database }) => {
      const insert = database.write((session) =>
        session.insertMany(table, Object.keys(row), [Object.values(row)]),
      );
      await expect(insert).rejects.toThrow('CHECK constraint failed');
    }),
  );
});
