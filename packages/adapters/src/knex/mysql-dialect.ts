import type { Connection, ResultSetHeader } from 'mysql2';
import type { SqlDialect, SqlFault, TableDefinition } from './sql-dialect.js';
import { type KeyedSelect, RowVanished, type SqlSession, type SqlValue } from './sql-session.js';

/** Connections of one pool. A batch uses one of them, so a few serve many customers. */
const POOL_SIZE = 10;
const CONNECT_TIMEOUT_MS = 3_000;
const ACQUIRE_TIMEOUT_MS = 5_000;
/** How long a statement waits for another transaction's row, in seconds, before its own transaction is run again. */
const LOCK_WAIT_SECONDS = 3;
/** Rows of one INSERT or UPDATE: well under what a packet may hold. */
const ROWS_PER_STATEMENT = 1_000;
/** A longer text does not fit into a row beside the others. */
const LONGEST_VARCHAR = 4_000;

/** A statement that takes longer than this has no server behind it any more. */
const STATEMENT_TIMEOUT_MS = 6_000;

/** How long a process waits for another one that migrates. */
const MIGRATION_WAIT_SECONDS = 5;

const SETTINGS = [
  'SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED',
  `SET SESSION innodb_lock_wait_timeout = ${LOCK_WAIT_SECONDS}, time_zone = '+00:00',
   sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION'`,
];

/** DDL is no part of a transaction here, so whoever migrates holds a named lock, which ends with its connection. */
const MIGRATION_LOCK = {
  take: `SELECT GET_LOCK(CONCAT('jumun.migrate.', DATABASE()), ${MIGRATION_WAIT_SECONDS}) AS taken`,
  release: `SELECT RELEASE_LOCK(CONCAT('jumun.migrate.', DATABASE()))`,
};

/** MySQL 8 and MariaDB 10.6 or newer, at `mysql://user:password@host:port/database`. */
export function mysqlDialect(url: URL): SqlDialect {
  return {
    knexConfig: {
      client: 'mysql2',
      connection: {
        host: url.hostname,
        port: Number(url.port || 3306),
        user: decodeURIComponent(url.username),
        password: decodeURIComponent(url.password),
        database: decodeURIComponent(url.pathname.slice(1)),
        charset: 'utf8mb4',
        timezone: 'Z',
        supportBigNumbers: true,
        connectTimeout: CONNECT_TIMEOUT_MS,
      },
      pool: { min: 0, max: POOL_SIZE, afterCreate: prepareConnection },
      acquireConnectionTimeout: ACQUIRE_TIMEOUT_MS,
    },
    separateReads: true,
    columns: {
      integer: 'BIGINT',
      text: (length) => (length > LONGEST_VARCHAR ? 'MEDIUMTEXT' : `VARCHAR(${length})`),
    },
    createTable,
    migrationLock: MIGRATION_LOCK,
    session: (connection) => new MysqlSession(connection as Connection),
    faultOf,
  };
}

function prepareConnection(
  connection: Connection,
  done: (error: Error | null, connection: Connection) => void,
): void {
  const session = new MysqlSession(connection);
  Promise.all(SETTINGS.map((setting) => session.run(setting))).then(
    () => done(null, connection),
    (fault: unknown) => done(fault as Error, connection),
  );
}

/** A statement costs a round trip, so sets are handled by one statement for many rows. */
class MysqlSession implements SqlSession {
  constructor(private readonly connection: Connection) {}

  async begin(): Promise<void> {
    await this.send('START TRANSACTION');
  }

  all<Row>(sql: string, values: readonly SqlValue[] = []): Promise<readonly Row[]> {
    return this.send<readonly Row[]>(sql, values);
  }

  async run(sql: string, values: readonly SqlValue[] = []): Promise<number> {
    return (await this.send<ResultSetHeader>(sql, values)).affectedRows;
  }

  async selectByKeys<Row>(
    { select, key, and, lock = false }: KeyedSelect,
    keys: readonly (readonly SqlValue[])[],
  ): Promise<readonly Row[]> {
    if (keys.length === 0) return [];
    const places = placesFor(key.length, keys.length);
    const among = key.length === 1 ? key.join() : `(${key.join(', ')})`;
    const condition = `${among} IN (${places})${and === undefined ? '' : ` AND ${and}`}`;
    return this.all(
      `${select} WHERE ${condition} ORDER BY ${key.join(', ')}${lock ? ' FOR UPDATE' : ''}`,
      keys.flat(),
    );
  }

  async insertMany(
    table: string,
    columns: readonly string[],
    rows: readonly (readonly SqlValue[])[],
  ): Promise<void> {
    for (const some of chunks(rows)) {
      const places = Array(some.length)
        .fill(`(${columns.map(() => '?').join(', ')})`)
        .join(', ');
      await this.run(`INSERT INTO ${table} (${columns.join(', ')}) VALUES ${places}`, some.flat());
    }
  }

  /** One UPDATE that picks each row's values by its key; it can only change rows that are there. */
  async updateMany(
    table: string,
    columns: readonly string[],
    key: string,
    rows: readonly (readonly SqlValue[])[],
  ): Promise<void> {
    for (const some of chunks(rows)) {
      const keys = some.map((row) => row[columns.length] ?? null);
      const cases = `CASE ${key} ${some.map(() => 'WHEN ? THEN ?').join(' ')} END`;
      const set = columns.map((column) => `${column} = ${cases}`).join(', ');
      const values = columns.flatMap((_, at) =>
        some.flatMap((row, line) => [keys[line] ?? null, row[at] ?? null]),
      );
      const updated = await this.run(
        `UPDATE ${table} SET ${set} WHERE ${key} IN (${placesFor(1, some.length)})`,
        [...values, ...keys],
      );
      if (updated !== some.length) {
        throw new RowVanished(`${some.length - updated} rows of ${table} to update are not there`);
      }
    }
  }

  private send<Result>(sql: string, values: readonly SqlValue[] = []): Promise<Result> {
    return new Promise((resolve, reject) => {
      const statement = { sql, values: [...values], timeout: STATEMENT_TIMEOUT_MS };
      this.connection.query(statement, (error, result) => {
        if (error === null) {
          resolve(result as Result);
          return;
        }
        // An answer may still come to what has timed out, and must not be taken for that of a later statement.
        if (faultOf(error) === 'UNAVAILABLE') this.connection.destroy();
        reject(error);
      });
    });
  }
}

/** `?, ?` for keys of one column, `(?, ?), (?, ?)` for keys of two. */
const placesFor = (columns: number, count: number): string => {
  const one = Array(columns).fill('?').join(', ');
  return Array(count)
    .fill(columns === 1 ? one : `(${one})`)
    .join(', ');
};

function* chunks<Row>(rows: readonly Row[]): Iterable<readonly Row[]> {
  for (let at = 0; at < rows.length; at += ROWS_PER_STATEMENT) {
    yield rows.slice(at, at + ROWS_PER_STATEMENT);
  }
}

/** DDL commits by itself here, so the whole table is made by one statement that may be run again. */
const createTable = ({ name, columns, indexes }: TableDefinition): readonly string[] => {
  const keys = Object.entries(indexes).map(([index, over]) => `INDEX ${index} (${over})`);
  return [
    `CREATE TABLE IF NOT EXISTS ${name} (${[...columns, ...keys].join(', ')})
     ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin`,
  ];
};

const RERUN = new Set(['ER_LOCK_DEADLOCK', 'ER_LOCK_WAIT_TIMEOUT', 'ER_DUP_ENTRY', 'ER_CHECKREAD']);

/** What the driver and the operating system say when there is no server behind a connection. */
const AWAY = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'PROTOCOL_CONNECTION_LOST',
  'PROTOCOL_SEQUENCE_TIMEOUT',
  'ER_CON_COUNT_ERROR',
  'ER_SERVER_SHUTDOWN',
  'ER_NORMAL_SHUTDOWN',
  'ER_CONNECTION_KILLED',
  'ER_OPTION_PREVENTS_STATEMENT',
]);

function faultOf(error: unknown): SqlFault {
  if (typeof error !== 'object' || error === null) return 'OTHER';
  const code = 'code' in error ? String(error.code) : '';
  if (RERUN.has(code)) return 'RERUN';
  const isFatal = 'fatal' in error && error.fatal === true;
  return isFatal || AWAY.has(code) ? 'UNAVAILABLE' : 'OTHER';
}
