import type { Knex } from 'knex';
import type { Database } from './database.js';
import { FIRST_IDS, shopTables } from './migrations/0001-shop.js';
import { pause } from './pause.js';
import type { SqlDialect } from './sql-dialect.js';

interface NamedMigration {
  readonly name: string;
  readonly up: (connection: Knex, dialect: SqlDialect) => Promise<void>;
}

/** In the order in which they are run; a migration that was released is never changed. */
const MIGRATIONS: readonly NamedMigration[] = [
  {
    name: '0001-shop',
    async up(connection, { columns, createTable }) {
      const statements = shopTables(columns).flatMap(createTable);
      for (const statement of statements) await connection.raw(statement);
      const blocks = Object.entries(FIRST_IDS).map(([kind, next_id]) => ({ kind, next_id }));
      await connection('id_blocks').insert(blocks).onConflict('kind').ignore();
    },
  },
];

/** How often the migration is tried: another process may be at it at the same time, and finish first. */
const ATTEMPTS = 5;
const PAUSE_MS = 200;

/** Brings the tables up to date; does nothing when they are. Each migration is one transaction where the database can. */
export async function migrate(database: Database): Promise<void> {
  const { knex, dialect } = database;
  const config = { migrationSource: sourceFor(dialect), tableName: 'schema_migrations' };
  for (let attempt = 1; ; attempt += 1) {
    try {
      // A process that was killed in the middle left its lock behind; its transaction was rolled back.
      await knex.migrate.forceFreeMigrationsLock(config);
      await knex.migrate.latest(config);
      return;
    } catch (fault) {
      if (attempt === ATTEMPTS) throw fault;
      await pause(PAUSE_MS * attempt);
    }
  }
}

const sourceFor = (dialect: SqlDialect): Knex.MigrationSource<NamedMigration> => ({
  getMigrations: () => Promise.resolve([...MIGRATIONS]),
  getMigrationName: ({ name }) => name,
  getMigration: ({ up }) =>
    Promise.resolve({
      up: (connection) => up(connection, dialect),
      down: () => Promise.reject(new Error('migrations go forward only')),
    }),
});
