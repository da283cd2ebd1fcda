import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Database, type DatabaseOptions } from '../knex/database.js';
import { migrate } from '../knex/migrate.js';
import { temporaryMysqlDatabase } from './servers/temporary.js';

/** The databases that everything must work the same on. */
export type Store = 'sqlite' | 'mysql';

/** A database with nothing in it, and how to get rid of it. */
export interface EmptyDatabase {
  readonly url: string;
  readonly drop: () => Promise<void>;
}

/** A migrated database of its own, for the length of one test. */
export interface TemporaryDatabase {
  readonly url: string;
  readonly database: Database;
  /** Another set of connections to the same database, as another process would have. */
  readonly openAnother: (options?: DatabaseOptions) => Database;
  /** Closes every connection and drops the database. */
  readonly remove: () => Promise<void>;
}

/** An SQLite file in a folder of its own, or a database on the MySQL server of this test run. */
export const emptyDatabase = (store: Store): Promise<EmptyDatabase> =>
  store === 'sqlite' ? emptyFile() : temporaryMysqlDatabase();

/** A migrated database with nothing in it, for whoever asks alone; `remove` takes everything away again. */
export async function temporaryDatabase(
  store: Store,
  options?: DatabaseOptions,
): Promise<TemporaryDatabase> {
  const { url, drop } = await emptyDatabase(store);
  const opened: Database[] = [];
  const openAnother = (more?: DatabaseOptions): Database => {
    const database = Database.open(url, more);
    opened.push(database);
    return database;
  };
  const database = openAnother(options);
  await migrate(database);
  return {
    url,
    database,
    openAnother,
    async remove() {
      await Promise.all(opened.map((each) => each.close()));
      await drop();
    },
  };
}

/** Runs `use` with a migrated database, and removes it whatever happens. */
export async function withTemporaryDatabase(
  store: Store,
  use: (temporary: TemporaryDatabase) => Promise<void>,
  options?: DatabaseOptions,
): Promise<void> {
  const temporary = await temporaryDatabase(store, options);
  try {
    await use(temporary);
  } finally {
    await temporary.remove();
  }
}

async function emptyFile(): Promise<EmptyDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'jumun-'));
  return {
    url: `sqlite://${join(folder, 'shop.db')}`,
    drop: () => rm(folder, { recursive: true, force: true }),
  };
}
