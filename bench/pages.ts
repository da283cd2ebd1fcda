import { setTimeout as sleep } from 'node:timers/promises';
import { type Bench, runBench } from './lib/bench.ts';
import type { Requirement } from './lib/figures.ts';
import type { Contender } from './lib/contender.ts';
import { withCrowds } from './lib/crowds.ts';
import { median } from './lib/latency.ts';
import type { LoadResult } from './lib/load.ts';
import { mostConnections } from './lib/open-files.ts';
import { inTurns, middle, ratioTo } from './lib/rounds.ts';
import { loadPage, OpenPage, withBrowser } from './pages/browser.ts';
import { Listeners } from './pages/listeners.ts';
import { type Stage, withStage } from './pages/stage.ts';

// What do the pages cost the API: those that are open, and those that nobody looks at? How long until somebody can use them?

const LISTENED = 'orders, with a thousand pages open to with none';
const ORDERS = 'orders, with pages served to without';
const POPULAR = 'popular products, with pages served to without';
const READY = 'ms until the page can be used, median';
const CHANGED = 'ms from the roll-up until an open page shows other rankings, worst';

const REQUIREMENTS: readonly Requirement[] = [
  { name: LISTENED, required: 0.9 },
  { name: ORDERS, required: 0.95, aim: 1 },
  { name: POPULAR, required: 0.95, aim: 1 },
  { name: READY, required: 1_000, atMost: true },
  { name: CHANGED, required: 1_000, atMost: true },
];

const POPULAR_PAGE = { path: '/api/v1/products/popular', begins: '{"period"' };

await runBench('pages', REQUIREMENTS, (bench) =>
  withStage(bench, async (stage) => {
    await compareListened(bench, stage);
    await compareOrders(bench, stage);
    await comparePopular(bench, stage);
    await measurePage(bench, stage);
  }),
);

function orderLoad(bench: Bench) {
  return {
    connections: bench.small ? 8 : 64,
    wishes: 'uniform',
    pace: { kind: 'CLOSED' },
    warmUpSeconds: bench.small ? 0.1 : 0.5,
    seconds: bench.seconds(2, 0.3),
  } as const;
}

/** Orders, while rankings change in the middle. */
async function orderMeanwhile(bench: Bench, stage: Stage): Promise<LoadResult> {
  const load = orderLoad(bench);
  const start = await stage.orders.paged.prepare(bench, load);
  const half = (load.warmUpSeconds + load.seconds / 2) * 1_000;
  const [result] = await Promise.all([start(), sleep(half).then(() => stage.changeRankings())]);
  return result;
}

async function compareListened(bench: Bench, stage: Stage): Promise<void> {
  const open = Math.min(bench.small ? 50 : 1_000, await mostConnections());
  const listeners = new Listeners();
  let [told, lost] = [0, 0];
  try {
    const runs = await inTurns(bench.small ? 1 : 7, [
      () => orderMeanwhile(bench, stage),
      async () => {
        await listeners.open(stage.paged.url, open);
        const result = await orderMeanwhile(bench, stage);
        const heard = await listeners.close();
        [told, lost] = [told + heard.told, lost + heard.lost];
        return result;
      },
    ]);
    const [base = [], own = []] = runs;
    const shape = 'orders, one roll-up meanwhile';
    const ratio = ratioTo(base, own);
    tell(bench, 'no page is open', shape, base, 1);
    tell(bench, `${open} pages are open`, shape, own, ratio, `${told} rankings were told`);
    bench.figure(LISTENED, ratio);
    bench.expectNone([
      ...(lost === 0 ? [] : [`${lost} streams were lost`]),
      ...(told < open ? [`only ${told} rankings were told`] : []),
    ]);
  } finally {
    await listeners.stop();
  }
}

async function compareOrders(bench: Bench, { orders }: Stage): Promise<void> {
  const serve = (contender: Contender) => () => contender.serve(bench, orderLoad(bench));
  const runs = await inTurns(bench.small ? 1 : 5, [serve(orders.bare), serve(orders.paged)]);
  const [base = [], own = []] = runs;
  const ratio = ratioTo(base, own);
  tell(bench, 'no pages are served', 'orders', base, 1);
  tell(bench, 'pages are served', 'orders', own, ratio);
  bench.figure(ORDERS, ratio);
}

async function comparePopular(bench: Bench, { bare, paged }: Stage): Promise<void> {
  const connections = bench.small ? 8 : 64;
  await withCrowds(async (open) => {
    const crowds = [await open([bare.url], connections), await open([paged.url], connections)];
    const seconds = bench.seconds(1.5, 0.3);
    const loop = { pages: [POPULAR_PAGE], warmUpSeconds: bench.small ? 0 : 0.3, seconds };
    const runs = await inTurns(
      bench.small ? 1 : 7,
      crowds.map((crowd) => () => crowd.loop(loop)),
    );
    bench.expectNone(
      runs.flat().flatMap(({ wrong, firstWrong }) => (wrong === 0 ? [] : `wrong: ${firstWrong}`)),
    );
    const [base = [], own = []] = runs;
    const ratio = ratioTo(base, own);
    tell(bench, 'no pages are served', 'popular products', base, 1);
    tell(bench, 'pages are served', 'popular products', own, ratio);
    bench.figure(POPULAR, ratio);
  });
}

type Measured = Parameters<typeof middle<Pick<LoadResult, 'perSecond' | 'latency'>>>[0];

function tell(
  bench: Bench,
  variant: string,
  shape: string,
  runs: Measured,
  ratio: number,
  note = '',
): void {
  const { perSecond, latency } = middle(runs);
  bench.row({ variant, shape, perSecond, latency, ratio, note });
}

async function measurePage(bench: Bench, { paged, changeRankings }: Stage): Promise<void> {
  await withBrowser(async (browser) => {
    const rounds = bench.small ? 2 : 11;
    const loads: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      loads.push((await loadPage(browser, paged.url)).ms);
    }
    bench.row({ variant: 'the first page, first load', shape: 'Chromium', note: toldMs(loads) });
    bench.figure(READY, median(loads));

    const page = await OpenPage.open(browser, paged.url);
    const changes: number[] = [];
    for (let round = 0; round < rounds; round += 1) changes.push(await page.until(changeRankings));
    await page.close();
    const variant = 'an open page shows other rankings, the roll-up included';
    bench.row({ variant, shape: 'Chromium', note: toldMs(changes) });
    bench.figure(CHANGED, Math.max(...changes));
  });
}

function toldMs(durations: readonly number[]): string {
  const rounded = [Math.min(...durations), median(durations), Math.max(...durations)];
  const [least, middling, most] = rounded.map((each) => Math.round(each));
  return `${middling} ms, ${least} to ${most}, of ${durations.length}`;
}
