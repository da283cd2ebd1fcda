import { readFileSync } from 'node:fs';
import { err, ok } from '@jumun/domain';
import { z } from 'zod';
import { problemPath, PROBLEMS } from '../problems.js';
import { type Route, route } from './route.js';

/** The same from src and from dist: both lie at apps/http/X/routes. */
const FOLDER = new URL('../../../../docs/problems/', import.meta.url);

/** The pages that the `type` of every problem points to. They are read once; a page that is missing stops the start. */
export function problemPageRoutes(): readonly Route[] {
  const pages = new Map(
    PROBLEMS.map(({ code }) => [code, readFileSync(new URL(`${code}.md`, FOLDER), 'utf8')]),
  );
  return [
    route({
      method: 'GET',
      path: problemPath(':code'),
      access: 'public',
      name: 'readProblemPage',
      tag: 'Service',
      summary: 'What a problem means, and what to do about it',
      params: z.object({ code: z.string() }),
      status: 200,
      answer: z.string(),
      answerType: 'text/markdown',
      refusals: ['ROUTE_NOT_FOUND'],
      handle: ({ params: { code } }) => {
        const page = pages.get(code);
        if (page === undefined) return err({ code: 'ROUTE_NOT_FOUND' });
        return ok({ body: page, headers: { 'Content-Type': 'text/markdown; charset=utf-8' } });
      },
    }),
  ];
}
