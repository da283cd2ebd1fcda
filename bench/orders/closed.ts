import type { Bench } from '../lib/bench.ts';
import type { Contender } from '../lib/contender.ts';
import type { LoadResult } from '../lib/load.ts';
import { inTurns, middle, ratioTo } from '../lib/rounds.ts';
import { WISHES, type Wishes } from '../lib/wishes.ts';
import type { Stage } from './stage.ts';

/** What one contender came to, round by round. */
type Runs = readonly LoadResult[];

/** A customer on each connection, who orders and pays without a pause. Returns the most that one process of ours did. */
export async function measureClosed(bench: Bench, stage: Stage): Promise<LoadResult> {
  const sizes = bench.small ? [8] : [16, 64, 200];
  const most = Math.max(...sizes);
  let last = new Map<string, Runs>();
  for (const connections of sizes) {
    const rounds = connections === most && !bench.small ? 3 : 1;
    last = await measure(bench, stage, connections, rounds);
  }
  return compare(bench, stage, last);
}

const keyOf = ({ name }: Contender, wishes: Wishes): string => `${name}, ${wishes}`;

async function measure(
  bench: Bench,
  { textbook, redlock, jumun, twoJumuns }: Stage,
  connections: number,
  rounds: number,
): Promise<Map<string, Runs>> {
  const contenders = [textbook, redlock, jumun, twoJumuns];
  const variants = WISHES.flatMap((wishes) =>
    contenders.map((contender) => ({ contender, wishes, key: keyOf(contender, wishes) })),
  );
  const runs = await inTurns(
    rounds,
    variants.map(
      ({ contender, wishes }) =>
        () =>
          contender.serve(bench, {
            connections,
            wishes,
            pace: { kind: 'CLOSED' },
            warmUpSeconds: bench.small ? 0.1 : 0.75,
            seconds: bench.seconds(rounds > 1 ? 2 : 1.5, 0.3),
          }),
    ),
  );
  const results = new Map(variants.map(({ key }, at) => [key, runs[at] ?? []]));
  for (const { contender, wishes, key } of variants) {
    const { perSecond, latency } = middle(results.get(key) ?? []);
    bench.row({
      variant: contender.name,
      shape: `HTTP, ${connections} connections, ${wishes}`,
      perSecond,
      latency,
      ratio: ratioTo(results.get(keyOf(textbook, wishes)) ?? [], results.get(key) ?? []),
    });
  }
  return results;
}

function compare(
  bench: Bench,
  { textbook, jumun, twoJumuns }: Stage,
  results: ReadonlyMap<string, Runs>,
): LoadResult {
  const runsOf = (contender: Contender, wishes: Wishes): Runs =>
    results.get(keyOf(contender, wishes)) ?? [];
  const [uniform, hot] = [runsOf(jumun, 'uniform'), runsOf(jumun, 'one hot product')];
  const peak = middle(uniform);
  bench.figure('one process, orders/s over HTTP', peak.perSecond);
  bench.figure('one process, p99 ms of an order', peak.latency.p99);
  bench.figure('two processes, orders/s over HTTP', middle(runsOf(twoJumuns, 'uniform')).perSecond);
  bench.figure('to textbook, uniform', ratioTo(runsOf(textbook, 'uniform'), uniform));
  bench.figure('to textbook, one hot product', ratioTo(runsOf(textbook, 'one hot product'), hot));
  bench.figure('one hot product to uniform', ratioTo(uniform, hot));
  return peak;
}
