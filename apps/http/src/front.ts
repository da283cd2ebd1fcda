import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import { logAccess } from './edge/access-log.js';
import type { Exchange } from './edge/exchange.js';
import { requestIdOf } from './edge/request-id.js';
import { Shedding } from './edge/shedding.js';
import type { Route } from './routes/route.js';

export interface FrontDeps {
  readonly routes: readonly Route[];
  readonly logger: Logger;
  /** Whether the server is stopping. */
  readonly isClosing: () => boolean;
  /** Whether a request is one of our own that nobody needs to hear of. */
  readonly isOurs: (requestId: string) => boolean;
}

/** What stands behind the front finds the exchange here. */
export interface ExchangeLocals {
  readonly exchange: Exchange;
}

/**
 * What every request meets first, whatever serves it: it gets its id and a line in the log, and while the shop is too busy
 * for it, its refusal, which must cost next to nothing.
 */
export function frontOf(deps: FrontDeps, app: RequestListener): RequestListener {
  const { routes, logger, isClosing, isOurs } = deps;
  const shedding = new Shedding(routes, logger);
  return (request: IncomingMessage, response: ServerResponse) => {
    const exchange: Exchange = {
      request,
      response,
      requestId: requestIdOf(request.headers['x-request-id']),
      path: pathOf(request.url ?? ''),
      isLast: isClosing,
    };
    if (shedding.refuses(exchange)) return;
    if (!isOurs(exchange.requestId)) logAccess(exchange, logger);
    Object.assign(response, { locals: { exchange } satisfies ExchangeLocals });
    app(request, response);
  };
}

function pathOf(url: string): string {
  const query = url.indexOf('?');
  return query < 0 ? url : url.slice(0, query);
}
