import { type Bench, runBench } from './lib/bench.ts';
import type { Requirement } from './lib/figures.ts';
import { measureClosed } from './orders/closed.ts';
import { measureInProcess } from './orders/in-process.ts';
import { measureLone } from './orders/lone.ts';
import { measureOpen, measureOverload } from './orders/open.ts';
import { type Stage, withStage } from './orders/stage.ts';
import { withMysql } from './lib/servers.ts';

// How many orders a second, placed and paid, and how long does each take?

const REQUIREMENTS: readonly Requirement[] = [
  { name: 'one process, orders/s over HTTP', required: 1_000, aim: 1_500 },
  { name: 'one process, p99 ms of an order', required: 500, atMost: true },
  { name: 'two processes, orders/s over HTTP', required: 1_000, aim: 3_000 },
  { name: 'to textbook, uniform', required: 6, aim: 10 },
  { name: 'to textbook, one hot product', required: 10, aim: 15 },
  { name: 'one hot product to uniform', required: 0.9 },
  { name: 'in process to the raw ceiling', required: 0.3, aim: 0.5 },
  { name: 'lone customer, median latency to textbook', required: 1.2, atMost: true },
  { name: 'overload, accepted to peak', required: 0.9 },
];

await runBench(
  'orders',
  REQUIREMENTS,
  (bench) =>
    withMysql(async (server) => {
      const rate = bench.option('rate');
      if (rate === undefined) await measureInProcess(bench, server);
      await withStage(bench, server, (stage) =>
        rate === undefined ? measureHttp(bench, stage) : measureOpen(bench, stage, rate),
      );
    }),
  { numbers: ['rate'] },
);

async function measureHttp(bench: Bench, stage: Stage): Promise<void> {
  await measureClosed(bench, stage);
  await measureLone(bench, stage);
  await measureOpen(bench, stage, bench.small ? 20 : 1_000);
  await measureOverload(bench, stage);
}
