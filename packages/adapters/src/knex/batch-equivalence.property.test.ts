import { describe, it } from '@jest/globals';
import { type BatchHarness, batchEquivalenceProperty } from '@jumun/application/testing';
import * as fc from 'fast-check';
import { InProcessLock } from '../local/in-process-lock.js';
import { emptyTables } from '../testing/empty-tables.js';
import {
  type Store,
  type TemporaryDatabase,
  withTemporaryDatabase,
} from '../testing/temporary-database.js';
import { BlockIdSource } from './block-id-source.js';
import { Database } from './database.js';
import { KnexQueries } from './knex-queries.js';
import { KnexUnitOfWork } from './knex-unit-of-work.js';
import { migrate } from './migrate.js';

const MINUTE = 60_000;

const harnessOn = (database: Database, close: () => Promise<void>): BatchHarness => ({
  unitOfWork: new KnexUnitOfWork(database),
  queries: new KnexQueries(database),
  ids: new BlockIdSource(database),
  lock: new InProcessLock(),
  close,
});

async function inMemory(): Promise<BatchHarness> {
  const database = Database.open('sqlite://:memory:');
  await migrate(database);
  return harnessOn(database, () => database.close());
}

/** Plays on one database after the other, so that its tables need not be made anew. */
const onTablesOf =
  ({ database }: TemporaryDatabase) =>
  async (): Promise<BatchHarness> => {
    await emptyTables(database);
    return harnessOn(database, () => Promise.resolve());
  };

describe('A batch gives the same answers and leaves the same books as its commands one after another', () => {
  it(
    'on SQLite in memory, with one connection for everything',
    () => fc.assert(batchEquivalenceProperty(inMemory), { numRuns: 100 }),
    MINUTE,
  );

  it.each<{ readonly store: Store; readonly numRuns: number }>([
    { store: 'sqlite', numRuns: 20 },
    { store: 'mysql', numRuns: 40 },
  ])(
    'on $store, with connections for reads',
    ({ store, numRuns }) =>
      withTemporaryDatabase(store, (temporary) =>
        fc.assert(batchEquivalenceProperty(onTablesOf(temporary)), { numRuns }),
      ),
    // MySQL empties and fills its tables several times slower than MariaDB, on a busy machine slower still.
    3 * MINUTE,
  );
});
