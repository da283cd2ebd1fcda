import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type Sqlite from 'better-sqlite3';
import { pause } from './pause.js';
import type { SqlDialect, SqlFault, TableDefinition } from './sql-dialect.js';
import {
  type FreeSelect,
  type KeyedSelect,
  RowVanished,
  type SqlSession,
  type SqlValue,
} from './sql-session.js';

/** How long a writer of another process may hold the file before we give up, and how often we look. */
const BUSY_TIMEOUT_MS = 5_000;
const BUSY_POLL_MS = 2;
/** Statements kept prepared on each connection. The shop has fewer; admin searches may add a few. */
const PREPARED_STATEMENTS = 500;

/**
 * SQLite in a file, or in memory for `:memory:`. Write-ahead log with a full sync at every commit: an acknowledged effect
 * survives a crash of the process and of the machine.
 */
export function sqliteDialect(filename: string): SqlDialect {
  const inMemory = filename === ':memory:';
  if (!inMemory) mkdirSync(dirname(filename), { recursive: true });
  return {
    knexConfig: {
      client: 'better-sqlite3',
      connection: { filename },
      useNullAsDefault: true,
      pool: { min: 1, max: 1, afterCreate: prepareConnection },
      acquireConnectionTimeout: 10_000,
    },
    writerConnection: {},
    separateReads: !inMemory,
    columns: {
      integer: 'INTEGER',
      flag: 'INTEGER',
      text: () => 'TEXT',
    },
    createTable,
    findIndex: `SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND name = ?`,
    // What is read first fixes the moment.
    beginSnapshot: ['BEGIN', 'SELECT 1 FROM sqlite_master LIMIT 1'],
    migrationLock: null,
    session: (connection) => new SqliteSession(connection as Sqlite.Database),
    faultOf,
  };
}

function prepareConnection(
  connection: Sqlite.Database,
  done: (error: Error | null, connection: Sqlite.Database) => void,
): void {
  connection.pragma('busy_timeout = 0');
  connection.pragma('journal_mode = WAL');
  connection.pragma('synchronous = FULL');
  done(null, connection);
}

/**
 * A statement on an embedded database costs no round trip, so sets are handled row by row with one prepared statement:
 * that is faster than building and parsing a statement for each size of set. Only one transaction writes at a time, so
 * rows need no lock of their own.
 */
class SqliteSession implements SqlSession {
  constructor(private readonly connection: Sqlite.Database) {}

  /** SQLite's own busy time-out would stop the whole process while another one writes, so the wait is ours. */
  async begin(): Promise<void> {
    const deadline = performance.now() + BUSY_TIMEOUT_MS;
    for (;;) {
      try {
        this.prepare('BEGIN IMMEDIATE').run();
        return;
      } catch (fault) {
        if (faultOf(fault) !== 'RERUN' || performance.now() > deadline) throw fault;
      }
      await pause(Math.random() * BUSY_POLL_MS);
    }
  }

  async all<Row>(sql: string, values: readonly SqlValue[] = []): Promise<readonly Row[]> {
    return this.prepare(sql).all(...values) as Row[];
  }

  async run(sql: string, values: readonly SqlValue[] = []): Promise<number> {
    return this.prepare(sql).run(...values).changes;
  }

  async selectByKeys<Row>(
    { select, key, and }: KeyedSelect,
    keys: readonly (readonly SqlValue[])[],
  ): Promise<readonly Row[]> {
    if (keys.length === 0) return [];
    const condition = key.map((column) => `${column} = ?`);
    if (and !== undefined) condition.push(and);
    const statement = this.prepare(`${select} WHERE ${condition.join(' AND ')}`);
    return keys.flatMap((values) => statement.all(...values) as Row[]);
  }

  /** Nobody else writes while a transaction of ours is open. */
  async selectFree<Row>(
    { columns, table, index, where, values = [], orderBy }: FreeSelect,
    limit: number,
  ): Promise<readonly Row[]> {
    const by = index === undefined ? '' : ` INDEXED BY ${index}`;
    const order = orderBy === undefined ? '' : ` ORDER BY ${orderBy}`;
    return this.all(
      `SELECT ${columns.join(', ')} FROM ${table}${by} WHERE ${where}${order} LIMIT ?`,
      [...values, limit],
    );
  }

  async insertMany(
    table: string,
    columns: readonly string[],
    rows: readonly (readonly SqlValue[])[],
  ): Promise<void> {
    if (rows.length === 0) return;
    const places = columns.map(() => '?').join(', ');
    const statement = this.prepare(
      `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${places})`,
    );
    for (const values of rows) statement.run(...values);
  }

  async updateMany(
    table: string,
    columns: readonly string[],
    key: string,
    rows: readonly (readonly SqlValue[])[],
  ): Promise<void> {
    if (rows.length === 0) return;
    const set = columns.map((column) => `${column} = ?`).join(', ');
    const statement = this.prepare(`UPDATE ${table} SET ${set} WHERE ${key} = ?`);
    for (const values of rows) {
      if (statement.run(...values).changes !== 1) {
        throw new RowVanished(`a row of ${table} to update is not there`);
      }
    }
  }

  async setMany(
    table: string,
    set: string,
    key: readonly string[],
    keys: readonly (readonly number[])[],
  ): Promise<void> {
    if (keys.length === 0) return;
    const where = key.map((column) => `${column} = ?`).join(' AND ');
    const statement = this.prepare(`UPDATE ${table} SET ${set} WHERE ${where}`);
    for (const values of keys) {
      if (statement.run(...values).changes !== 1) {
        throw new RowVanished(`a row of ${table} to set is not there`);
      }
    }
  }

  async setAny(
    table: string,
    set: string,
    key: readonly string[],
    keys: readonly (readonly number[])[],
    and: string,
  ): Promise<void> {
    if (keys.length === 0) return;
    const where = key.map((column) => `${column} = ?`).join(' AND ');
    const statement = this.prepare(`UPDATE ${table} SET ${set} WHERE ${where} AND ${and}`);
    for (const values of keys) statement.run(...values);
  }

  async addMany(
    table: string,
    key: readonly string[],
    columns: readonly string[],
    rows: readonly (readonly number[])[],
  ): Promise<void> {
    if (rows.length === 0) return;
    const all = [...key, ...columns];
    const increase = columns.map((column) => `${column} = ${column} + excluded.${column}`);
    const statement = this.prepare(
      `INSERT INTO ${table} (${all.join(', ')}) VALUES (${all.map(() => '?').join(', ')})
       ON CONFLICT (${key.join(', ')}) DO UPDATE SET ${increase.join(', ')}`,
    );
    for (const values of rows) statement.run(...values);
  }

  private prepare(sql: string): Sqlite.Statement {
    const statements = statementsOf(this.connection);
    let statement = statements.get(sql);
    if (statement === undefined) {
      if (statements.size >= PREPARED_STATEMENTS) statements.clear();
      statement = this.connection.prepare(sql);
      statements.set(sql, statement);
    }
    return statement;
  }
}

const prepared = new WeakMap<Sqlite.Database, Map<string, Sqlite.Statement>>();

function statementsOf(connection: Sqlite.Database): Map<string, Sqlite.Statement> {
  let statements = prepared.get(connection);
  if (statements === undefined) {
    statements = new Map();
    prepared.set(connection, statements);
  }
  return statements;
}

const createTable = ({
  name,
  columns,
  indexes,
  clustered = false,
}: TableDefinition): readonly string[] => [
  `CREATE TABLE IF NOT EXISTS ${name} (${columns.join(', ')})
   STRICT${clustered ? ', WITHOUT ROWID' : ''}`,
  ...Object.entries(indexes).map(
    ([index, over]) => `CREATE INDEX IF NOT EXISTS ${index} ON ${name} (${over})`,
  ),
];

function faultOf(error: unknown): SqlFault {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : '';
  if (/^SQLITE_(BUSY|LOCKED|CONSTRAINT_(PRIMARYKEY|UNIQUE))/.test(String(code))) return 'RERUN';
  if (/^SQLITE_(CANTOPEN|IOERR|FULL|READONLY|NOTADB|CORRUPT)/.test(String(code)))
    return 'UNAVAILABLE';
  return 'OTHER';
}
