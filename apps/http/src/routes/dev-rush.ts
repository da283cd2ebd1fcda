import { instant, ok } from '@jumun/domain';
import { z } from 'zod';
import { rushSchema } from '../answer-schemas.js';
import { timeJson } from '../representation.js';
import type { Rush, RushReport } from '../rush/rush.js';
import { RUSH_LIMITS, USUAL_RUSH } from '../rush/rush-plan.js';
import { API, emptyBody } from './fields.js';
import { type Route, route } from './route.js';

const path = `${API}/dev/rush`;

const upTo = (most: number, usual: number) => z.int().min(1).max(most).default(usual);

const size = z.strictObject({
  customers: upTo(RUSH_LIMITS.customers, USUAL_RUSH.customers),
  products: upTo(RUSH_LIMITS.products, USUAL_RUSH.products),
  /** At most 100 customers come in a second: many take longer than they were asked to. */
  seconds: upTo(RUSH_LIMITS.seconds, USUAL_RUSH.seconds),
});

const timeOrNull = (at: number | null) => (at === null ? null : timeJson(instant(at)));

const rushJson = ({ startedAt, finishedAt, ...report }: RushReport) => ({
  ...report,
  startedAt: timeOrNull(startedAt),
  finishedAt: timeOrNull(finishedAt),
});

/** A flash sale to look at. Only the embedded profile has it, beside its tokens. */
export const devRushRoutes = (rush: Rush): readonly Route[] => [
  route({
    method: 'POST',
    path,
    access: 'public',
    name: 'startDevRush',
    tag: 'Development',
    summary: 'Play a flash sale of made-up customers against this shop; development only',
    description:
      'They come over HTTP as anybody does: an operator restocks the first products of the catalogue and opens a coupon campaign, then customers charge, order, pay and change their minds. There is one at a time: while one is under way, this tells of that one.',
    body: size,
    status: 202,
    answer: rushSchema,
    refusals: ['ROUTE_NOT_FOUND'],
    handle: ({ body }) => ok({ body: rushJson(rush.start(body)) }),
  }),

  route({
    method: 'GET',
    path,
    access: 'public',
    name: 'readDevRush',
    tag: 'Development',
    summary: 'How far the latest flash sale has come; development only',
    status: 200,
    answer: rushSchema,
    refusals: ['ROUTE_NOT_FOUND'],
    handle: () => ok({ body: rushJson(rush.report()) }),
  }),

  route({
    method: 'POST',
    path: `${path}/stop`,
    access: 'public',
    name: 'stopDevRush',
    tag: 'Development',
    summary: 'End the flash sale; its customers finish what they have asked for; development only',
    body: emptyBody,
    status: 200,
    answer: rushSchema,
    refusals: ['ROUTE_NOT_FOUND'],
    handle: async () => {
      await rush.stop();
      return ok({ body: rushJson(rush.report()) });
    },
  }),
];
