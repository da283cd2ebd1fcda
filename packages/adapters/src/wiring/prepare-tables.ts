import { DependencyUnavailable } from '@jumun/application';
import type { Database } from '../knex/database.js';
import { isMigrated, migrate } from '../knex/migrate.js';

/** The database is there, but its tables are not those that this version needs. */
export class TablesOutdated extends Error {
  override readonly name = 'TablesOutdated';
}

/**
 * Sees to the tables before a process starts to work. An embedded database is migrated. A server's tables are changed by
 * nobody's start: whoever deploys runs the migrations, and a process that finds them missing throws
 * {@link TablesOutdated}. While the server is away nothing can be known: `onAway` hears of it, and the process starts.
 */
export async function prepareTables(
  database: Database,
  onAway: (fault: DependencyUnavailable) => void,
): Promise<void> {
  if (database.isEmbedded) {
    // A look disturbs nobody; to migrate takes the file's one right to write, which others may be using. Where it cannot even
    // be looked at, to migrate tells best what is wrong.
    const isUpToDate = await isMigrated(database).catch(() => false);
    return isUpToDate ? undefined : migrate(database);
  }
  try {
    if (await isMigrated(database)) return;
  } catch (fault) {
    if (!(fault instanceof DependencyUnavailable)) throw fault;
    onAway(fault);
    return;
  }
  throw new TablesOutdated('the tables are not up to date: run the migrations');
}
