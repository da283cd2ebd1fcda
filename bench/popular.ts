import { type Bench, runBench } from './lib/bench.ts';
import type { Requirement } from './lib/figures.ts';
import { withMysql } from './lib/servers.ts';
import {
  BUILDS,
  HIT_RATE,
  measureCached,
  measureHitRate,
  PER_SECOND,
  TO_BARE,
} from './popular/cached.ts';
import {
  GROWTH,
  measureHistory,
  MISS,
  RECOMPUTE,
  ROLL_UP_FEW,
  ROLL_UP_MANY,
} from './popular/history.ts';
import { jointFigure, measureReadersAndBuyers } from './popular/joint.ts';
import { withStage } from './popular/stage.ts';
import { BUILT, FAILED, measureStampede } from './popular/stampede.ts';

// How many popular products are read a second, next to a server that does nothing else? What do they cost when nobody has
// them ready, with ten million sales behind them? And what do ten thousand readers notice when they change?

const REQUIREMENTS: readonly Requirement[] = [
  { name: TO_BARE, required: 0.8 },
  { name: PER_SECOND, required: 10_000 },
  { name: HIT_RATE, required: 99 },
  { name: BUILDS, required: 1, atMost: true },
  { name: FAILED, required: 0, atMost: true },
  { name: BUILT, required: 1, atMost: true },
  {
    name: jointFigure(5_000, 'product and popular reads', 'product and popular reads'),
    required: 4_950,
  },
  { name: jointFigure(5_000, 'product and popular reads', 'orders'), required: 990 },
  { name: jointFigure(10_000, 'popular reads', 'popular reads'), required: 9_900 },
  { name: jointFigure(10_000, 'popular reads', 'orders'), required: 990 },
  { name: MISS, required: 1_000 },
  { name: RECOMPUTE, required: 100 },
  { name: ROLL_UP_FEW, required: 200, atMost: true },
  { name: ROLL_UP_MANY, required: 1_000, atMost: true },
  { name: GROWTH, required: 1.3, atMost: true },
];

/** Whether a part was asked for: without `--only` all are. */
const wants = (bench: Bench, part: 'reads' | 'history'): boolean =>
  (bench.text('only') ?? part) === part;

await runBench(
  'popular',
  REQUIREMENTS,
  async (bench) => {
    if (wants(bench, 'reads')) await withMysql((server) => measureReads(bench, server));
    if (!wants(bench, 'history')) return;
    const keptIn = bench.text('folder');
    await withMysql((server) => measureHistory(bench, server, keptIn !== undefined), {
      // All ten million records and their indexes, so that nobody waits for the disk.
      ...(bench.small ? {} : { memory: '4G' }),
      keptIn,
    });
  },
  { texts: ['folder', 'only'] },
);

function measureReads(bench: Bench, server: string): Promise<void> {
  return withStage(bench, server, async (stage) => {
    await measureCached(bench, stage);
    await measureReadersAndBuyers(bench, stage);
    await measureHitRate(bench, stage);
    await measureStampede(bench, stage);
  });
}
