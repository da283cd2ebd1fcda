import type { IncomingMessage } from 'node:http';

/** How long a browser need not ask again whether it may. */
const PREFLIGHT_SECONDS = 600;

const ASKED = [
  'Access-Control-Allow-Methods',
  'GET, HEAD, POST, PATCH',
  'Access-Control-Allow-Headers',
  'Authorization, Content-Type, Idempotency-Key, If-None-Match, Last-Event-ID, X-Request-Id',
  'Access-Control-Max-Age',
  String(PREFLIGHT_SECONDS),
];
/** What scripts may read of an answer, beside what they always may. */
const EXPOSED = [
  'Access-Control-Expose-Headers',
  'ETag, Idempotency-Replayed, Location, RateLimit, RateLimit-Policy, Retry-After, X-Request-Id',
];
/** What is said to one origin must not be kept for another one. */
const VARY = ['Vary', 'Origin'];

/**
 * Headers that let the pages of these origins, and of no others, use the API from a browser. Whoever is a customer is told by
 * a token that the page itself sends: no cookies, so no credentials.
 */
export class Cors {
  private readonly answers: ReadonlyMap<string, readonly string[]>;
  private readonly preflights: ReadonlyMap<string, readonly string[]>;

  constructor(origins: readonly string[]) {
    const allow = (origin: string): string[] => [...VARY, 'Access-Control-Allow-Origin', origin];
    this.answers = new Map(origins.map((origin) => [origin, [...allow(origin), ...EXPOSED]]));
    this.preflights = new Map(origins.map((origin) => [origin, [...allow(origin), ...ASKED]]));
  }

  /** Names and values in turn, for the answer to this request. */
  headersFor({ method, headers }: IncomingMessage): readonly string[] {
    if (this.answers.size === 0) return [];
    const { origin } = headers;
    if (origin === undefined) return VARY;
    const isPreflight =
      method === 'OPTIONS' && headers['access-control-request-method'] !== undefined;
    return (isPreflight ? this.preflights : this.answers).get(origin) ?? VARY;
  }
}
