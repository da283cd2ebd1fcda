import { err, ok } from '@jumun/domain';
import { type Route, route } from './route.js';

/** Names what this process needs and cannot have now; empty when it is ready. */
export type FindDown = () => Promise<readonly string[]>;

export const healthRoutes = (findDown: FindDown): readonly Route[] => [
  route({
    method: 'GET',
    path: '/livez',
    access: 'public',
    summary: 'Is the process alive?',
    status: 200,
    handle: () => ok({ body: { status: 'alive' } }),
  }),

  route({
    method: 'GET',
    path: '/readyz',
    access: 'public',
    summary: 'Can it serve requests?',
    status: 200,
    handle: async () => {
      const down = await findDown();
      return down.length === 0
        ? ok({ body: { status: 'ready' } })
        : err({ code: 'NOT_READY', down });
    },
  }),
];
