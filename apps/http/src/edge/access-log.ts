import type { Logger } from 'pino';
import type { Exchange } from './exchange.js';

/** Calls `listen` when the answer is sent or the client is gone, with the milliseconds that it took. */
export function whenOver(
  { response, since }: Exchange,
  listen: (durationMs: number) => void,
): void {
  const end = (): void => listen(performance.now() - since);
  if (response.destroyed) end();
  else response.once('close', end);
}

/** One line for a request that is over. Never a body, a header or a query. `more` stands beside the rest. */
export function tell(
  exchange: Exchange,
  logger: Logger,
  durationMs: number,
  more: object = {},
): void {
  const { request, response, requestId, route, userId, trace } = exchange;
  logger.info(
    {
      requestId,
      method: request.method,
      route: route ?? null,
      status: response.statusCode,
      durationMs: Math.round(durationMs * 100) / 100,
      ...(userId === undefined ? {} : { userId }),
      ...(trace === undefined ? {} : { traceId: trace.id }),
      ...(response.writableFinished ? {} : { aborted: true }),
      ...more,
    },
    'request',
  );
}

const SECOND_MS = 1_000;

/**
 * Of requests that are so many, and so much alike, that a line for each would cost more than its answer: so many have a line
 * in the log each second, and no more. Those without one are counted in the next one.
 */
export class LogSample {
  private secondEndsAt = Number.NEGATIVE_INFINITY;
  private told = 0;
  private untold = 0;

  /** `now` is in milliseconds, from any beginning. */
  constructor(
    private readonly linesPerSecond: number,
    private readonly now: () => number,
  ) {}

  /** What one more request has in its line beside the rest; undefined where it is to have none. */
  take(): { readonly untold?: number } | undefined {
    const now = this.now();
    if (now >= this.secondEndsAt) {
      this.secondEndsAt = now + SECOND_MS;
      this.told = 0;
    }
    if (this.told >= this.linesPerSecond) {
      this.untold += 1;
      return undefined;
    }
    this.told += 1;
    const { untold } = this;
    this.untold = 0;
    return untold === 0 ? {} : { untold };
  }
}
