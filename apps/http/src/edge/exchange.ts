import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Problem } from '../problems.js';
import type { Reply } from '../routes/route.js';
import { SECURITY_HEADERS } from './security-headers.js';

/** One request and its answer, with what the log will say of them. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly requestId: string;
  /** What was asked for, without the query. */
  readonly path: string;
  /** Whether the server is stopping, so that the client must take its next request elsewhere. */
  readonly isLast: () => boolean;
  /** The path's pattern, once a route is found. */
  route?: string;
  userId?: number;
}

const JSON_TYPE = 'application/json; charset=utf-8';

/** A page may be kept by whoever is public; what is a customer's own, or went wrong, by nobody. */
export type Keeping = 'public' | 'private';

/**
 * Sends an answer; a `null` body is none. Node leaves the body out where the request was a HEAD. All headers are written at
 * once, which costs Node a third of setting one after the other.
 */
export function send(
  { response, requestId, isLast }: Exchange,
  { status, body, headers }: (Reply & { readonly status: number }) | Problem,
  keeping: Keeping,
): void {
  // The client went away, or the fault came when the answer was on its way: there is nothing to be said any more.
  if (response.headersSent || response.destroyed) return;
  const lines = [...SECURITY_HEADERS, 'X-Request-Id', requestId];
  if (isLast()) lines.push('Connection', 'close');
  if (keeping === 'private') lines.push('Cache-Control', 'no-store');
  for (const [name, value] of Object.entries(headers ?? {})) lines.push(name, value);
  if (body === null) {
    response.writeHead(status, lines).end();
    return;
  }
  if (headers?.['Content-Type'] === undefined) lines.push('Content-Type', JSON_TYPE);
  // As a text, it goes out in one piece with the headers.
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  lines.push('Content-Length', String(Buffer.byteLength(text)));
  response.writeHead(status, lines).end(text);
}
