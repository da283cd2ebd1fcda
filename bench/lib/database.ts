import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Database, migrate } from '@jumun/adapters';
import {
  auditDatabase,
  type TemporaryMysqlDatabase,
  temporaryMysqlDatabase,
} from '@jumun/adapters/testing';

/** What is in a shop before a bench begins. Customers are 1 to `customers`, products 1 to `products`. */
export interface Seed {
  readonly customers: number;
  /** What each customer has, in won, charged in one go. */
  readonly balance: number;
  readonly products: number;
  /** What each product costs, in won. */
  readonly price: number;
  /** Pieces of each product. */
  readonly stock: number;
}

export interface BenchDatabase {
  readonly url: string;
  readonly database: Database;
  readonly seed: Seed;
  /**
   * What is wrong with the books, as sentences: rules between the tables that are broken, and orders that somebody was
   * told are paid and that are not COMPLETED.
   */
  audit(paid?: readonly number[]): Promise<readonly string[]>;
}

/** Far more money and pieces than any bench can spend. */
export const RICH: Seed = {
  customers: 2_000,
  balance: 1_000_000_000,
  products: 100,
  price: 100,
  stock: 500_000_000,
};

const ROWS_AT_ONCE = 1_000;

export interface DatabasePlace {
  /** The URL of a MySQL server, or `sqlite` for a file. */
  readonly server: string;
  readonly seed: Seed;
  /** The name of a database on the server that is not dropped afterwards, and is used again as it was left. */
  readonly kept?: string;
}

/** Runs `use` with a migrated and seeded database. */
export async function withDatabase<T>(
  { server, seed, kept }: DatabasePlace,
  use: (database: BenchDatabase) => Promise<T>,
): Promise<T> {
  const { url, drop } = await placeOf(server, kept);
  const database = Database.open(url);
  try {
    await migrate(database);
    if (kept === undefined || !(await isFilled(database))) await fill(database, seed);
    return await use({ url, database, seed, audit: (paid) => audit(database, seed, paid) });
  } finally {
    await database.close();
    await drop();
  }
}

const placeOf = (server: string, kept: string | undefined): Promise<TemporaryMysqlDatabase> => {
  if (server === 'sqlite') return emptyFile();
  return kept === undefined ? temporaryMysqlDatabase(server) : keptDatabase(server, kept);
};

async function keptDatabase(server: string, name: string): Promise<TemporaryMysqlDatabase> {
  const url = new URL(server);
  url.pathname = '/information_schema';
  const database = Database.open(url.href);
  await database.write((session) => session.run(`CREATE DATABASE IF NOT EXISTS ${name}`));
  await database.close();
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => Promise.resolve() };
}

const isFilled = async (database: Database): Promise<boolean> =>
  (await database.read((session) => session.all('SELECT id FROM products LIMIT 1'))).length > 0;

/** Which database it is: its product and version. */
export async function versionOf({ database }: Pick<BenchDatabase, 'database'>): Promise<string> {
  const isFile = database.isEmbedded;
  const [row] = await database.read((session) =>
    session.all<{ version: string }>(
      `SELECT ${isFile ? 'sqlite_version()' : 'VERSION()'} AS version`,
    ),
  );
  const version = row?.version ?? 'unknown';
  return isFile ? `SQLite ${version}` : /MariaDB/.test(version) ? version : `MySQL ${version}`;
}

async function emptyFile(): Promise<TemporaryMysqlDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'jumun-bench-'));
  return {
    url: `sqlite://${join(folder, 'shop.db')}`,
    drop: () => rm(folder, { recursive: true, force: true }),
  };
}

type Cell = number | string | null;

async function fill(database: Database, seed: Seed): Promise<void> {
  const { customers, balance, products, price, stock } = seed;
  const now = Date.now();
  const insert = async (
    table: string,
    columns: readonly string[],
    count: number,
    rowOf: (id: number) => readonly Cell[],
  ): Promise<void> => {
    await database.write(async (session) => {
      await session.begin();
      for (let at = 0; at < count; at += ROWS_AT_ONCE) {
        const some = Math.min(ROWS_AT_ONCE, count - at);
        const rows = Array.from({ length: some }, (_, line) => rowOf(at + line + 1));
        await session.insertMany(table, columns, rows);
      }
      await session.run('COMMIT');
    });
  };
  await insert('products', ['id', 'name', 'description', 'category', 'price'], products, (id) => [
    id,
    `상품 ${id}`,
    `${id}번 상품입니다. `.repeat(10),
    `분류 ${id % 10}`,
    price,
  ]);
  await insert('stocks', ['product_id', 'on_hand', 'reserved'], products, (id) => [id, stock, 0]);
  await insert('wallets', ['user_id', 'balance', 'entries', 'updated_at'], customers, (id) => [
    id,
    balance,
    1,
    now,
  ]);
  await insert(
    'wallet_entries',
    ['user_id', 'sequence', 'id', 'kind', 'amount', 'balance_after', 'order_id', 'created_at'],
    customers,
    (id) => [id, 1, id, 'CHARGE', balance, balance, null, now],
  );
  await database.write((session) =>
    session.run(`UPDATE id_blocks SET next_id = ? WHERE kind = 'walletEntry'`, [customers + 1]),
  );
}

async function audit(
  database: Database,
  { products, stock }: Seed,
  paid: readonly number[] = [],
): Promise<readonly string[]> {
  const shelved = Object.fromEntries(Array.from({ length: products }, (_, at) => [at + 1, stock]));
  const broken = await auditDatabase(database, shelved);
  return [...broken, ...(await lostPayments(database, paid))];
}

/** Orders that somebody was told are paid, and that are not. */
export async function lostPayments(
  database: Database,
  paid: readonly number[],
): Promise<readonly string[]> {
  const lost: string[] = [];
  for (let at = 0; at < paid.length; at += ROWS_AT_ONCE) {
    const ids = paid.slice(at, at + ROWS_AT_ONCE);
    const completed = await database.read((session) =>
      session.all<{ id: number }>(
        `SELECT id FROM orders WHERE status = 'COMPLETED' AND id IN (${ids.map(() => '?').join()})`,
        ids,
      ),
    );
    const known = new Set(completed.map(({ id }) => id));
    for (const id of ids.filter((each) => !known.has(each))) {
      lost.push(`order ${id} was acknowledged as paid, and is not COMPLETED`);
    }
  }
  return lost;
}
