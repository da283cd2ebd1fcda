import type { Logger } from 'pino';
import type { Exchange } from './exchange.js';

/**
 * One line for a request, when its answer is sent or its client is gone. Never a body, a header or a query. `more` stands
 * beside the rest; `onOver` hears then how long it took, in milliseconds.
 */
export function logAccess(
  exchange: Exchange,
  logger: Logger,
  more: object = {},
  onOver?: (durationMs: number) => void,
): void {
  const { response, since } = exchange;
  const end = (): void => {
    const durationMs = performance.now() - since;
    onOver?.(durationMs);
    tell(exchange, logger, durationMs, more);
  };
  if (response.destroyed) end();
  else response.once('close', end);
}

function tell(exchange: Exchange, logger: Logger, durationMs: number, more: object): void {
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
 * The log of requests that are so many, and so much alike, that a line for each would cost more than its answer: so many
 * lines a second, and no more. What has no line is counted in the next one.
 */
export class SampledAccessLog {
  private secondEndsAt = Number.NEGATIVE_INFINITY;
  private told = 0;
  private untold = 0;

  constructor(
    private readonly logger: Logger,
    private readonly linesPerSecond: number,
  ) {}

  log(exchange: Exchange): void {
    const now = performance.now();
    if (now >= this.secondEndsAt) {
      this.secondEndsAt = now + SECOND_MS;
      this.told = 0;
    }
    if (this.told >= this.linesPerSecond) {
      this.untold += 1;
      return;
    }
    this.told += 1;
    logAccess(exchange, this.logger, this.untold === 0 ? {} : { untold: this.untold });
    this.untold = 0;
  }
}
