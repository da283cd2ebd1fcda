import type { Knex } from 'knex';
import type { SqlSession } from './sql-session.js';

/** What went wrong, as far as it matters to a transaction. */
export type SqlFault =
  /** Another transaction was in the way, or was first to insert a row: run the whole work again. */
  | 'RERUN'
  /** The database is away. */
  | 'UNAVAILABLE'
  /** Anything else: a mistake of ours. */
  | 'OTHER';

/** How one kind of database is spoken to. All differences between databases are here. */
export interface SqlDialect {
  /** Connection, pool and pragmas for Knex. */
  readonly knexConfig: Knex.Config;
  /** What the connections that write have beside it. */
  readonly writerConnection: Readonly<Record<string, unknown>>;
  /** Whether reads may use a pool of their own beside the writer's. */
  readonly separateReads: boolean;
  readonly columns: ColumnTypes;
  /** Statements that create the table and its indexes where they are not there yet. */
  readonly createTable: (table: TableDefinition) => readonly string[];
  /** A select of the `name` of an index, for the table and the index: no row where there is no such index. */
  readonly findIndex: string;
  /** Statements that begin a transaction for reads, in which everything is as it was when it began. */
  readonly beginSnapshot: readonly string[];
  /** Statements that let one process at a time migrate, where transactions alone do not. */
  readonly migrationLock: { readonly take: string; readonly release: string } | null;
  /** Statements on a connection that Knex's pool handed out. */
  session(connection: unknown): SqlSession;
  readonly faultOf: (error: unknown) => SqlFault;
}

/** The types that columns are declared with. */
export interface ColumnTypes {
  /** A 64-bit integer: ids, won, counts and epoch milliseconds. */
  readonly integer: string;
  /** 0 or 1. */
  readonly flag: string;
  /** A text of at most so many characters. */
  readonly text: (length: number) => string;
}

/** A table in standard SQL, but for the types of its columns. */
export interface TableDefinition {
  readonly name: string;
  /** Columns, and constraints of the table. */
  readonly columns: readonly string[];
  /** By the index's name, the columns that it is over. */
  readonly indexes: Readonly<Record<string, string>>;
  /** Whether the table is best stored in the order of its primary key of several columns. */
  readonly clustered?: boolean;
}

/** An index that a table gets after it was made. */
export interface AddedIndex {
  readonly table: string;
  readonly name: string;
  /** Its columns. */
  readonly over: string;
}

/** A column that a table gets after it was made, with an index over it. */
export interface AddedColumn {
  readonly table: string;
  readonly name: string;
  /** Its type and constraints. Rows that are there must have a value, so it has a default or may be null. */
  readonly definition: string;
  readonly index: Omit<AddedIndex, 'table'>;
}
