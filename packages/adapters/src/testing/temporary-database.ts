import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Database, type DatabaseOptions } from '../knex/database.js';
import { migrate } from '../knex/migrate.js';

/** A migrated SQLite file in a folder of its own, for the length of one test. */
export interface TemporaryDatabase {
  readonly url: string;
  readonly database: Database;
  /** Another set of connections to the same file, as another process would have. */
  readonly openAnother: (options?: DatabaseOptions) => Database;
  /** Closes every connection and removes the file. */
  readonly remove: () => Promise<void>;
}

export async function temporaryDatabase(options?: DatabaseOptions): Promise<TemporaryDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'jumun-'));
  const url = `sqlite://${join(folder, 'shop.db')}`;
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
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Runs `use` with a migrated database, and removes it whatever happens. */
export async function withTemporaryDatabase(
  use: (temporary: TemporaryDatabase) => Promise<void>,
  options?: DatabaseOptions,
): Promise<void> {
  const temporary = await temporaryDatabase(options);
  try {
    await use(temporary);
  } finally {
    await temporary.remove();
  }
}
