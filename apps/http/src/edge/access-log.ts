import type { Logger } from 'pino';
import type { Exchange } from './exchange.js';

/** One line for every request, when its answer is sent or its client is gone. Never a body, a header or a query. */
export function logAccess(exchange: Exchange, logger: Logger): void {
  const { request, response, requestId } = exchange;
  const began = performance.now();
  response.once('close', () => {
    const { route, userId } = exchange;
    logger.info(
      {
        requestId,
        method: request.method,
        route: route ?? null,
        status: response.statusCode,
        durationMs: Math.round((performance.now() - began) * 100) / 100,
        ...(userId === undefined ? {} : { userId }),
        ...(response.writableFinished ? {} : { aborted: true }),
      },
      'request',
    );
  });
}
