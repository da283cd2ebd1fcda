import { ok } from '@jumun/domain';
import { z } from 'zod';
import type { PopularAnswers } from '../popular/popular-answers.js';
import type { PopularEvents } from '../popular/popular-events.js';
import { popularQuery } from '../popular/popular-query.js';
import { popularEvents, popularSchema } from '../answer-schemas.js';
import { API } from './fields.js';
import { type Route, route } from './route.js';

/** The popular products are read more than anything else: what is prepared is sent ahead of the router. */
export const popularRoutes = (answers: PopularAnswers, events: PopularEvents): readonly Route[] => [
  route({
    method: 'GET',
    path: `${API}/products/popular`,
    access: 'public',
    name: 'readPopular',
    tag: 'Popular',
    summary: 'The products sold most in the last days, and how they moved since the last count',
    query: popularQuery,
    status: 200,
    answer: popularSchema,
    answerHeaders: ['Cache-Control', 'ETag', 'Vary', 'Content-Encoding'],
    ahead: (exchange, query) => answers.answer(exchange, query),
    handle: async ({ query }) => {
      const answer = await answers.prepare(query);
      return ok({ takeOver: (exchange) => answer.send(exchange) });
    },
  }),

  route({
    method: 'GET',
    path: `${API}/products/popular/events`,
    access: 'public',
    name: 'followPopular',
    tag: 'Popular',
    summary: 'Tells when the popular products change, as server-sent events',
    query: popularQuery,
    status: 200,
    answer: z.string(),
    answerType: 'text/event-stream',
    events: popularEvents,
    refusals: ['SERVICE_BUSY'],
    isBusy: () => events.isFull,
    handle: async ({ query }) => ok({ takeOver: await events.open(query) }),
  }),
];
