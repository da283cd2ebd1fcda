import { RawRunner } from '../baselines/raw.ts';
import { openRawSqlite } from '../baselines/raw-sqlite.ts';
import { openShop } from '../baselines/textbook.ts';
import type { Bench } from '../lib/bench.ts';
import { type Book, noted, withBooks } from '../lib/books.ts';
import { openJumun } from '../lib/container.ts';
import { type InProcessResult, runInProcess } from '../lib/in-process.ts';
import type { OrderShop } from '../lib/opened-shop.ts';
import { inTurns, middle, ratioTo } from '../lib/rounds.ts';
import { productsOf, WISHES, type Wishes } from '../lib/wishes.ts';

const RAW_BATCH = 64;
const IN_FLIGHT = [64, 256] as const;
/** On a machine that is busy with something else, more would have to wait for so long that they are sent away. */
const IN_FLIGHT_SMALL = [16, 64] as const;
const SQLITE = 'sqlite://';

/** The shop as a library on a file, against plain statements and against a transaction for each command. */
export async function compareInProcess(bench: Bench): Promise<void> {
  for (const wishes of WISHES) await compare(bench, wishes);
}

const compare = (bench: Bench, wishes: Wishes): Promise<void> =>
  withBooks(bench, 'sqlite', 3, async (books) => {
    const [raws, ours, textbooks] = books as [Book, Book, Book];
    const rawStore = openRawSqlite(raws.db.url.slice(SQLITE.length));
    const jumun = await openJumun(ours.db.url);
    const textbook = await openShop({ databaseUrl: textbooks.db.url });
    try {
      const products = productsOf(wishes);
      const inFlights = bench.small ? IN_FLIGHT_SMALL : IN_FLIGHT;
      const { customers } = raws.db.seed;
      const span = { warmUpSeconds: bench.small ? 0.2 : 0.75, seconds: bench.seconds(2, 0.5) };
      const raw = new RawRunner([rawStore], { ...raws.db.seed, batch: RAW_BATCH, products });
      const calls = (shop: OrderShop, inFlight: number, book: Book) => () =>
        noted(book, runInProcess(shop, { ...span, inFlight, products, customers }));
      const runs = await inTurns(bench.small ? 1 : 3, [
        () => noted(raws, raw.run(span)),
        ...inFlights.map((inFlight) => calls(jumun.shop, inFlight, ours)),
        ...inFlights.map((inFlight) => calls(textbook.shop, inFlight, textbooks)),
      ]);
      report(bench, wishes, inFlights, runs);
    } finally {
      await Promise.all([rawStore.close(), jumun.close(), textbook.close()]);
    }
  });

function report(
  bench: Bench,
  wishes: Wishes,
  inFlights: readonly number[],
  runs: readonly (readonly InProcessResult[])[],
): void {
  const names = [
    ['raw', `batches of ${RAW_BATCH}`],
    ...inFlights.map((inFlight) => ['Jumun', `${inFlight} in flight`]),
    ...inFlights.map((inFlight) => ['textbook', `${inFlight} in flight`]),
  ];
  const [raw = [], ...others] = runs;
  for (const [at, each] of runs.entries()) {
    const [variant = '', shape = ''] = names[at] ?? [];
    const { perSecond, latency } = middle(each);
    const ratio = ratioTo(raw, each);
    bench.row({ variant, shape: `in process, ${shape}, ${wishes}`, perSecond, latency, ratio });
  }
  if (wishes !== 'uniform') return;
  const ours = others.slice(0, inFlights.length);
  const textbooks = others.slice(inFlights.length);
  bench.figure('in process to raw', Math.max(...ours.map((each) => ratioTo(raw, each))));
  bench.figure('in process to textbook', ratioTo(bestOf(textbooks), bestOf(ours)));
}

/** Whoever was the fastest in the middle of their runs. */
const bestOf = (all: readonly (readonly InProcessResult[])[]): readonly InProcessResult[] =>
  all.toSorted((a, b) => middle(b).perSecond - middle(a).perSecond)[0] ?? [];
