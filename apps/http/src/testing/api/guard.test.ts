import { describe, expect, it } from '@jest/globals';
import { type Exchanged, documentGuard } from './guard.js';

const ORDER = {
  id: 1001,
  status: 'PENDING',
  items: [{ productId: 101, name: '무선 마우스', unitPrice: 25_000, quantity: 1, amount: 25_000 }],
  couponId: null,
  subtotal: 25_000,
  discount: 0,
  total: 25_000,
  createdAt: '2024-01-17T00:30:00.000Z',
  expiresAt: '2024-01-17T00:45:00.000Z',
  paidAt: null,
  paymentId: null,
};

const HEADERS = {
  'Content-Type': 'application/json; charset=utf-8',
  'Cache-Control': 'no-store',
  'X-Request-Id': 'mine',
};

interface Told {
  readonly method?: string;
  readonly path?: string;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** An answer that is as the document says, but for what is given. */
const heard = ({ method = 'GET', path = '/api/v1/orders/1001', ...rest }: Told): Exchanged => ({
  method,
  path,
  status: rest.status ?? 200,
  headers: new Headers(rest.headers ?? HEADERS),
  text: 'body' in rest ? JSON.stringify(rest.body) : JSON.stringify(ORDER),
});

const problem = (code: string, status: number, members: object = {}) => ({
  type: `/docs/problems/${code}`,
  title: 'title',
  status,
  detail: 'detail',
  instance: '/api/v1/orders/1001',
  code,
  requestId: 'mine',
  ...members,
});
const PROBLEM = { ...HEADERS, 'Content-Type': 'application/problem+json' };

describe('The guard of the document lets pass', () => {
  it.each<readonly [string, Told]>([
    ['what the document tells of', {}],
    [
      'a problem of the route',
      {
        status: 404,
        headers: PROBLEM,
        body: problem('ORDER_NOT_FOUND', 404, { orderId: 1001 }),
      },
    ],
    ['a slash at the end of a path', { path: '/api/v1/orders/1001/' }],
    [
      'what is said where no route is',
      { path: '/nowhere', status: 404, headers: PROBLEM, body: problem('ROUTE_NOT_FOUND', 404) },
    ],
    [
      'what is said to a method that a path has not',
      {
        method: 'PUT',
        status: 405,
        headers: { ...PROBLEM, Allow: 'GET' },
        body: problem('METHOD_NOT_ALLOWED', 405),
      },
    ],
  ])('%s', (_name, told) => {
    expect(() => documentGuard().check(heard(told))).not.toThrow();
  });
});

describe('The guard of the document stops', () => {
  const { paymentId: _gone, ...lacking } = ORDER;
  const notFound = problem('ORDER_NOT_FOUND', 404, { orderId: 1001 });

  it.each<readonly [string, Told, RegExp]>([
    ['a status that is not told of', { status: 202 }, /status 202/],
    ['a field that is not told of', { body: { ...ORDER, secret: 1 } }, /secret/],
    ['a field that is missing', { body: lacking }, /paymentId/],
    ['a value of the wrong type', { body: { ...ORDER, total: '25000' } }, /total/],
    ['a word that is none of those listed', { body: { ...ORDER, status: 'LOST' } }, /status/],
    ['a time in another zone', { body: { ...ORDER, paidAt: 'yesterday' } }, /paidAt/],
    [
      'a header that is not told of',
      { headers: { ...HEADERS, 'X-Powered-By': 'us' } },
      /x-powered/,
    ],
    [
      'a header that is missing',
      { headers: { 'Content-Type': 'application/json' } },
      /x-request-id is missing/,
    ],
    [
      'another type of body',
      { headers: { ...HEADERS, 'Content-Type': 'text/html' } },
      /text\/html/,
    ],
    [
      'a problem of other routes',
      { status: 404, headers: PROBLEM, body: problem('COUPON_NOT_FOUND', 404, { couponId: 1 }) },
      /code/,
    ],
    [
      'a problem without its members',
      { status: 404, headers: PROBLEM, body: problem('ORDER_NOT_FOUND', 404) },
      /orderId/,
    ],
    [
      'a problem that says another status',
      { status: 404, headers: PROBLEM, body: { ...notFound, status: 400 } },
      /status/,
    ],
    [
      'a refusal that does not say when to try again',
      { status: 503, headers: PROBLEM, body: problem('DEPENDENCY_UNAVAILABLE', 503) },
      /retry-after is missing/,
    ],
    ['an answer where no route is', { path: '/nowhere' }, /status 200/],
    ['an answer to a method that a path has not', { method: 'DELETE' }, /status 200/],
  ])('%s', (_name, told, words) => {
    expect(() => documentGuard().check(heard(told))).toThrow(words);
  });

  it.each<readonly [string, string, unknown]>([
    ['an event that is not told of', 'news', {}],
    ['an event without a field', 'trend', { productId: 1, name: '모니터', rank: 1, message: '' }],
  ])('%s', (_name, event, data) => {
    const path = '/api/v1/products/popular/events';
    expect(() => documentGuard().checkEvent(path, event, data)).toThrow(/document/);
  });
});
