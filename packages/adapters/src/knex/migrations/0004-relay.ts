import type { AddedIndex } from '../sql-dialect.js';

/** The messages of one status in the order of their ids: what an operator lists, and what waits the longest. */
export const relayIndexes: readonly AddedIndex[] = [
  { table: 'deliveries', name: 'deliveries_by_status_id', over: 'status, id' },
];
