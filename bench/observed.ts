import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { type Bench, runBench } from './lib/bench.ts';
import type { Requirement } from './lib/figures.ts';
import { type Book, withBooks } from './lib/books.ts';
import { Contender } from './lib/contender.ts';
import { type Crowd, withCrowds } from './lib/crowds.ts';
import { processorSeconds } from './lib/processor-time.ts';
import { inTurns, middle, ratioTo } from './lib/rounds.ts';
import { withMysql, withRedis } from './lib/servers.ts';
import { type Service, startService, withServices } from './lib/service.ts';

// What does it cost to be watched: to count every request, and to trace them?

const ORDERS = 'orders, counted to not counted';
const POPULAR = 'popular products, counted to not counted';
const ORDERS_WORK = 'orders, processor time counted to not counted';
const POPULAR_WORK = 'popular products, processor time counted to not counted';
const TRACED = 'orders, counted and one in ten traced, to neither';

const REQUIREMENTS: readonly Requirement[] = [
  { name: ORDERS, required: 0.85, aim: 0.97 },
  { name: POPULAR, required: 0.95, aim: 0.98 },
  { name: TRACED, required: 0.85 },
  { name: ORDERS_WORK, required: 1.15, atMost: true },
  { name: POPULAR_WORK, required: 1.05, atMost: true },
];

const POPULAR_PAGE = { path: '/api/v1/products/popular', begins: '{"period"' };

/** How a process is watched, by the variables of its environment. */
const WATCHED = {
  'not counted': () => ({ METRICS: 'off' }),
  counted: () => ({ METRICS: 'on' }),
  'counted, one in ten traced': (collector: string) => ({
    OTEL_EXPORTER_OTLP_ENDPOINT: collector,
    OTEL_TRACES_SAMPLER_ARG: '0.1',
  }),
  'counted, all traced': (collector: string) => ({ OTEL_EXPORTER_OTLP_ENDPOINT: collector }),
} as const;

await runBench('observed', REQUIREMENTS, (bench) =>
  withMysql((server) =>
    withRedis((redisUrl) =>
      withBooks(bench, server, 1, async ([book]) => {
        if (book === undefined) throw new Error('there is no book');
        await withCollector((collector) =>
          withServices(
            Object.values(WATCHED).map(
              (environment) => () =>
                startService({
                  databaseUrl: book.db.url,
                  redisUrl,
                  env: { WARM_UP: bench.small ? 'off' : 'on', ...environment(collector) },
                }),
            ),
            async (services) => {
              await compareOrders(bench, services, book);
              await comparePopular(bench, services);
            },
          ),
        );
      }),
    ),
  ),
);

/** A run, and how much processor time the service took for each thing that it did, in milliseconds. */
type Worked<T> = T & { readonly workMs: number };

/** `seconds`: how long the run takes altogether, with its warm-up. */
async function worked<T extends { readonly perSecond: number }>(
  { pid }: Service,
  seconds: number,
  run: () => Promise<T>,
): Promise<Worked<T>> {
  const before = await processorSeconds(pid);
  const result = await run();
  const used = (await processorSeconds(pid)) - before;
  return { ...result, workMs: (used * 1_000) / (result.perSecond * seconds) };
}

function workOf({ workMs }: { readonly workMs: number }): number {
  return workMs;
}

function toldWork(workMs: number): string {
  return `${workMs.toFixed(3)} ms of processor time each`;
}

/** Somewhere to send traces to: it takes everything, and keeps nothing. */
async function withCollector(use: (url: string) => Promise<void>): Promise<void> {
  const server = createServer((request, response) => {
    request.resume().on('end', () => response.end('{}'));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.close();
    server.closeAllConnections();
  }
}

async function compareOrders(
  bench: Bench,
  services: readonly Service[],
  book: Book,
): Promise<void> {
  const connections = bench.small ? 8 : 64;
  const names = Object.keys(WATCHED);
  const contenders = services.map((service, at) => new Contender(names[at] ?? '', [service], book));
  const span = { warmUpSeconds: bench.small ? 0.1 : 0.5, seconds: bench.seconds(2, 0.3) };
  const load = { connections, wishes: 'uniform', pace: { kind: 'CLOSED' }, ...span } as const;
  const runs = await inTurns(
    bench.small ? 1 : 5,
    contenders.map((contender, at) => () => {
      const service = services[at];
      if (service === undefined) throw new Error('somebody is missing');
      return worked(service, span.warmUpSeconds + span.seconds, () => contender.serve(bench, load));
    }),
  );
  const [base = []] = runs;
  for (const [at, variant] of names.entries()) {
    const own = runs[at] ?? [];
    const { perSecond, latency, workMs } = middle(own);
    const shape = `orders, ${connections} connections`;
    const note = toldWork(workMs);
    bench.row({ variant, shape, perSecond, latency, ratio: ratioTo(base, own), note });
  }
  bench.figure(ORDERS, ratioTo(base, runs[1] ?? []));
  bench.figure(ORDERS_WORK, ratioTo(base, runs[1] ?? [], workOf));
  bench.figure(TRACED, ratioTo(base, runs[2] ?? []));
}

async function comparePopular(bench: Bench, services: readonly Service[]): Promise<void> {
  const connections = bench.small ? 8 : 64;
  const names = Object.keys(WATCHED);
  await withCrowds(async (open) => {
    const crowds: Crowd[] = [];
    for (const { url } of services) crowds.push(await open([url], connections));
    const span = { warmUpSeconds: bench.small ? 0 : 0.3, seconds: bench.seconds(1.5, 0.3) };
    const runs = await inTurns(
      bench.small ? 1 : 7,
      crowds.map((crowd, at) => () => {
        const service = services[at];
        if (service === undefined) throw new Error('somebody is missing');
        const loop = { pages: [POPULAR_PAGE], ...span };
        return worked(service, span.warmUpSeconds + span.seconds, () => crowd.loop(loop));
      }),
    );
    const [base = []] = runs;
    for (const [at, variant] of names.entries()) {
      const own = runs[at] ?? [];
      const { perSecond, latency, workMs } = middle(own);
      const shape = `popular products, ${connections} connections`;
      const note = toldWork(workMs);
      bench.row({ variant, shape, perSecond, latency, ratio: ratioTo(base, own), note });
      bench.expectNone(
        own.flatMap(({ wrong, firstWrong }) => (wrong === 0 ? [] : `${variant}: ${firstWrong}`)),
      );
    }
    bench.figure(POPULAR_WORK, ratioTo(base, runs[1] ?? [], workOf));
    bench.figure(POPULAR, ratioTo(base, runs[1] ?? []));
  });
}
