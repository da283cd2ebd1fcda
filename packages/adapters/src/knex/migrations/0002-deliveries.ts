import type { ColumnTypes, TableDefinition } from '../sql-dialect.js';

/**
 * Messages to the data platform, written in the transaction that they tell of. Whoever sends one counts the attempt and
 * moves `next_attempt_at` on before it is sent: until then nobody else takes it, and afterwards somebody does. It is null
 * for a message that is not to be sent any more.
 */
export const deliveryTables = ({ integer, text }: ColumnTypes): readonly TableDefinition[] => [
  {
    name: 'deliveries',
    columns: [
      `id ${integer} NOT NULL PRIMARY KEY`,
      `order_id ${integer} NOT NULL`,
      `sequence ${integer} NOT NULL`,
      `type ${text(50)} NOT NULL`,
      `payload ${text(60000)} NOT NULL`,
      `created_at ${integer} NOT NULL`,
      `status ${text(10)} NOT NULL`,
      `attempts ${integer} NOT NULL`,
      `last_error ${text(500)}`,
      `next_attempt_at ${integer}`,
      `delivered_at ${integer}`,
      'CONSTRAINT deliveries_in_order UNIQUE (order_id, sequence)',
    ],
    indexes: { deliveries_by_status: 'status, next_attempt_at, id' },
  },
];
