import type { Database } from '@jumun/adapters';
import { type Bench, runBench } from './lib/bench.ts';
import { addCampaigns, couponsOf } from './lib/campaigns.ts';
import type { BurstReport } from './lib/crowd-tasks.ts';
import { type Crowd, type OpenCrowds, withCrowds } from './lib/crowds.ts';
import { RICH, versionOf, withDatabase } from './lib/database.ts';
import { median } from './lib/latency.ts';
import { mostConnections } from './lib/open-files.ts';
import { withMysql, withRedis } from './lib/servers.ts';
import { type Service, startFront, startService, withServices } from './lib/service.ts';

// How long 1,000 customers wait who all want the last coupon of a campaign at one moment, and 10,000 who want the last
// hundred. They have been waiting for that moment: their connections are open, and each has asked for something before.
// Where they are strangers, the service sees their tokens for the first time.

const ONE = 'one process, last coupon: average ms';
const TWO = 'two processes, last coupon: average ms';
const STRANGERS = 'one process, last coupon, strangers: average ms';
const BETTER = 'naive Redlock: average, times ours in one process';

const REDLOCK = new URL('baselines/redlock-coupons.ts', import.meta.url);
/**
 * The library's own pauses, which serve this crowd sooner than shorter or longer ones do, and as many of them as it takes:
 * with the usual ten retries more than half of the crowd would give up.
 */
const RETRIES = { retryCount: 1_000, retryDelay: 200, retryJitter: 100 };

/** A way to serve the crowd. */
interface Variant {
  readonly name: string;
  readonly services: readonly Service[];
  readonly isBaseline: boolean;
}

/** Customers who want what is left of a campaign. */
interface Rush {
  readonly shape: string;
  readonly customers: number;
  readonly connections: number;
  readonly total: number;
  readonly issued: number;
  readonly waiting: boolean;
  readonly rounds: number;
  readonly warmUps: number;
}

interface Scene {
  readonly bench: Bench;
  readonly database: Database;
  readonly open: OpenCrowds;
  /** Ids of campaigns and of customers that nobody has had yet. */
  readonly fresh: { campaign: number; customer: number };
}

async function measure(scene: Scene, services: readonly Service[]): Promise<void> {
  const { bench } = scene;
  const redlock = { name: 'naive Redlock', services: services.slice(4), isBaseline: true };
  const variants: readonly Variant[] = [
    { name: 'one process', services: services.slice(0, 1), isBaseline: false },
    { name: 'two processes', services: services.slice(0, 2), isBaseline: false },
    { name: 'one process, no Redis', services: services.slice(2, 3), isBaseline: false },
    { name: 'two processes, no Redis', services: services.slice(2, 4), isBaseline: false },
  ];
  const [one, two] = variants as [Variant, Variant];
  const last = await rush(scene, [...variants, redlock], lastCoupon(bench));
  bench.figure(ONE, averageIn(last, one));
  bench.figure(TWO, averageIn(last, two));
  bench.figure(BETTER, averageIn(last, redlock) / averageIn(last, one));
  const strange = await rush(scene, [one, two], strangers(bench));
  bench.figure(STRANGERS, averageIn(strange, one));
  await rush(scene, [one, redlock], firstHundred(bench));
  const thousands = await tenThousand(bench);
  // One after the other: no process could hold the connections to all of them.
  for (const variant of [one, two]) await rush(scene, [variant], thousands);
}

type Averages = ReadonlyMap<Variant, number>;

const averageIn = (averages: Averages, variant: Variant): number =>
  averages.get(variant) ?? Number.NaN;

const lastCoupon = ({ small }: Bench): Rush => {
  const customers = small ? 50 : 1_000;
  return {
    shape: `${customers} at once for 1 coupon`,
    customers,
    connections: customers,
    total: 100,
    issued: 99,
    waiting: true,
    rounds: small ? 1 : 5,
    warmUps: small ? 0 : 4,
  };
};

const strangers = (bench: Bench): Rush => ({
  ...lastCoupon(bench),
  shape: `${lastCoupon(bench).shape}, strangers`,
  waiting: false,
});

const firstHundred = (bench: Bench): Rush => ({
  ...lastCoupon(bench),
  shape: `${lastCoupon(bench).customers} at once for ${bench.small ? 10 : 100} coupons`,
  issued: bench.small ? 90 : 0,
  rounds: bench.small ? 1 : 3,
  warmUps: 0,
});

/** The crowd that the naive way does not serve within minutes. */
async function tenThousand(bench: Bench): Promise<Rush> {
  const customers = bench.small ? 300 : 10_000;
  const connections = Math.min(customers, await mostConnections());
  if (connections < customers) {
    bench.say(`The limit on open files allows ${connections} connections, not ${customers}.`);
  }
  return {
    shape: `${customers} at once for 100 coupons over ${connections} connections`,
    customers,
    connections,
    total: 100,
    issued: 0,
    waiting: true,
    rounds: bench.small ? 1 : 3,
    warmUps: bench.small ? 0 : 1,
  };
}

/** Lets every variant in turn serve the rush, round after round; resolves to the averages, by variant. */
async function rush(scene: Scene, variants: readonly Variant[], shape: Rush): Promise<Averages> {
  const { bench } = scene;
  const reports = new Map<Variant, BurstReport[]>(variants.map((variant) => [variant, []]));
  const crowds = new Map<Variant, Crowd>();
  for (const variant of variants) {
    const urls = variant.services.map(({ url }) => url);
    crowds.set(variant, await scene.open(urls, shape.connections));
  }
  for (let round = -shape.warmUps; round < shape.rounds; round += 1) {
    for (const [variant, crowd] of crowds) {
      if (variant.isBaseline && round < -1) continue;
      const report = await burst(scene, variant, crowd, shape);
      if (round >= 0) reports.get(variant)?.push(report);
    }
  }
  for (const crowd of crowds.values()) await crowd.close();
  return tell(bench, reports, shape);
}

/** One burst at a campaign of its own. Whatever was answered is checked against what is stored. */
async function burst(
  { bench, database, fresh }: Scene,
  variant: Variant,
  crowd: Crowd,
  { customers, total, issued, waiting }: Rush,
): Promise<BurstReport> {
  const { campaign: campaignId, customer: firstCustomer } = fresh;
  fresh.campaign += 1;
  fresh.customer += customers;
  await addCampaigns(database, { firstId: campaignId, count: 1, total, issued });
  const report = await crowd.burst({ campaignId, firstCustomer, customers, waiting });
  const complaints = [
    ...wrongAnswers(report, variant.isBaseline ? null : customers, total - issued),
    ...wrongCoupons(report, await couponsOf(database, campaignId), issued),
  ];
  bench.expectNone(complaints.map((each) => `${variant.name}, campaign ${campaignId}: ${each}`));
  return report;
}

/** Winners are as many as there were coupons; of `customers`, all others were told that the coupons are gone. */
function wrongAnswers(
  { answers }: BurstReport,
  customers: number | null,
  left: number,
): readonly string[] {
  const { '201': winners = 0, '409 COUPON_EXHAUSTED': losers = 0 } = answers;
  const told = JSON.stringify(answers);
  if (winners !== left) return [`${winners} winners instead of ${left}: ${told}`];
  if (customers === null || losers === customers - left) return [];
  return [`${losers} were told that the coupons are gone, instead of ${customers - left}: ${told}`];
}

/** Those that were left are exactly those that customers were given: by id and number, and without a gap. */
function wrongCoupons(
  { coupons }: BurstReport,
  stored: Awaited<ReturnType<typeof couponsOf>>,
  issued: number,
): readonly string[] {
  const given = coupons.toSorted((a, b) => a.issueNumber - b.issueNumber);
  const left = stored.slice(issued);
  const wrong = given.findIndex(
    ({ id, issueNumber }, at) => issueNumber !== issued + at + 1 || left[at]?.id !== id,
  );
  if (wrong >= 0) return [`coupon ${JSON.stringify(given[wrong])} was given, and is not stored so`];
  return left.length === given.length ? [] : [`${left.length} are stored, ${given.length} given`];
}

function tell(
  bench: Bench,
  reports: ReadonlyMap<Variant, readonly BurstReport[]>,
  { shape, customers }: Rush,
): Averages {
  const averages = new Map([...reports].map(([of, all]) => [of, median(all.map(averageOf))]));
  const baseline = [...averages].find(([{ isBaseline }]) => isBaseline)?.[1];
  for (const [variant, of] of reports) {
    const average = averageIn(averages, variant);
    // The round in the middle stands for all of them.
    const middle = of.toSorted((a, b) => averageOf(a) - averageOf(b))[Math.floor(of.length / 2)];
    if (middle === undefined) continue;
    const { latency, lastAnswerMs, answers } = middle;
    const { '201': _winners, '409 COUPON_EXHAUSTED': _losers, ...errors } = answers;
    const spread = `${Math.min(...of.map(averageOf)).toFixed(0)}-${Math.max(...of.map(averageOf)).toFixed(0)}`;
    bench.row({
      variant: variant.name,
      shape,
      perSecond: (customers / lastAnswerMs) * 1_000,
      latency,
      ...(baseline === undefined ? {} : { ratio: baseline / average }),
      note: `average ${average.toFixed(1)} ms (${spread} in ${of.length} rounds)${
        Object.keys(errors).length === 0 ? '' : `, errors: ${JSON.stringify(errors)}`
      }`,
    });
  }
  return averages;
}

const averageOf = ({ latency }: BurstReport): number => latency.mean;

await runBench(
  'coupons',
  [
    { name: ONE, required: 100, aim: 60, atMost: true },
    { name: TWO, required: 100, aim: 60, atMost: true },
    { name: STRANGERS, required: 100, aim: 60, atMost: true },
    { name: BETTER, required: 25 },
  ],
  (bench) =>
    withMysql((server) =>
      withRedis((redisUrl) =>
        withDatabase({ server, seed: { ...RICH, customers: 1, products: 1 } }, async (db) => {
          const { url: databaseUrl, database } = db;
          bench.on(await versionOf(db));
          const shared = () => startService({ databaseUrl, redisUrl });
          const alone = () => startService({ databaseUrl });
          const naive = () => startFront(REDLOCK, { databaseUrl, redisUrl, ...RETRIES });
          await withServices([shared, shared, alone, alone, naive], (services) =>
            withCrowds((open) =>
              measure({ bench, database, open, fresh: { campaign: 1, customer: 1 } }, services),
            ),
          );
          bench.expectNone(await db.audit());
        }),
      ),
    ),
);
