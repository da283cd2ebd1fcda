import type { Bench } from '../lib/bench.ts';
import type { LoadResult } from '../lib/load.ts';
import { inTurns, middle, ratioTo } from '../lib/rounds.ts';
import type { Stage } from './stage.ts';

/** One customer and nobody else: what does it cost to be prepared for crowds? */
export async function measureLone(bench: Bench, { jumun, textbook }: Stage): Promise<void> {
  const contenders = [textbook, jumun];
  const runs = await inTurns(
    bench.small ? 1 : 3,
    contenders.map(
      (contender) => () =>
        contender.serve(bench, {
          connections: 1,
          wishes: 'uniform',
          pace: { kind: 'CLOSED' },
          warmUpSeconds: bench.small ? 0.1 : 0.3,
          seconds: bench.seconds(1.5, 0.3),
        }),
    ),
  );
  const [textbooks = [], ours = []] = runs;
  const p50 = ({ latency }: LoadResult): number => latency.p50;
  for (const [at, each] of runs.entries()) {
    const { perSecond, latency } = middle(each);
    bench.row({
      variant: contenders[at]?.name ?? '',
      shape: 'HTTP, a lone customer',
      perSecond,
      latency,
      ratio: ratioTo(textbooks, each, p50),
      note: 'ratio of p50',
    });
  }
  bench.figure('lone customer, median latency to textbook', ratioTo(textbooks, ours, p50));
}
