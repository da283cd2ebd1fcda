import { startBareExpress } from '../lib/bare.ts';
import type { Bench } from '../lib/bench.ts';
import { openJumun } from '../lib/container.ts';
import { complaintsAboutReads, type LoopReport, type Page } from '../lib/crowd-tasks.ts';
import { type Crowd, withCrowds } from '../lib/crowds.ts';
import { type BenchDatabase, RICH, versionOf, withDatabase } from '../lib/database.ts';
import { inTurns, middle } from '../lib/rounds.ts';
import { type Service, startService, withServices } from '../lib/service.ts';
import { mintToken } from '../lib/tokens.ts';
import { type Past, type PastSize, shopBefore } from './history.ts';
import { type PageKind, pageKinds } from './pages.ts';

const WARM_UP_SECONDS = 0.5;

/**
 * Reads pages over HTTP from a shop on this server, or on `sqlite`, and from bare Express. Resolves to the version of the
 * database.
 */
export const compareReads = (bench: Bench, server: string): Promise<string> =>
  withDatabase({ server, seed: RICH }, async (db) => {
    const size: PastSize = {
      customers: bench.small ? 8 : 128,
      orders: bench.small ? 3 : 22,
      products: RICH.products,
    };
    const past = await makePast(db, size);
    const store = server === 'sqlite' ? 'SQLite' : 'MariaDB';
    await withServices([() => startService({ databaseUrl: db.url })], ([service]) =>
      compareAll(bench, store, service, pageKinds(past, size)),
    );
    bench.expectNone(await db.audit(past.flat()));
    return versionOf(db);
  });

async function makePast({ url }: BenchDatabase, size: PastSize): Promise<Past> {
  const jumun = await openJumun(url);
  try {
    return await shopBefore(jumun.shop, size);
  } finally {
    await jumun.shop.close();
    await jumun.close();
  }
}

/** A kind of page, and what stands for it in the process that is nothing but Express. */
interface Twins {
  readonly kind: PageKind;
  readonly bare: Page;
}

async function compareAll(
  bench: Bench,
  store: string,
  service: Service | undefined,
  kinds: readonly PageKind[],
): Promise<void> {
  const twins: Twins[] = [];
  const url = service?.url ?? '';
  for (const [at, kind] of kinds.entries()) {
    twins.push({ kind, bare: { path: `/${at}`, begins: await typicalBody(url, kind.pages) } });
  }
  const bodies = twins.map(({ bare: { path, begins } }) => [path, JSON.parse(begins) as unknown]);
  const startBare = () => startBareExpress(Object.fromEntries(bodies) as Record<string, unknown>);
  await withServices([startBare], ([express]) =>
    withCrowds(async (open) => {
      const connections = bench.small ? 8 : 64;
      const crowds = {
        ours: await open([url], connections),
        theirs: await open([express?.url ?? ''], connections),
      };
      for (const each of twins) await compare(bench, store, crowds, each);
    }),
  );
}

async function compare(
  bench: Bench,
  store: string,
  { ours, theirs }: { readonly ours: Crowd; readonly theirs: Crowd },
  { kind, bare }: Twins,
): Promise<void> {
  const warmUpSeconds = bench.small ? 0 : WARM_UP_SECONDS;
  const span = { warmUpSeconds, seconds: bench.seconds(1.5, 0.3) };
  const [own = [], base = []] = await inTurns(bench.small ? 1 : 3, [
    () => ours.loop({ pages: kind.pages, ...span }),
    () => theirs.loop({ pages: [bare], ...span }),
  ]);
  const shape = `${kind.name}, ${ours.connections} connections`;
  bench.expectNone([...wrongIn(own, `Jumun, ${shape}`), ...wrongIn(base, `Express, ${shape}`)]);
  const [jumun, express] = [middle(own), middle(base)];
  const ratio = jumun.perSecond / express.perSecond;
  bench.row({ variant: `Jumun on ${store}`, shape, ...rated(jumun), ratio });
  bench.row({ variant: 'bare Express', shape, ...rated(express), ratio: 1 });
  bench.figure(`${kind.name} on ${store} to bare Express`, ratio);
}

/** The body of the page that is in the middle by its length. */
async function typicalBody(url: string, pages: readonly Page[]): Promise<string> {
  const bodies: string[] = [];
  for (const { path, customer } of pages) {
    const headers: Record<string, string> = {};
    if (customer !== undefined) headers['authorization'] = `Bearer ${await mintToken(customer)}`;
    bodies.push(await (await fetch(`${url}${path}`, { headers })).text());
  }
  const sorted = bodies.toSorted((a, b) => a.length - b.length);
  return sorted[Math.floor(sorted.length / 2)] ?? '';
}

const wrongIn = (reports: readonly LoopReport[], what: string): readonly string[] =>
  reports.flatMap((report) => complaintsAboutReads(report, what));

const rated = ({ perSecond, latency, bytes }: LoopReport) => ({
  perSecond,
  latency,
  note: `${Math.round(bytes)} bytes`,
});
