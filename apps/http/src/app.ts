import express from 'express';
import helmet from 'helmet';
import { logAccess } from './edge/access-log.js';
import type { Exchange } from './edge/exchange.js';
import { requestIdOf } from './edge/request-id.js';
import { type RouterDeps, routerOf } from './router.js';
import type { Route } from './routes/route.js';

export interface AppDeps extends RouterDeps {
  readonly routes: readonly Route[];
  /** Whether the server is stopping. */
  readonly isClosing: () => boolean;
}

/** JSON is neither a page nor a part of one: nothing may be loaded by it, nobody may frame it or guess what it is. */
const securityHeaders = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
  },
  xFrameOptions: { action: 'deny' },
  // Express is told not to say it.
  xPoweredBy: false,
  // These govern pages only.
  crossOriginOpenerPolicy: false,
  originAgentCluster: false,
  xDnsPrefetchControl: false,
  xDownloadOptions: false,
  xPermittedCrossDomainPolicies: false,
  xXssProtection: false,
});

/** The Express application over a table of routes. */
export function appOf({ routes, isClosing, ...deps }: AppDeps): express.Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.disable('query parser');
  app.enable('case sensitive routing');

  app.use((request, response, next) => {
    const exchange: Exchange = {
      request,
      response,
      requestId: requestIdOf(request.headers['x-request-id']),
      path: request.path,
      isLast: isClosing,
    };
    response.locals['exchange'] = exchange;
    response.setHeader('X-Request-Id', exchange.requestId);
    logAccess(exchange, deps.logger);
    next();
  });
  app.use(securityHeaders);
  app.use(routerOf(routes, deps));
  return app;
}
