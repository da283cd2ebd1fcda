import type Sqlite from 'better-sqlite3';
import createKnex, { type Knex } from 'knex';
import type { Connection } from 'mysql2';

/** Connections to MySQL. On two cores 10, 20, 30 and 50 cannot be told apart; with fewer the disk is left idle. */
const POOL = 20;
const SQLITE = 'sqlite://';

/** Knex as its own documentation has it, with settings as good as ours. */
export const openKnex = (url: string, pool: number = POOL): Knex =>
  url.startsWith(SQLITE) ? openSqlite(url.slice(SQLITE.length)) : openMysql(url, pool);

/** READ COMMITTED locks no gaps, so new rows are in nobody's way. */
const openMysql = (url: string, pool: number): Knex =>
  createKnex({
    client: 'mysql2',
    connection: url,
    acquireConnectionTimeout: 60_000,
    pool: {
      min: pool,
      max: pool,
      afterCreate(connection: Connection, done: (fault: Error | null, made: Connection) => void) {
        connection.query('SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED', (fault) => {
          done(fault, connection);
        });
      },
    },
  });

/** One connection: SQLite has one writer, and Knex shares a pool among readers and writers. */
const openSqlite = (filename: string): Knex =>
  createKnex({
    client: 'better-sqlite3',
    connection: { filename },
    useNullAsDefault: true,
    acquireConnectionTimeout: 60_000,
    pool: {
      min: 1,
      max: 1,
      afterCreate(
        connection: Sqlite.Database,
        done: (fault: Error | null, made: Sqlite.Database) => void,
      ) {
        connection.pragma('journal_mode = WAL');
        connection.pragma('synchronous = FULL');
        done(null, connection);
      },
    },
  });
