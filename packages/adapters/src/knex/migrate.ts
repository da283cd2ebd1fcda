import { DependencyUnavailable } from '@jumun/application';
import type { Knex } from 'knex';
import type { Database } from './database.js';
import { type Migration, MIGRATIONS } from './migrations/index.js';
import { pause } from './pause.js';
import type { AddedColumn, AddedIndex, SqlDialect } from './sql-dialect.js';

/** Makes what a migration adds; what is there already stays as it is. */
async function apply(
  { tables, columns: columnsOf, indexes = [], rows = {}, firstIds }: Migration,
  connection: Knex,
  dialect: SqlDialect,
): Promise<void> {
  const { columns, createTable } = dialect;
  for (const statement of tables(columns).flatMap(createTable)) await connection.raw(statement);
  for (const column of columnsOf?.(columns) ?? []) await addColumn(column, connection, dialect);
  for (const index of indexes) await addIndex(index, connection, dialect);
  for (const [table, first] of Object.entries(rows)) {
    await connection(table)
      .insert([...first])
      .onConflict('id')
      .ignore();
  }
  const blocks = Object.entries(firstIds).map(([kind, next_id]) => ({ kind, next_id }));
  if (blocks.length === 0) return;
  await connection('id_blocks').insert(blocks).onConflict('kind').ignore();
}

/**
 * A column and its index are two statements: a server adds the column without touching the rows, and then makes the index
 * while the shop goes on. A process that is killed between them has made the first.
 */
async function addColumn(
  { table, name, definition, index }: AddedColumn,
  connection: Knex,
  dialect: SqlDialect,
): Promise<void> {
  if (!(await connection.schema.hasColumn(table, name))) {
    await connection.raw(`ALTER TABLE ${table} ADD COLUMN ${name} ${definition}`);
  }
  await addIndex({ table, ...index }, connection, dialect);
}

async function addIndex(
  { table, name, over }: AddedIndex,
  connection: Knex,
  { findIndex }: SqlDialect,
): Promise<void> {
  const found = connection.raw(`(${findIndex}) AS found`, [table, name]);
  if ((await connection.from(found).first()) === undefined) {
    await connection.raw(`CREATE INDEX ${name} ON ${table} (${over})`);
  }
}

/** How often the migration is tried: another process may be at it at the same time, and finish first. */
const ATTEMPTS = 5;
const PAUSE_MS = 200;

/**
 * Brings the tables up to date, or as far as `migrations` go; does nothing when they are. Safe to run from several
 * processes at once.
 */
export async function migrate(
  database: Database,
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await exclusively(database, () => runMigrations(database, migrations));
      return;
    } catch (fault) {
      if (attempt === ATTEMPTS) throw fault;
      await pause(PAUSE_MS * attempt);
    }
  }
}

/** Whether the tables are as this version needs them; it changes nothing. */
export async function isMigrated(database: Database): Promise<boolean> {
  try {
    const done = await database.read((session) =>
      session.all<{ name: string }>('SELECT name FROM schema_migrations'),
    );
    const names = new Set(done.map(({ name }) => name));
    return MIGRATIONS.every(({ name }) => names.has(name));
  } catch (fault) {
    if (fault instanceof DependencyUnavailable) throw fault;
    return false;
  }
}

async function runMigrations(
  { knex, dialect }: Database,
  migrations: readonly Migration[],
): Promise<void> {
  const config = {
    migrationSource: sourceFor(dialect, migrations),
    tableName: 'schema_migrations',
  };
  // A process that was killed in the middle left this lock behind; ours is released by its connection.
  await knex.migrate.forceFreeMigrationsLock(config);
  await knex.migrate.latest(config);
}

/** Holds the migration lock on a connection of its own, where the database has such a lock. */
async function exclusively(database: Database, work: () => Promise<void>): Promise<void> {
  const { migrationLock } = database.dialect;
  if (migrationLock === null) return work();
  const guard = database.another();
  try {
    await guard.write(async (session) => {
      const [lock] = await session.all<{ taken: number | null }>(migrationLock.take);
      if (lock?.taken !== 1) throw new Error('another process migrates the database');
      await work();
      await session.all(migrationLock.release);
    });
  } finally {
    await guard.close();
  }
}

const sourceFor = (
  dialect: SqlDialect,
  migrations: readonly Migration[],
): Knex.MigrationSource<Migration> => ({
  getMigrations: () => Promise.resolve([...migrations]),
  getMigrationName: ({ name }) => name,
  getMigration: (migration) =>
    Promise.resolve({
      up: (connection) => apply(migration, connection, dialect),
      down: () => Promise.reject(new Error('migrations go forward only')),
    }),
});
