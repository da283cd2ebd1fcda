import express from 'express';
import { type RouterDeps, routerOf } from './router.js';
import type { Route } from './routes/route.js';

/** The Express application over a table of routes; the front stands before it. */
export function appOf(routes: readonly Route[], deps: RouterDeps): express.Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.disable('query parser');
  app.enable('case sensitive routing');
  app.use(routerOf(routes, deps));
  return app;
}
