import type { Database } from '../knex/database.js';
import { MIGRATIONS } from '../knex/migrations/index.js';

const TABLES = [
  'products',
  'stocks',
  'wallets',
  'wallet_entries',
  'coupon_campaigns',
  'coupons',
  'orders',
  'order_lines',
  'reviews',
  'sales_records',
  'deliveries',
  'idempotency_answers',
  'sales_daily',
  'rankings',
  'statistics',
];

/** Makes a migrated database as good as new: cheaper than another one where tables cost much. */
export const emptyTables = (database: Database): Promise<void> =>
  database.write(async (session) => {
    for (const table of TABLES) await session.run(`DELETE FROM ${table}`);
    for (const [table, rows] of MIGRATIONS.flatMap(({ rows: all = {} }) => Object.entries(all))) {
      for (const row of rows) {
        await session.insertMany(table, Object.keys(row), [Object.values(row)]);
      }
    }
    const firsts = MIGRATIONS.flatMap(({ firstIds }) => Object.entries(firstIds));
    for (const [kind, first] of firsts) {
      await session.run('UPDATE id_blocks SET next_id = ? WHERE kind = ?', [first, kind]);
    }
  });
