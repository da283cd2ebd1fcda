import { setTimeout as sleep } from 'node:timers/promises';
import type { Bench } from '../lib/bench.ts';
import { BREATHER_MS } from '../lib/breather.ts';
import type { RushReport } from '../lib/crowd-tasks.ts';
import { type Crowd, withCrowds } from '../lib/crowds.ts';
import { mostConnections } from '../lib/open-files.ts';
import { type Observer, popularPage, type PopularPage, type Stage, USUAL } from './stage.ts';

export const FAILED = 'stampede, reads that failed';
export const BUILT = 'stampede, builds of the ranking';
export const TO_CALM = 'stampede, p99 to the same crowd when nothing changes';

/** A crowd that all asks for one ranking at one moment. */
interface Rush {
  readonly name: string;
  readonly page: PopularPage;
  /** Gets ready what happens while they ask. */
  readonly meanwhile: () => Promise<() => Promise<void>>;
}

interface Outcome extends RushReport {
  /** How often the ranking was read from the database for them. */
  readonly built: number;
}

/** Ten thousand readers at the moment at which what they want is not good any more, or was never there. */
export async function measureStampede(bench: Bench, stage: Stage): Promise<void> {
  const wanted = bench.small ? 300 : 10_000;
  const readers = Math.min(wanted, await mostConnections());
  if (readers < wanted) {
    bench.say(`The limit on open files allows ${readers} connections, not ${wanted}.`);
  }
  const calm: Rush = {
    name: 'nothing changes',
    page: USUAL,
    meanwhile: () => Promise.resolve(() => Promise.resolve()),
  };
  const replaced: Rush = {
    name: 'all rankings are replaced meanwhile',
    page: USUAL,
    meanwhile: async () => {
      await stage.sell();
      return async () => {
        // A roll-up takes a moment, and longer while everybody reads: it begins ahead of them, and ends among them.
        await sleep(BREATHER_MS / 2);
        await stage.count();
      };
    },
  };
  const urls = stage.services.map(({ url }) => url);
  await withCrowds((open) =>
    stage.observed(async (observer) => {
      const crowd = await open(urls, readers);
      const outcomes = new Map<string, Outcome[]>();
      const rounds = bench.small ? 1 : 5;
      for (let round = 0; round < rounds; round += 1) {
        // Nobody has asked for it before: there is nothing to show meanwhile, and everybody waits for one build.
        const unknown: Rush = {
          ...calm,
          name: 'nobody has asked before',
          page: popularPage(10 + round),
        };
        for (const rush of [calm, replaced, unknown]) {
          const outcome = await stampede(observer, crowd, rush);
          outcomes.set(rush.name, [...(outcomes.get(rush.name) ?? []), outcome]);
        }
      }
      report(bench, readers, outcomes, calm.name);
    }),
  );
}

async function stampede(
  observer: Observer,
  crowd: Crowd,
  { page, meanwhile }: Rush,
): Promise<Outcome> {
  const before = await observer.builds(page);
  const happen = await meanwhile();
  const [rush] = await Promise.all([crowd.rush({ page }), happen()]);
  return { ...rush, built: (await observer.builds(page)) - before };
}

const middleOf = (outcomes: readonly Outcome[]): Outcome => {
  const sorted = outcomes.toSorted((a, b) => a.latency.p99 - b.latency.p99);
  return sorted[Math.floor((sorted.length - 1) / 2)] as Outcome;
};

function report(
  bench: Bench,
  readers: number,
  outcomes: ReadonlyMap<string, readonly Outcome[]>,
  calm: string,
): void {
  const { latency: base } = middleOf(outcomes.get(calm) ?? []);
  let [failed, built] = [0, 0];
  for (const [name, runs] of outcomes) {
    const { latency } = middleOf(runs);
    const bodies = runs.map((run) => run.bodies.join(' + '));
    const ratio = latency.p99 / base.p99;
    const builds = runs.map((run) => run.built);
    bench.row({
      variant: `${readers} readers at once, ${name}`,
      shape: 'two processes',
      latency,
      ratio,
      note: `p99 to that of calm, mean ${Math.round(latency.mean)} ms, built ${builds.join(', ')} times, who got the same: ${bodies.join(', ')}`,
    });
    failed += runs.reduce((sum, { wrong }) => sum + wrong, 0);
    built = Math.max(built, ...builds);
    if (name !== calm) bench.figure(`${TO_CALM}, ${name}`, ratio);
  }
  bench.figure(FAILED, failed);
  bench.figure(BUILT, built);
  const complaints = [...outcomes].flatMap(([name, runs]) =>
    runs.flatMap(({ wrong, answers }) =>
      wrong === 0 ? [] : [`${name}: ${wrong} reads failed: ${JSON.stringify(answers)}`],
    ),
  );
  bench.expectNone(complaints);
}
