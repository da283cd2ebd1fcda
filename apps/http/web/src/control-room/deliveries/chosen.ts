import type { Delivery } from './delivery.js';

/** So many messages the shop takes at once to be sent again. */
export const MOST_AT_ONCE = 1_000;

/** What can be sent again: what is on its way already need not be. */
export const isChoosable = ({ status }: Pick<Delivery, 'status'>): boolean => status !== 'PENDING';

/** The ids that are chosen, of what is shown and can be sent again, no more than can be sent at once. What is not seen is not chosen. */
export const chosenAmong = (
  shown: readonly Pick<Delivery, 'id' | 'status'>[],
  chosen: ReadonlySet<number>,
): readonly number[] =>
  shown
    .filter((delivery) => isChoosable(delivery) && chosen.has(delivery.id))
    .slice(0, MOST_AT_ONCE)
    .map(({ id }) => id);
