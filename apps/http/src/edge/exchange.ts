import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Problem } from '../problems.js';
import type { Reply } from '../routes/route.js';

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

/** A page may be kept by whoever is public; what is a customer's own, or went wrong, by nobody. */
export type Keeping = 'public' | 'private';

/** Sends an answer; a `null` body is none. Node leaves the body out where the request was a HEAD. */
export function send(
  { response, isLast }: Exchange,
  { status, body, headers }: (Reply & { readonly status: number }) | Problem,
  keeping: Keeping,
): void {
  // The client went away, or the fault came when the answer was on its way: there is nothing to be said any more.
  if (response.headersSent || response.destroyed) return;
  response.statusCode = status;
  if (isLast()) response.setHeader('Connection', 'close');
  if (keeping === 'private') response.setHeader('Cache-Control', 'no-store');
  if (body !== null) response.setHeader('Content-Type', 'application/json; charset=utf-8');
  for (const [name, value] of Object.entries(headers ?? {})) response.setHeader(name, value);
  if (body === null) {
    response.end();
    return;
  }
  const bytes = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  response.setHeader('Content-Length', bytes.length);
  response.end(bytes);
}
