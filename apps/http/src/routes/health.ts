import { err, ok } from '@jumun/domain';
import { aliveSchema, readySchema } from '../answer-schemas.js';
import { type Route, route } from './route.js';

/** Names what this process needs and cannot have now; empty when it is ready. */
export type FindDown = () => Promise<readonly string[]>;

export const healthRoutes = (findDown: FindDown): readonly Route[] => [
  route({
    method: 'GET',
    path: '/livez',
    access: 'public',
    name: 'isAlive',
    tag: 'Service',
    summary: 'Is the process alive?',
    status: 200,
    answer: aliveSchema,
    handle: () => ok({ body: { status: 'alive' as const } }),
  }),

  route({
    method: 'GET',
    path: '/readyz',
    access: 'public',
    name: 'isReady',
    tag: 'Service',
    summary: 'Can it serve requests?',
    status: 200,
    answer: readySchema,
    refusals: ['NOT_READY'],
    handle: async () => {
      const down = await findDown();
      return down.length === 0
        ? ok({ body: { status: 'ready' as const } })
        : err({ code: 'NOT_READY', down });
    },
  }),
];
