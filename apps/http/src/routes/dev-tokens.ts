import { ok } from '@jumun/domain';
import { z } from 'zod';
import { tokenSchema } from '../answer-schemas.js';
import type { Authentication } from '../edge/authentication.js';
import { API, bodyId } from './fields.js';
import { type Route, route } from './route.js';

const GOOD_FOR_SECONDS = 30 * 86_400;

/** Gives anybody a token for anyone. Only the embedded profile has it, and only while no real issuer is configured. */
export const devTokenRoutes = (authentication: Authentication): readonly Route[] => [
  route({
    method: 'POST',
    path: `${API}/dev/tokens`,
    access: 'public',
    name: 'issueDevToken',
    tag: 'Development',
    summary: 'A token to try things with; development only',
    body: z.strictObject({
      userId: bodyId,
      roles: z.array(z.string().min(1).max(50)).max(10).default([]),
    }),
    status: 201,
    answer: tokenSchema,
    // Where real tokens are needed, there is nothing here.
    refusals: ['ROUTE_NOT_FOUND'],
    handle: async ({ body: { userId, roles } }) =>
      ok({ body: { token: await authentication.issue(userId, roles, GOOD_FOR_SECONDS) } }),
  }),
];
