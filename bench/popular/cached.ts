import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { type BareAnswer, startBareHttp } from '../lib/bare.ts';
import type { Bench } from '../lib/bench.ts';
import { complaintsAboutReads, type LoopReport } from '../lib/crowd-tasks.ts';
import { type Crowd, withCrowds } from '../lib/crowds.ts';
import { median } from '../lib/latency.ts';
import { processorSeconds } from '../lib/processor-time.ts';
import { inTurns, middle, ratioTo } from '../lib/rounds.ts';
import { type Service, withServices } from '../lib/service.ts';
import {
  type Observer,
  POPULAR,
  popularPage,
  type PopularPage,
  type Stage,
  USUAL,
} from './stage.ts';

export const TO_BARE = 'cached popular reads, to bare node:http';
export const PER_SECOND = 'cached popular reads/s, one process';
export const PROCESSOR = 'cached popular read, processor time to bare node:http';
export const HIT_RATE = 'reads answered from memory while rankings change, %';
export const BUILDS = 'builds of a ranking in the database for each new version, at most';

/** Some that many ask for. */
const WANTED: readonly PopularPage[] = [
  USUAL,
  popularPage(3, 'revenue'),
  popularPage(7),
  popularPage(7, 'revenue', 10),
  popularPage(1),
  popularPage(30, 'quantity', 50),
];

/** Three hundred times as often as usual. */
const BETWEEN_ROLL_UPS_MS = 1_000;

type Measured = LoopReport & { readonly microseconds: number };

/** Prepared answers over HTTP, next to a server that does nothing but send the same bytes. */
export async function measureCached(bench: Bench, { services: [service] }: Stage): Promise<void> {
  const answer = await answerOf(service);
  const connections = bench.small ? 8 : 64;
  const span = { warmUpSeconds: bench.small ? 0 : 0.5, seconds: bench.seconds(2, 0.3) };
  const measure = async (crowd: Crowd, { pid }: Service): Promise<Measured> => {
    const before = await processorSeconds(pid);
    const report = await crowd.loop({ pages: [{ path: POPULAR, begins: answer.body }], ...span });
    const took = (await processorSeconds(pid)) - before;
    const { warmUpSeconds, seconds } = span;
    const reads = report.perSecond * (warmUpSeconds + seconds);
    return { ...report, microseconds: (took / reads) * 1e6 };
  };
  await withServices([() => startBareHttp(answer)], async ([bare]) => {
    if (bare === undefined) throw new Error('the bare server is missing');
    await withCrowds(async (open) => {
      const ours = await open([service.url], connections);
      const theirs = await open([bare.url], connections);
      const [own = [], base = []] = await inTurns(bench.small ? 1 : 9, [
        () => measure(ours, service),
        () => measure(theirs, bare),
      ]);
      const shape = `${answer.body.length} characters, ${connections} connections`;
      for (const each of [...own, ...base]) bench.expectNone(complaintsAboutReads(each, shape));
      tell(bench, 'Jumun, one process', shape, own, ratioTo(base, own));
      tell(bench, 'bare node:http', shape, base, 1);
      bench.figure(TO_BARE, ratioTo(base, own));
      bench.figure(PER_SECOND, middle(own).perSecond);
      bench.figure('bare node:http, reads/s', middle(base).perSecond);
      bench.figure(PROCESSOR, processorOf(own) / processorOf(base));
    });
  });
}

const processorOf = (runs: readonly Measured[]): number =>
  median(runs.map(({ microseconds }) => microseconds));

function tell(
  bench: Bench,
  variant: string,
  shape: string,
  runs: readonly Measured[],
  ratio: number,
): void {
  const { perSecond, latency } = middle(runs);
  const note = `${processorOf(runs).toFixed(1)} µs of a processor for each`;
  bench.row({ variant, shape, perSecond, latency, ratio, note });
}

/** Headers that belong to a connection or a moment: the bare server has its own. */
const OWN = new Set(['date', 'connection', 'keep-alive']);

/** The whole answer as our front sends it to who does not speak of codings. */
async function answerOf({ url }: Service): Promise<BareAnswer> {
  const asked = request(`${url}${POPULAR}`).end();
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  const { rawHeaders } = response;
  const headers: string[] = [];
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const [name = '', value = ''] = rawHeaders.slice(at, at + 2);
    if (!OWN.has(name.toLowerCase())) headers.push(name, value);
  }
  return { headers, body: await text(response) };
}

/** Reads of several rankings at two processes while all rankings are replaced again and again. */
export const measureHitRate = (bench: Bench, stage: Stage): Promise<void> =>
  stage.observed((observer) => readWhileRankingsChange(bench, stage, observer));

async function readWhileRankingsChange(
  bench: Bench,
  { services, sell, count }: Stage,
  observer: Observer,
): Promise<void> {
  const urls = services.map(({ url }) => url);
  const counts = async () => ({
    looks: await observer.looks(),
    rollUps: await observer.rollUps(),
    builds: await Promise.all(WANTED.map((page) => observer.builds(page))),
  });
  await withCrowds(async (open) => {
    const readers = await open(urls, bench.small ? 8 : 64);
    await readers.loop({ pages: WANTED, warmUpSeconds: 0, seconds: 0.2 });
    const before = await counts();
    const seconds = bench.seconds(10, 1);
    const ends = performance.now() + seconds * 1_000;
    const keepMoving = async (): Promise<void> => {
      while (performance.now() < ends) {
        await sell();
        await count();
        await sleep(BETWEEN_ROLL_UPS_MS);
      }
    };
    const [report] = await Promise.all([
      readers.loop({ pages: WANTED, warmUpSeconds: 0, seconds }),
      keepMoving(),
    ]);
    const after = await counts();
    bench.expectNone(complaintsAboutReads(report, 'reads while rankings change'));
    const reads = report.perSecond * seconds;
    const looks = after.looks - before.looks;
    const rollUps = after.rollUps - before.rollUps;
    const most = Math.max(...after.builds.map((built, at) => built - (before.builds[at] ?? 0)));
    bench.row({
      variant: 'Jumun, two processes',
      shape: `${WANTED.length} rankings, replaced ${rollUps} times`,
      perSecond: report.perSecond,
      latency: report.latency,
      note: `a process had one of them not in memory ${looks} times, none was built more than ${most} times`,
    });
    bench.figure(HIT_RATE, 100 * (1 - looks / reads));
    // What was there at the beginning may still have been being built.
    const versions = rollUps + 1;
    bench.figure(BUILDS, most / versions);
    const complaint = `a ranking was built ${most} times for ${versions} versions`;
    bench.expectNone(most > versions ? [complaint] : []);
  });
}
