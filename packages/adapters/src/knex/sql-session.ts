/** What a statement can be given. Booleans and dates are stored as integers, so nothing depends on a driver's mapping. */
export type SqlValue = number | string | null;

/** A select without its condition, and the columns that its rows are looked up by. */
export interface KeyedSelect {
  /** `SELECT … FROM … ` up to, and without, `WHERE`. */
  readonly select: string;
  readonly key: readonly string[];
  /** A further condition on every row. */
  readonly and?: string;
  /** Whether to lock the rows until the end of the transaction. */
  readonly lock?: boolean;
}

/** Rows of a table that are to be had. */
export interface FreeSelect {
  readonly columns: readonly string[];
  readonly table: string;
  /** The index to look them up by, where the choice must not depend on how many rows there are. */
  readonly index?: string;
  readonly where: string;
  readonly values?: readonly number[];
  readonly orderBy?: string;
}

/**
 * Statements on one connection. Text is standard SQL with `?` for values; what SQLite and MySQL write differently is
 * behind these methods and in `SqlDialect`, and nowhere else.
 *
 * Calls may be made together, without awaiting one before the next: they run in the order in which they are made, and
 * where the database is a server they may share a round trip.
 */
export interface SqlSession {
  /** Begins a transaction that may write; COMMIT or ROLLBACK ends it. */
  begin(): Promise<void>;
  all<Row>(sql: string, values?: readonly SqlValue[]): Promise<readonly Row[]>;
  /** Returns how many rows matched. */
  run(sql: string, values?: readonly SqlValue[]): Promise<number>;
  /** The rows with these keys, in the order of the keys; what is locked is locked in that order too. */
  selectByKeys<Row>(
    query: KeyedSelect,
    keys: readonly (readonly SqlValue[])[],
  ): Promise<readonly Row[]>;
  /** The first `limit` rows that no other transaction has locked or not committed yet; they are locked for this one. */
  selectFree<Row>(query: FreeSelect, limit: number): Promise<readonly Row[]>;
  /** Inserts all rows, or fails when one of them is there already. */
  insertMany(
    table: string,
    columns: readonly string[],
    rows: readonly (readonly SqlValue[])[],
  ): Promise<void>;
  /** Sets `columns` of the rows named by `key`; each row is the columns' values, then the key's. Throws when one is gone. */
  updateMany(
    table: string,
    columns: readonly string[],
    key: string,
    rows: readonly (readonly SqlValue[])[],
  ): Promise<void>;
  /** Does one assignment to every row with one of these keys. Throws when one is gone. */
  setMany(
    table: string,
    set: string,
    key: readonly string[],
    keys: readonly (readonly number[])[],
  ): Promise<void>;
  /**
   * Does one assignment to the rows with one of these keys for which `and` holds; there may be none, or several for a key.
   * Columns in `and` are named with their table.
   */
  setAny(
    table: string,
    set: string,
    key: readonly string[],
    keys: readonly (readonly number[])[],
    and: string,
  ): Promise<void>;
  /** Adds to the `columns` of the rows named by `key`, and inserts those that are not there; a row is key, then columns. */
  addMany(
    table: string,
    key: readonly string[],
    columns: readonly string[],
    rows: readonly (readonly number[])[],
  ): Promise<void>;
}

/** A row that was locked and loaded in this transaction is gone: something else writes to the tables. */
export class RowVanished extends Error {
  override readonly name = 'RowVanished';
}
