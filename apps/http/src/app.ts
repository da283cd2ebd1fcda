import type { RequestListener, ServerResponse } from 'node:http';
import type { Request, Response } from 'express';
import { DirectRoutes } from './direct-routes.js';
import type { ExchangeLocals } from './front.js';
import { answer, type RouterDeps, routerOf } from './router.js';
import type { Route } from './routes/route.js';

/**
 * Serves a table of routes; the front stands before it. What a crowd asks for is found by {@link DirectRoutes}, everything
 * else by Express's router. That answers everything itself, so there is no application around it: an application gives
 * every request and response another prototype, which takes longer than finding the route, and here nothing uses what they
 * gain by it.
 */
export function appOf(routes: readonly Route[], deps: RouterDeps): RequestListener {
  const router = routerOf(routes, deps);
  const direct = new DirectRoutes(routes);
  return (request, response) => {
    // Whatever comes out unanswered is a fault of the one that answers faults.
    const giveUp = (): void => void response.destroy();
    const { exchange } = localsOf(response);
    const found = direct.find(request.method, exchange.path);
    if (found === undefined) {
      router(request as Request, response as Response, giveUp);
      return;
    }
    exchange.route = found.route.path;
    answer(found.route, found.params, exchange, deps).catch(giveUp);
  };
}

const localsOf = (response: ServerResponse): ExchangeLocals =>
  (response as unknown as { readonly locals: ExchangeLocals }).locals;
