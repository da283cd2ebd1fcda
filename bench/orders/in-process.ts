import { RawRunner } from '../baselines/raw.ts';
import { openRawMysql } from '../baselines/raw-mysql.ts';
import { openShop } from '../baselines/textbook.ts';
import type { Bench } from '../lib/bench.ts';
import { type Book, noted, withBooks } from '../lib/books.ts';
import { openJumun } from '../lib/container.ts';
import { type InProcessResult, runInProcess } from '../lib/in-process.ts';
import type { OrderShop } from '../lib/opened-shop.ts';
import { inTurns, middle, ratioTo } from '../lib/rounds.ts';
import { productsOf } from '../lib/wishes.ts';

const RAW_BATCH = 256;
/** Connections: while the server works for one, this process makes the statements of the other. More are no faster. */
const RAW_LANES = 2;
const NAMES = [
  ['raw ceiling', `${RAW_LANES} connections, batches of ${RAW_BATCH}`],
  ['Jumun', '256 in flight'],
  ['Jumun', '512 in flight'],
  ['textbook', '64 in flight'],
] as const;

/** The shop as a library, in the process of whoever calls it, against the ceiling of the driver. */
export const measureInProcess = (bench: Bench, server: string): Promise<void> =>
  withBooks(bench, server, 3, async (books) => {
    const [raws, ours, textbooks] = books as [Book, Book, Book];
    const rawStores = await Promise.all(
      Array.from({ length: RAW_LANES }, () => openRawMysql(raws.db.url)),
    );
    const jumun = await openJumun(ours.db.url);
    const textbook = await openShop({ databaseUrl: textbooks.db.url });
    try {
      const products = productsOf('uniform');
      const { customers } = raws.db.seed;
      const span = { warmUpSeconds: bench.small ? 0.2 : 0.75, seconds: bench.seconds(2, 0.5) };
      const raw = new RawRunner(rawStores, { ...raws.db.seed, batch: RAW_BATCH, products });
      const calls = (shop: OrderShop, inFlight: number, book: Book) => () =>
        noted(book, runInProcess(shop, { ...span, inFlight, products, customers }));
      const runs = await inTurns(bench.small ? 1 : 3, [
        () => noted(raws, raw.run(span)),
        calls(jumun.shop, 256, ours),
        calls(jumun.shop, 512, ours),
        calls(textbook.shop, 64, textbooks),
      ]);
      report(bench, runs);
    } finally {
      const opened = [...rawStores, jumun, textbook];
      await Promise.all(opened.map((each) => each.close()));
    }
  });

function report(bench: Bench, runs: readonly (readonly InProcessResult[])[]): void {
  const [ceiling = [], ...others] = runs;
  for (const [at, each] of runs.entries()) {
    const [variant = '', shape = ''] = NAMES[at] ?? [];
    const { perSecond, latency } = middle(each);
    const ratio = ratioTo(ceiling, each);
    bench.row({ variant, shape: `in process, ${shape}`, perSecond, latency, ratio });
  }
  const ours = others.slice(0, 2).map((each) => ratioTo(ceiling, each));
  bench.figure('in process to the raw ceiling', Math.max(...ours));
}
