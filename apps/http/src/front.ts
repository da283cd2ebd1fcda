import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { type Exchange, isOver, send } from './edge/exchange.js';
import { Observation, type Observers, sinceStart } from './edge/observation.js';
import { requestIdOf } from './edge/request-id.js';
import type { Gate } from './edge/limits/gate.js';
import { problemOf } from './problems.js';
import { Shedding } from './edge/shedding.js';
import { Turns } from './edge/turns.js';
import type { Route } from './routes/route.js';

export interface FrontDeps extends Observers {
  readonly routes: readonly Route[];
  /** Whether the next request of a client has to go elsewhere, because the server is stopping. */
  readonly isLeaving: () => boolean;
  /** Whether a request is one of our own that nobody needs to hear of. */
  readonly isOurs: (requestId: string) => boolean;
  /** What refuses requests before anything is done for them; without it, everybody comes in. */
  readonly gate?: Gate;
}

/** What stands behind the front finds the exchange here. */
export interface ExchangeLocals {
  readonly exchange: Exchange;
}

/** Requests that begin in one turn of the event loop, which lasts about three milliseconds then. */
const BEGUN_PER_TURN = 32;

/**
 * What every request meets first, whatever serves it: it gets its id, a line in the log and a count, and while the shop is
 * too busy for it or there are too many of its kind, its refusal, which must cost next to nothing.
 */
export function frontOf(deps: FrontDeps, app: RequestListener): RequestListener {
  const { routes, logger, isLeaving, isOurs, gate } = deps;
  const shedding = new Shedding(routes, logger, deps.now ?? sinceStart);
  const answersAhead = aheadOf(routes);
  const turns = new Turns(BEGUN_PER_TURN);
  const observation = new Observation(deps);
  return (request: IncomingMessage, response: ServerResponse) => {
    const [path, query] = splitUrl(request.url ?? '');
    const exchange: Exchange = {
      request,
      response,
      since: performance.now(),
      requestId: requestIdOf(request.headers['x-request-id']),
      path,
      isLast: isLeaving,
      headers: [],
    };
    const isObserved = !isOurs(exchange.requestId);
    if (isObserved) observation.begin(exchange);
    const refusal = isObserved ? gate?.refusalOf(exchange, query) : undefined;
    if (refusal !== undefined) {
      const { requestId } = exchange;
      send(exchange, problemOf(refusal, { instance: path, requestId }), 'private');
      observation.answeredAhead(exchange);
      return;
    }
    if (answersAhead.get(path)?.(exchange, query) === true) {
      if (isObserved) observation.answeredAhead(exchange);
      return;
    }
    turns.enter(() => {
      if (shedding.refuses(exchange)) {
        if (isObserved) observation.refused(exchange);
        return;
      }
      if (isObserved) observation.serving(exchange);
      // Who has left while they waited for their turn asks for nothing any more.
      if (isOver(exchange)) return;
      Object.assign(response, { locals: { exchange } satisfies ExchangeLocals });
      const { trace } = exchange;
      if (trace === undefined) app(request, response);
      else trace.run(() => app(request, response));
    });
  };
}

/** What stands before the question mark, and what stands behind it. */
function splitUrl(url: string): readonly [path: string, query: string] {
  const mark = url.indexOf('?');
  return mark < 0 ? [url, ''] : [url.slice(0, mark), url.slice(mark + 1)];
}

type AnswerAhead = (exchange: Exchange, query: string) => boolean;

/** By path, what answers a GET or HEAD of it ahead of everything. Whatever is written in another way goes the usual way. */
function aheadOf(routes: readonly Route[]): ReadonlyMap<string, AnswerAhead> {
  const found = new Map<string, AnswerAhead>();
  for (const { path, ahead } of routes) {
    if (ahead === undefined) continue;
    found.set(path, (exchange, query) => {
      const { method } = exchange.request;
      if (method !== 'GET' && method !== 'HEAD') return false;
      if (!ahead(exchange, query)) return false;
      exchange.route = path;
      return true;
    });
  }
  return found;
}
