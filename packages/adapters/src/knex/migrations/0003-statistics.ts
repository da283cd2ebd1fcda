import type { AddedColumn, ColumnTypes, TableDefinition } from '../sql-dialect.js';

/**
 * The sales statistics. Sums are kept by day and product, so that what is read does not grow with the number of sales; the
 * rankings are stored ready to be read, their places as JSON. `statistics` has one row: how far everything has come, and
 * what a roll-up locks.
 */
export const statisticsTables = ({ integer, text }: ColumnTypes): readonly TableDefinition[] => [
  {
    name: 'sales_daily',
    columns: [
      `day ${integer} NOT NULL`,
      `product_id ${integer} NOT NULL`,
      `quantity ${integer} NOT NULL`,
      `revenue ${integer} NOT NULL`,
      'PRIMARY KEY (day, product_id)',
    ],
    // Without the quantity: it would be written again whenever a sum changes.
    indexes: { sales_daily_by_product: 'product_id, day' },
    clustered: true,
  },
  {
    name: 'rankings',
    columns: [
      `days ${integer} NOT NULL`,
      `sort ${text(10)} NOT NULL`,
      `version ${integer} NOT NULL`,
      `computed_at ${integer} NOT NULL`,
      `from_day ${integer} NOT NULL`,
      `to_day ${integer} NOT NULL`,
      `total_quantity ${integer} NOT NULL`,
      `places ${text(100_000)} NOT NULL`,
      'PRIMARY KEY (days, sort)',
    ],
    indexes: {},
  },
  {
    name: 'statistics',
    columns: [
      `id ${integer} NOT NULL PRIMARY KEY CHECK (id = 1)`,
      `revision ${integer} NOT NULL`,
      `corrections ${integer} NOT NULL`,
      `version ${integer} NOT NULL`,
      `ranked_revision ${integer} NOT NULL`,
      `ranked_at ${integer}`,
    ],
    indexes: {},
  },
];

/**
 * Whether a sales record is in the daily sums. Records that are there already are not, so the first roll-up counts them,
 * as it does those that an older version goes on writing.
 */
export const statisticsColumns = ({ flag }: ColumnTypes): readonly AddedColumn[] => [
  {
    table: 'sales_records',
    name: 'counted',
    definition: `${flag} NOT NULL DEFAULT 0`,
    index: { name: 'sales_records_uncounted', over: 'counted' },
  },
];

export const statisticsRows = {
  statistics: [{ id: 1, revision: 0, corrections: 0, version: 0, ranked_revision: 0 }],
};
