import type { RefusalCode } from '../problems.js';
import type { Route } from '../routes/route.js';
import { isUnlimited } from '../edge/limits/gate.js';
import { API } from '../routes/fields.js';

/** Whether it heeds an `Idempotency-Key`. */
export const heedsKey = ({ method, access }: Pick<Route, 'method' | 'access'>): boolean =>
  method === 'POST' && access !== 'public';

/** Everything that the route may refuse a request with, by what it is declared to be and what its handler refuses. */
export function refusalsOf(route: Route): readonly RefusalCode[] {
  const { access, method, body, isBusy, path } = route;
  const codes = new Set<RefusalCode>();
  const add = (applies: boolean, ...more: readonly RefusalCode[]): void => {
    if (applies) for (const code of more) codes.add(code);
  };
  const isOfTheShop = path.startsWith(API);
  const changes = method !== 'GET' && access !== 'public';
  // A query can have too many parameters wherever it goes.
  add(true, 'VALIDATION_FAILED');
  add(body !== null, 'MALFORMED_JSON', 'MALFORMED_REQUEST');
  add(access !== 'public', 'UNAUTHENTICATED');
  add(access === 'operator', 'FORBIDDEN');
  for (const code of route.refusals) codes.add(code);
  add(body !== null, 'PAYLOAD_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE');
  add(heedsKey(route), 'IDEMPOTENCY_KEY_REUSED');
  add(!isUnlimited(path), 'RATE_LIMITED');
  add(true, 'INTERNAL_ERROR');
  add(isBusy !== undefined, 'SERVICE_BUSY');
  add(isOfTheShop, 'DEPENDENCY_UNAVAILABLE');
  add(changes, 'OUTCOME_UNKNOWN');
  return [...codes];
}

/** What a request may be refused with before any route is found for it. */
export const REFUSALS_ANYWHERE: readonly RefusalCode[] = [
  'VALIDATION_FAILED',
  'MALFORMED_REQUEST',
  'ROUTE_NOT_FOUND',
  'METHOD_NOT_ALLOWED',
  'REQUEST_TIMEOUT',
  'HEADERS_TOO_LARGE',
  'URI_TOO_LONG',
  'RATE_LIMITED',
  'INTERNAL_ERROR',
];
