import type { RequestListener } from 'node:http';
import type { Request, Response } from 'express';
import { type RouterDeps, routerOf } from './router.js';
import type { Route } from './routes/route.js';

/**
 * Serves a table of routes by Express's router; the front stands before it. The router answers everything itself, so there
 * is no application around it: an application gives every request and response another prototype, which takes longer than
 * finding the route, and here nothing uses what they gain by it.
 */
export function appOf(routes: readonly Route[], deps: RouterDeps): RequestListener {
  const router = routerOf(routes, deps);
  return (request, response) => {
    // Whatever comes out of the router unanswered is a fault of the one that answers faults.
    router(request as Request, response as Response, () => response.destroy());
  };
}
