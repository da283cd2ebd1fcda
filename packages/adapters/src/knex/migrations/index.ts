import type { IdKind } from '@jumun/application';
import type { ColumnTypes, TableDefinition } from '../sql-dialect.js';
import { shopIds, shopTables } from './0001-shop.js';
import { deliveryTables } from './0002-deliveries.js';

/** One step of the tables' history. */
export interface Migration {
  readonly name: string;
  readonly tables: (columns: ColumnTypes) => readonly TableDefinition[];
  /** The first id that is given out of each kind that is new; ids below are free for data that is put in by hand. */
  readonly firstIds: Readonly<Partial<Record<IdKind, number>>>;
}

/** In the order in which they are run; a migration that was released is never changed. */
export const MIGRATIONS: readonly Migration[] = [
  { name: '0001-shop', tables: shopTables, firstIds: shopIds },
  { name: '0002-deliveries', tables: deliveryTables, firstIds: { delivery: 1 } },
];
