import { constants, getPriority, setPriority } from 'node:os';

/**
 * Lets whoever serves customers on the same machine go first while its processors are busy: what a worker does can wait for
 * a moment. Whoever has started it may have put it further back.
 */
export function stepBack(): void {
  const { PRIORITY_BELOW_NORMAL } = constants.priority;
  if (getPriority() < PRIORITY_BELOW_NORMAL) setPriority(PRIORITY_BELOW_NORMAL);
}
