import type { Logger } from 'pino';
import { problemOf } from '../problems.js';
import type { Route } from '../routes/route.js';
import { type Exchange, send } from './exchange.js';

/** How often the log is told of requests that are refused: a line for each would cost more than the refusal. */
const TOLD_EVERY_MS = 1_000;

/** A route that may be too busy, as a request is compared with it. */
interface Sheddable {
  readonly method: string;
  readonly path: string;
  readonly pattern: RegExp;
  readonly isBusy: () => boolean;
}

/**
 * Refuses requests that would be refused anyway because too many wait, before anything else is done for them: under three
 * times the load that can be served, two thirds of all requests end here.
 */
export class Shedding {
  private readonly sheddable: readonly Sheddable[];
  private refused = 0;
  private toldAt = Number.NEGATIVE_INFINITY;

  constructor(
    routes: readonly Route[],
    private readonly logger: Logger,
    private readonly now: () => number,
  ) {
    this.sheddable = routes.flatMap(({ method, path, isBusy }) =>
      isBusy === undefined ? [] : { method, path, pattern: patternOf(path), isBusy },
    );
  }

  /** Whether the request was refused, and so is answered. */
  refuses(exchange: Exchange): boolean {
    const { request, path, requestId } = exchange;
    const shed = this.sheddable.find(
      ({ method, pattern, isBusy }) => isBusy() && method === request.method && pattern.test(path),
    );
    if (shed === undefined) return false;
    exchange.route = shed.path;
    send(exchange, problemOf({ code: 'SERVICE_BUSY' }, { instance: path, requestId }), 'private');
    this.tell();
    return true;
  }

  private tell(): void {
    this.refused += 1;
    const now = this.now();
    if (now - this.toldAt < TOLD_EVERY_MS) return;
    this.logger.warn({ refused: this.refused }, 'too busy: requests are refused');
    this.refused = 0;
    this.toldAt = now;
  }
}

/** Matches what the router would match: parameters are one segment each, a slash at the end says nothing. */
const patternOf = (path: string): RegExp => new RegExp(`^${path.replaceAll(/:\w+/g, '[^/]+')}/?$`);
