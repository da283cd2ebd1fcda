import type { UserId } from '@jumun/domain';
import express, { type ErrorRequestHandler, type RequestHandler } from 'express';
import type { Logger } from 'pino';
import type { Authentication } from './edge/authentication.js';
import { serve } from './edge/endpoint.js';
import { type Exchange, send } from './edge/exchange.js';
import { invalid } from './edge/validation.js';
import type { ExchangeLocals } from './front.js';
import { problemOf, type Refusal, refusalOf } from './problems.js';
import type { Route } from './routes/route.js';

export interface RouterDeps {
  readonly authentication: Authentication;
  readonly logger: Logger;
  /** Counts a customer's request; the refusal when there were too many. */
  readonly refusalOfCustomer?: (
    exchange: Exchange,
    route: Route,
    userId: UserId,
  ) => Refusal | undefined;
}

const exchangeOf = (locals: object): Exchange => (locals as ExchangeLocals).exchange;

/**
 * Mounts a table of routes. For each path it knows the methods: others get 405, OPTIONS the list of them, HEAD what GET
 * would get. A path that is not in the table gets ROUTE_NOT_FOUND.
 */
export function routerOf(routes: readonly Route[], deps: RouterDeps): express.Router {
  const router = express.Router({ caseSensitive: true });
  for (const [path, methods] of byPath(routes)) {
    // Express would take `//` for it.
    router.all(path === '/' ? /^\/$/ : path, dispatch(path, methods, deps));
  }
  router.use((_request, response) => {
    refuse(exchangeOf(response.locals), { code: 'ROUTE_NOT_FOUND' });
  });
  router.use(recover(deps.logger));
  return router;
}

type OfPath = readonly [path: string, routes: readonly Route[]];

/**
 * Fixed paths stand before those with parameters, so that `/products/popular` is never the product `popular`. A request is
 * compared with one after the other: those of pages stand behind everything that programs ask for.
 */
const byPath = (routes: readonly Route[]): readonly OfPath[] =>
  [...Map.groupBy(routes, ({ path }) => path)].toSorted((a, b) => standing(a) - standing(b));

const standing = ([path, [route]]: OfPath): number =>
  Number(path.includes('/:')) + (route?.tag === 'Pages' ? 2 : 0);

function dispatch(path: string, routes: readonly Route[], deps: RouterDeps): RequestHandler {
  const byMethod = new Map<string, Route>(routes.map((route) => [route.method, route]));
  const get = byMethod.get('GET');
  if (get !== undefined) byMethod.set('HEAD', get);
  const allow = [...byMethod.keys(), 'OPTIONS'].join(', ');

  return async (request, response) => {
    const exchange = exchangeOf(response.locals);
    exchange.route = path;
    const route = byMethod.get(request.method);
    if (route !== undefined) return answer(route, request.params, exchange, deps);
    if (request.method !== 'OPTIONS')
      return refuse(exchange, { code: 'METHOD_NOT_ALLOWED', allow });
    send(exchange, { status: 204, body: null, headers: { Allow: allow } }, 'public');
  };
}

/** Serves a route whose path and method were found. */
export async function answer(
  route: Route,
  params: Readonly<Record<string, unknown>>,
  exchange: Exchange,
  { authentication, logger, refusalOfCustomer }: RouterDeps,
): Promise<void> {
  const { request, requestId } = exchange;
  const url = request.url ?? '';
  const query = url.indexOf('?');
  const search = new URLSearchParams(query < 0 ? '' : url.slice(query));
  try {
    const incoming = { request, params, search, requestId };
    const reply = await serve(route, incoming, authentication, ({ userId }) => {
      exchange.userId = userId;
      return refusalOfCustomer?.(exchange, route, userId);
    });
    if (reply.isErr()) return refuse(exchange, reply.error);
    if ('takeOver' in reply.value) return reply.value.takeOver(exchange);
    const keeping = route.access === 'public' && route.method === 'GET' ? 'public' : 'private';
    send(exchange, { status: route.status, ...reply.value }, keeping);
  } catch (fault) {
    fail(exchange, fault, logger);
  }
}

function refuse(exchange: Exchange, refusal: Refusal): void {
  const { path: instance, requestId } = exchange;
  send(exchange, problemOf(refusal, { instance, requestId }), 'private');
}

/** A fault is logged whole and told as little as possible. */
function fail(exchange: Exchange, fault: unknown, logger: Logger): void {
  const { requestId, route } = exchange;
  logger.error({ err: fault, requestId, route }, 'request failed');
  refuse(exchange, refusalOf(fault));
}

/** The router itself fails on a path that cannot be decoded; anything else here is unforeseen. */
function recover(logger: Logger): ErrorRequestHandler {
  return (fault: unknown, _request, response, _next) => {
    const exchange = exchangeOf(response.locals);
    if (!(fault instanceof URIError)) return fail(exchange, fault, logger);
    refuse(exchange, invalid({ path: 'path', message: 'must be percent-encoded UTF-8' }));
  };
}
