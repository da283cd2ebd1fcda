import type { DeliveryId, DeliveryStatus, Shop } from '@jumun/application';
import { ok } from '@jumun/domain';
import { z } from 'zod';
import { deliverySchema, pageOf, replaySchema } from '../answer-schemas.js';
import { deliveryCursor, pageJson } from '../cursors.js';
import { deliveryJson } from '../representation.js';
import { API, bodyId, pageLimit } from './fields.js';
import { done } from './replies.js';
import { type Route, route } from './route.js';

const path = `${API}/admin/deliveries`;
const STATUSES = ['PENDING', 'DELIVERED', 'FAILED'] as const satisfies DeliveryStatus[];
/** More than anybody names by hand. */
const MOST_IDS = 1_000;

const deliveryId = bodyId.transform((id) => id as DeliveryId);

export const adminDeliveryRoutes = (shop: Shop): readonly Route[] => [
  route({
    method: 'GET',
    path,
    access: 'operator',
    name: 'listDeliveries',
    tag: 'Admin',
    summary: 'Messages to the data platform, newest first',
    query: z.object({
      status: z.enum(STATUSES).nullable().default(null),
      cursor: deliveryCursor.schema,
      limit: pageLimit,
    }),
    status: 200,
    answer: pageOf(deliverySchema),
    handle: async ({ query: { status, cursor, limit } }) => {
      const page = await shop.listDeliveries(status, cursor, limit);
      return ok({ body: pageJson(page, deliveryJson, deliveryCursor) });
    },
  }),

  route({
    method: 'POST',
    path: `${path}/replay`,
    access: 'operator',
    name: 'replayDeliveries',
    tag: 'Admin',
    summary: 'Send messages again: those that are named, else all that are FAILED',
    body: z.strictObject({ ids: z.array(deliveryId).max(MOST_IDS).optional() }),
    status: 202,
    answer: replaySchema,
    refusals: ['SERVICE_BUSY'],
    handle: async ({ body: { ids }, idempotency }) =>
      (await shop.replayDeliveries(ids ?? null, idempotency)).map(
        done(({ requeued }) => ({ requeued })),
      ),
  }),
];
