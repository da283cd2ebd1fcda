import { type Page, pageOf } from '../page.js';
import type { DeliveryQueries } from '../ports/queries.js';
import type { Delivery, DeliveryId, DeliveryStatus } from './delivery.js';

/** A message as an operator sees it: without what it says. */
export type DeliveryView = Omit<Delivery, 'payload'>;

/** Messages to the data platform, newest first, after the one named; of one status, or of all. */
export async function listDeliveries(
  queries: DeliveryQueries,
  status: DeliveryStatus | null,
  after: DeliveryId | null,
  limit: number,
): Promise<Page<DeliveryView, DeliveryId>> {
  const found = await queries.list(status, after, limit + 1);
  const shown = found.map(({ payload: _payload, ...view }) => view);
  return pageOf(shown, limit, ({ id }) => id);
}
