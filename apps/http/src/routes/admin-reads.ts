import type { Shop } from '@jumun/application';
import { ok, userId } from '@jumun/domain';
import { z } from 'zod';
import { booksJson, operatorOrderJson } from '../admin-representation.js';
import { booksSchema, operatorOrderSchema } from '../admin-schemas.js';
import { orderStatusSchema, pageOf } from '../answer-schemas.js';
import { orderPlaceCursor, pageJson } from '../cursors.js';
import { overviewJson } from '../overview/overview-json.js';
import { overviewSchema } from '../overview/overview-schema.js';
import type { Overview } from '../overview/overview.js';
import { API, pageLimit, queryId } from './fields.js';
import { type Route, route } from './route.js';

const path = `${API}/admin`;

/** What an operator looks at and changes nothing by. */
export const adminReadRoutes = (shop: Shop, overview: Overview): readonly Route[] => [
  route({
    method: 'GET',
    path: `${path}/orders`,
    access: 'operator',
    name: 'searchOrders',
    tag: 'Admin',
    summary: "Everybody's orders, newest first",
    description:
      'Those of one `status` come with the last to expire first. An order past its time that nobody has tidied up yet is ' +
      'not in the list of PENDING ones; within a second it is EXPIRED.',
    query: z.object({
      status: orderStatusSchema.nullable().default(null),
      userId: queryId,
      cursor: orderPlaceCursor.schema,
      limit: pageLimit,
    }),
    status: 200,
    answer: pageOf(operatorOrderSchema),
    handle: async ({ query: { status, userId: owner, cursor, limit } }) => {
      const search = { status, userId: owner === null ? null : userId(owner) };
      const page = await shop.searchOrders(search, cursor, limit);
      return ok({ body: pageJson(page, operatorOrderJson, orderPlaceCursor) });
    },
  }),

  route({
    method: 'GET',
    path: `${path}/books`,
    access: 'operator',
    name: 'readBooks',
    tag: 'Admin',
    summary: 'Everything added up, and whether it agrees',
    description:
      'All figures are of one moment, `countedAt`. Whoever asks within 5 seconds gets the same answer again; where there ' +
      'is so much that adding it up takes long, for twenty times as long.',
    status: 200,
    answer: booksSchema,
    handle: async () => ok({ body: booksJson(await shop.readBooks()) }),
  }),

  route({
    method: 'GET',
    path: `${path}/overview`,
    access: 'operator',
    name: 'readOverview',
    tag: 'Admin',
    summary: 'How the process that answers does',
    description:
      'What `/metrics` tells on the management port, for pages: counts since the start of the process, which only grow. ' +
      'Ask twice, and see what happened between. `deliveries.waiting` is of all processes.',
    status: 200,
    answer: overviewSchema,
    handle: async () => ok({ body: overviewJson(await overview.read()) }),
  }),
];
