import type { Repository } from '@jumun/application';
import type { KeyedSelect, SqlSession, SqlValue } from './sql-session.js';

/** How aggregates of one kind lie in one table with a single-column key. */
export interface TableMapping<Id extends number, Aggregate, Row> {
  readonly table: string;
  readonly key: string;
  /** Columns beside the key that never change. */
  readonly fixed: readonly string[];
  /** Columns beside the key that do. */
  readonly changing: readonly string[];
  readonly idOf: (aggregate: Aggregate) => Id;
  readonly toRow: (aggregate: Aggregate) => Row;
  readonly fromRow: (row: Row) => Aggregate;
}

/** The statements that every repository of such a table shares. */
export class KeyedTable<
  Id extends number,
  Aggregate,
  Row extends Readonly<Record<string, SqlValue>>,
> implements Repository<Id, Aggregate> {
  private readonly select: string;

  constructor(
    private readonly session: SqlSession,
    private readonly mapping: TableMapping<Id, Aggregate, Row>,
  ) {
    const { table, key, fixed, changing } = mapping;
    this.select = `SELECT ${[key, ...fixed, ...changing].join(', ')} FROM ${table}`;
  }

  lockMany(ids: readonly Id[]): Promise<ReadonlyMap<Id, Aggregate>> {
    return this.load(ids, true);
  }

  findMany(ids: readonly Id[]): Promise<ReadonlyMap<Id, Aggregate>> {
    return this.load(ids, false);
  }

  addMany(aggregates: readonly Aggregate[]): Promise<void> {
    const { table, key, fixed, changing } = this.mapping;
    const columns = [key, ...fixed, ...changing];
    return this.session.insertMany(table, columns, this.rows(aggregates, columns));
  }

  saveMany(aggregates: readonly Aggregate[]): Promise<void> {
    const { table, key, changing } = this.mapping;
    const rows = this.rows(aggregates, [...changing, key]);
    return this.session.updateMany(table, changing, key, rows);
  }

  private async load(ids: readonly Id[], lock: boolean): Promise<ReadonlyMap<Id, Aggregate>> {
    const { key, fromRow, idOf } = this.mapping;
    const query: KeyedSelect = { select: this.select, key: [key], lock };
    const rows = await this.session.selectByKeys<Row>(query, ascending(ids));
    return new Map(
      rows.map((row) => {
        const aggregate = fromRow(row);
        return [idOf(aggregate), aggregate];
      }),
    );
  }

  private rows(
    aggregates: readonly Aggregate[],
    columns: readonly string[],
  ): readonly (readonly SqlValue[])[] {
    return aggregates.map((aggregate) => valuesOf(this.mapping.toRow(aggregate), columns));
  }
}

/** Each id once, ascending: the order in which everybody locks. */
export const ascending = (ids: readonly number[]): readonly (readonly [number])[] =>
  [...new Set(ids)].toSorted((a, b) => a - b).map((id) => [id] as const);

/** A row's values in the order of `columns`. */
export const valuesOf = (
  row: Readonly<Record<string, SqlValue>>,
  columns: readonly string[],
): readonly SqlValue[] => columns.map((column) => row[column] ?? null);
