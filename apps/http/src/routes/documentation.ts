import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { err } from '@jumun/domain';
import { z } from 'zod';
import { PreparedAnswer } from '../edge/prepared-answer.js';
import { PAGE_SECURITY_HEADERS } from '../edge/security-headers.js';
import { documentOf } from '../openapi/document.js';
import { sent } from './replies.js';
import { type Route, route } from './route.js';

const DOCS = '/docs';
const ASSETS = `${DOCS}/assets`;

/** Read again now and then; what has not changed is not sent again. */
const KEEPING = 'public, max-age=600';
const HEADERS = ['Cache-Control', 'ETag', 'Vary', 'Content-Encoding'] as const;

/** The same from src and from dist: both lie at apps/http/X/routes. */
const OURS = new URL('../../assets/', import.meta.url);
const require = createRequire(import.meta.url);

/** Everything that the page loads: Swagger UI, and what is ours around it. */
const FILES: Readonly<Record<string, { readonly type: string; readonly at: () => string | URL }>> =
  {
    'swagger-ui.css': {
      type: 'text/css',
      at: () => require.resolve('swagger-ui-dist/swagger-ui.css'),
    },
    'swagger-ui-bundle.js': {
      type: 'text/javascript',
      at: () => require.resolve('swagger-ui-dist/swagger-ui-bundle.js'),
    },
    'docs.css': { type: 'text/css', at: () => new URL('docs.css', OURS) },
    'docs.js': { type: 'text/javascript', at: () => new URL('docs.js', OURS) },
  };

/** Makes something when it is needed first, and keeps it. */
function once<Made>(make: () => Made): () => Made {
  let made: Made | undefined;
  return () => (made ??= make());
}

const prepared = (at: string | URL, type: string): PreparedAnswer =>
  new PreparedAnswer(
    readFileSync(at, 'utf8'),
    { 'Content-Type': `${type}; charset=utf-8`, 'Cache-Control': KEEPING },
    PAGE_SECURITY_HEADERS,
  );

/** The document of all routes, and a page to read it and try it. Nothing of the page comes from elsewhere. */
export function documentationRoutes(routes: () => readonly Route[]): readonly Route[] {
  const document = once(
    () =>
      new PreparedAnswer(JSON.stringify(documentOf(routes())), {
        'Content-Type': 'application/json; charset=utf-8',
        'Cache-Control': KEEPING,
      }),
  );
  const page = once(() => prepared(new URL('docs.html', OURS), 'text/html'));
  const files = new Map(
    Object.entries(FILES).map(([name, { at, type }]) => [name, once(() => prepared(at(), type))]),
  );
  return [
    route({
      method: 'GET',
      path: '/openapi.json',
      access: 'public',
      name: 'readDocument',
      tag: 'Service',
      summary: 'This document',
      status: 200,
      answer: z.looseObject({ openapi: z.string() }),
      answerHeaders: HEADERS,
      handle: () => sent(document()),
    }),

    route({
      method: 'GET',
      path: DOCS,
      access: 'public',
      name: 'readDocs',
      tag: 'Service',
      summary: 'A page to read this document and try it',
      status: 200,
      answer: z.string(),
      answerType: 'text/html',
      answerHeaders: HEADERS,
      handle: () => sent(page()),
    }),

    route({
      method: 'GET',
      path: `${ASSETS}/:file`,
      access: 'public',
      name: 'readDocsAsset',
      tag: 'Service',
      summary: 'What that page loads',
      params: z.object({ file: z.string() }),
      status: 200,
      answer: z.string(),
      answerType: 'text/*',
      answerHeaders: HEADERS,
      refusals: ['ROUTE_NOT_FOUND'],
      handle: async ({ params: { file } }) => {
        const found = files.get(file);
        return found === undefined ? err({ code: 'ROUTE_NOT_FOUND' as const }) : sent(found());
      },
    }),
  ];
}
