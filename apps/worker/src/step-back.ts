import { constants, getPriority, setPriority } from 'node:os';
import type { Logger } from 'pino';

/**
 * Lets whoever serves customers on the same machine go first while its processors are busy: what a worker does can wait for
 * a moment. Whoever has started it may have put it further back. Where the system does not let it, it works from where it
 * is, and `logger` hears of it.
 */
export function stepBack(
  logger: Pick<Logger, 'info'>,
  system = { getPriority, setPriority },
): void {
  const { PRIORITY_BELOW_NORMAL } = constants.priority;
  try {
    if (system.getPriority() < PRIORITY_BELOW_NORMAL) system.setPriority(PRIORITY_BELOW_NORMAL);
  } catch (fault) {
    logger.info({ err: fault }, 'works at the priority that it has: stepping back was refused');
  }
}
