import type { IdKind } from '@jumun/application';
import type { AddedColumn, AddedIndex, ColumnTypes, TableDefinition } from '../sql-dialect.js';
import { shopIds, shopTables } from './0001-shop.js';
import { deliveryTables } from './0002-deliveries.js';
import { statisticsColumns, statisticsRows, statisticsTables } from './0003-statistics.js';
import { relayIndexes } from './0004-relay.js';

/** One step of the tables' history. */
export interface Migration {
  readonly name: string;
  readonly tables: (columns: ColumnTypes) => readonly TableDefinition[];
  /** Columns of tables that are there already. */
  readonly columns?: (columns: ColumnTypes) => readonly AddedColumn[];
  /** Indexes of tables that are there already. */
  readonly indexes?: readonly AddedIndex[];
  /** Rows that are put into tables, by the table's name, where they are not there yet. */
  readonly rows?: Readonly<Record<string, readonly Readonly<Record<string, number>>[]>>;
  /** The first id that is given out of each kind that is new; ids below are free for data that is put in by hand. */
  readonly firstIds: Readonly<Partial<Record<IdKind, number>>>;
}

/** In the order in which they are run; a migration that was released is never changed. */
export const MIGRATIONS: readonly Migration[] = [
  { name: '0001-shop', tables: shopTables, firstIds: shopIds },
  { name: '0002-deliveries', tables: deliveryTables, firstIds: { delivery: 1 } },
  {
    name: '0003-statistics',
    tables: statisticsTables,
    columns: statisticsColumns,
    rows: statisticsRows,
    firstIds: {},
  },
  { name: '0004-relay', tables: () => [], indexes: relayIndexes, firstIds: {} },
];
