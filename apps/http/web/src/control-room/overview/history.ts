import { type Overview, type Point, pointBetween } from './measure.js';

/** How many points are kept of a process: some minutes of looking. */
export const MOST_POINTS = 90;
/** A process that was not seen for so long is not told of any more, in milliseconds. */
const GONE_AFTER_MS = 60_000;

/** What was seen of one process. */
export interface Seen {
  readonly latest: Overview;
  /** Oldest first. */
  readonly points: readonly Point[];
}

/** By its instance, what was seen of each process: behind a load balancer any of them may answer. */
export type History = ReadonlyMap<string, Seen>;

/** What is known after one more look. */
export function afterLook(history: History, look: Overview): History {
  const before = history.get(look.instance);
  const point = before === undefined ? null : pointBetween(before.latest, look);
  const points = [...(before?.points ?? []), ...(point === null ? [] : [point])];
  const now = Date.parse(look.now);
  const others = [...history].filter(
    ([instance, { latest }]) =>
      instance !== look.instance && now - Date.parse(latest.now) < GONE_AFTER_MS,
  );
  // In a fixed order, so that nothing jumps while they answer in turns.
  const all = [...others, [look.instance, { latest: look, points: points.slice(-MOST_POINTS) }]];
  return new Map((all as [string, Seen][]).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
