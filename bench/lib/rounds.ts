import { median } from './latency.ts';

/** What a run came to. */
interface Run {
  readonly perSecond: number;
}

/**
 * Runs all variants one after the other, and all again, `rounds` times, so that a machine that is slow for a while is slow
 * for all of them. Returns what each came to, in the order of the variants.
 */
export async function inTurns<T>(
  rounds: number,
  variants: readonly (() => Promise<T>)[],
): Promise<readonly (readonly T[])[]> {
  const results: T[][] = variants.map(() => []);
  for (let round = 0; round < rounds; round += 1) {
    for (const [at, run] of variants.entries()) results[at]?.push(await run());
  }
  return results;
}

/** The run in the middle by its rate; of an even number, the slower of the two in the middle. */
export function middle<T extends Run>(runs: readonly T[]): T {
  const sorted = runs.toSorted((a, b) => a.perSecond - b.perSecond);
  const run = sorted[Math.floor((sorted.length - 1) / 2)];
  if (run === undefined) throw new RangeError('there is no run');
  return run;
}

/** How many times as fast as `baseline`: each round is compared with itself, and the round in the middle counts. */
export const ratioTo = <T extends Run>(
  baseline: readonly T[],
  runs: readonly T[],
  figureOf: (run: T) => number = ({ perSecond }) => perSecond,
): number =>
  median(
    runs.map((run, round) => {
      const other = baseline[round];
      return other === undefined ? Number.NaN : figureOf(run) / figureOf(other);
    }),
  );
