import type { Bench } from '../lib/bench.ts';
import type { Page } from '../lib/crowd-tasks.ts';
import { RICH } from '../lib/database.ts';
import { measureJoint } from '../lib/joint-load.ts';
import { startWorker } from '../lib/service.ts';
import { type Stage, USUAL } from './stage.ts';

const ORDERS = 1_000;

type Reads = 'product and popular reads' | 'popular reads';

interface Readers {
  readonly what: Reads;
  readonly perSecond: number;
  readonly pages: readonly Page[];
}

/** Every other one looks at a product, the others at what is popular. */
const MIXED: readonly Page[] = Array.from({ length: RICH.products }, (_, at) => ({
  path: `/api/v1/products/${at + 1}`,
  begins: `{"id":${at + 1},"name":`,
})).flatMap((page) => [page, USUAL]);

const READERS: readonly Readers[] = [
  { what: 'product and popular reads', perSecond: 5_000, pages: MIXED },
  { what: 'popular reads', perSecond: 5_000, pages: [USUAL] },
  { what: 'popular reads', perSecond: 10_000, pages: [USUAL] },
];

export const jointFigure = (reads: number, what: Reads, kind: Reads | 'orders'): string =>
  `joint load of ${reads} ${what}/s and ${ORDERS} orders/s: ${kind}/s`;

/** Products are looked at while orders change what is popular, and a worker counts every five seconds. */
export async function measureReadersAndBuyers(
  bench: Bench,
  { both, databaseUrl, redisUrl }: Stage,
): Promise<void> {
  const env = { STATS_INTERVAL_SECONDS: '5' };
  const worker = await startWorker({ databaseUrl, redisUrl, env });
  try {
    for (const { what, perSecond, pages } of bench.small ? READERS.slice(0, 1) : READERS) {
      const orders = bench.small ? 20 : ORDERS;
      const reads = bench.small ? 100 : perSecond;
      await measureJoint(bench, both, { what, pages, reads, orders });
    }
  } finally {
    await worker.stop();
  }
}
