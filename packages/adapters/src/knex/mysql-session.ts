import { type Connection, escape, type ResultSetHeader } from 'mysql2';
import { MysqlWire } from './mysql-wire.js';
import {
  type FreeSelect,
  type KeyedSelect,
  RowVanished,
  type SqlSession,
  type SqlValue,
} from './sql-session.js';

/** Rows of one INSERT or UPDATE: well under what a packet may hold. */
const ROWS_PER_STATEMENT = 1_000;
/** Keys are short. */
const KEYS_PER_STATEMENT = 10_000;

/** A statement costs a round trip, so sets are handled by one statement for many rows. */
export class MysqlSession implements SqlSession {
  private readonly wire: MysqlWire;

  constructor(connection: Connection) {
    this.wire = new MysqlWire(connection);
  }

  /** Costs no round trip of its own. */
  begin(): Promise<void> {
    this.wire.begin();
    return Promise.resolve();
  }

  all<Row>(sql: string, values: readonly SqlValue[] = []): Promise<readonly Row[]> {
    return this.wire.send<readonly Row[]>(sql, values);
  }

  async run(sql: string, values: readonly SqlValue[] = []): Promise<number> {
    return (await this.wire.send<ResultSetHeader>(sql, values)).affectedRows;
  }

  async selectByKeys<Row>(
    { select, key, and, lock = false }: KeyedSelect,
    keys: readonly (readonly SqlValue[])[],
  ): Promise<readonly Row[]> {
    if (keys.length === 0) return [];
    const condition = `(${amongKeys(key, keys)})${and === undefined ? '' : ` AND ${and}`}`;
    return this.all(
      `${select} WHERE ${condition} ORDER BY ${key.join(', ')}${lock ? ' FOR UPDATE' : ''}`,
    );
  }

  selectFree<Row>(
    { columns, table, index, where, values = [], orderBy }: FreeSelect,
    limit: number,
  ): Promise<readonly Row[]> {
    const by = index === undefined ? '' : ` FORCE INDEX (${index})`;
    const order = orderBy === undefined ? '' : ` ORDER BY ${orderBy}`;
    return this.all(
      `SELECT ${columns.join(', ')} FROM ${table}${by} WHERE ${where}${order}
       LIMIT ? FOR UPDATE SKIP LOCKED`,
      [...values, limit],
    );
  }

  async insertMany(
    table: string,
    columns: readonly string[],
    rows: readonly (readonly SqlValue[])[],
  ): Promise<void> {
    const insert = `INSERT INTO ${table} (${columns.join(', ')}) VALUES `;
    for (const some of chunks(rows)) await this.run(insert + some.map(tupleOf).join(', '));
  }

  /** One UPDATE that picks each row's values by its key; it can only change rows that are there. */
  async updateMany(
    table: string,
    columns: readonly string[],
    key: string,
    rows: readonly (readonly SqlValue[])[],
  ): Promise<void> {
    for (const some of chunks(rows)) {
      const keys = some.map((row) => literal(row[columns.length] ?? null));
      const set = columns.map((column, at) => {
        const cases = some.map(
          (row, line) => `WHEN ${keys[line]} THEN ${literal(row[at] ?? null)}`,
        );
        return `${column} = CASE ${key} ${cases.join(' ')} END`;
      });
      const updated = await this.run(
        `UPDATE ${table} SET ${set.join(', ')} WHERE ${key} IN (${keys.join(', ')})`,
      );
      if (updated !== some.length) {
        throw new RowVanished(`${some.length - updated} rows of ${table} to update are not there`);
      }
    }
  }

  async setMany(
    table: string,
    set: string,
    key: readonly string[],
    keys: readonly (readonly number[])[],
  ): Promise<void> {
    for (const some of chunks(keys, KEYS_PER_STATEMENT)) {
      const updated = await this.run(updateByKeys({ table, set, key }, some));
      if (updated !== some.length) {
        throw new RowVanished(`${some.length - updated} rows of ${table} to set are not there`);
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
    for (const some of chunks(keys, KEYS_PER_STATEMENT)) {
      await this.run(`${updateByKeys({ table, set, key }, some)} WHERE ${and}`);
    }
  }

  async addMany(
    table: string,
    key: readonly string[],
    columns: readonly string[],
    rows: readonly (readonly number[])[],
  ): Promise<void> {
    const insert = `INSERT INTO ${table} (${[...key, ...columns].join(', ')}) VALUES `;
    const increase = columns.map((column) => `${column} = ${column} + VALUES(${column})`);
    for (const some of chunks(rows)) {
      await this.run(
        `${insert}${some.map(tupleOf).join(', ')} ON DUPLICATE KEY UPDATE ${increase.join(', ')}`,
      );
    }
  }
}

/**
 * A value as it stands in a statement. Statements for many rows are written by hand: finding the place of each of their
 * thousands of values in a text would take longer than all else that a batch does in this process.
 */
const literal = (value: SqlValue): string =>
  typeof value === 'number' ? `${value}` : escape(value);

const listOf = (values: readonly SqlValue[]): string => values.map(literal).join(', ');

const tupleOf = (values: readonly SqlValue[]): string => `(${listOf(values)})`;

/**
 * The keys go in as one JSON text that the server makes a table of, and the rows are looked up from there one by one: a
 * list of composite keys in a condition is not taken for look-ups by every server, and would then be a scan of the table.
 */
function updateByKeys(
  { table, set, key }: Readonly<{ table: string; set: string; key: readonly string[] }>,
  keys: readonly (readonly number[])[],
): string {
  const columns = key.map((column, at) => `${column} BIGINT PATH '$[${at}]'`).join(', ');
  const same = key.map((column) => `${table}.${column} = given.${column}`).join(' AND ');
  return `UPDATE JSON_TABLE('${JSON.stringify(keys)}', '$[*]' COLUMNS (${columns})) AS given
    STRAIGHT_JOIN ${table} ON ${same} SET ${table}.${set}`;
}

/** Up to so many different values of the first column, each gets a list of the second one's values. */
const MOST_LISTS = 8;

/**
 * The condition that picks the rows with these keys. Hundreds of pairs take the optimizer of MariaDB tens of milliseconds
 * where several indexes could serve; lists of single values take it none, and most pairs have their first value in common.
 */
function amongKeys(columns: readonly string[], keys: readonly (readonly SqlValue[])[]): string {
  const [first, second, ...more] = columns;
  if (second === undefined) return `${first} IN (${keys.map(listOf).join(', ')})`;
  const lists = Map.groupBy(keys, ([value]) => value ?? null);
  if (more.length > 0 || lists.size > MOST_LISTS) {
    return `(${columns.join(', ')}) IN (${keys.map(tupleOf).join(', ')})`;
  }
  return [...lists]
    .map(([value, pairs]) => {
      const seconds = pairs.map(([, other]) => literal(other ?? null)).join(', ');
      return `${first} = ${literal(value)} AND ${second} IN (${seconds})`;
    })
    .join(' OR ');
}

function* chunks<Row>(rows: readonly Row[], size = ROWS_PER_STATEMENT): Iterable<readonly Row[]> {
  for (let at = 0; at < rows.length; at += size) yield rows.slice(at, at + size);
}
