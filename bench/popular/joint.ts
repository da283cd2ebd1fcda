import type { Bench } from '../lib/bench.ts';
import { measureJoint } from '../lib/joint-load.ts';
import { startWorker } from '../lib/service.ts';
import { type Stage, USUAL } from './stage.ts';

const ORDERS = 1_000;
const RATES = [5_000, 10_000];

export const jointFigure = (reads: number, kind: 'popular reads' | 'orders'): string =>
  `joint load of ${reads} popular reads/s and ${ORDERS} orders/s: ${kind}/s`;

/** Popular products are read while orders change what is popular, and a worker counts every five seconds. */
export async function measurePopularReads(
  bench: Bench,
  { both, databaseUrl, redisUrl }: Stage,
): Promise<void> {
  const env = { STATS_INTERVAL_SECONDS: '5' };
  const worker = await startWorker({ databaseUrl, redisUrl, env });
  try {
    for (const reads of bench.small ? [100] : RATES) {
      const orders = bench.small ? 20 : ORDERS;
      await measureJoint(bench, both, { what: 'popular reads', pages: [USUAL], reads, orders });
    }
  } finally {
    await worker.stop();
  }
}
