import type { Bench } from '../lib/bench.ts';
import type { LoadResult, Scenario } from '../lib/load.ts';
import { complaintsAbout, prepareLoad } from '../lib/load.ts';
import { type Contender, shareOf } from '../lib/contender.ts';
import { productsOf } from '../lib/wishes.ts';
import type { Stage } from './stage.ts';

/** Connections of an overload: more than wait at a time, or it would be the generator that makes customers wait. */
const CROWD = 4_000;

const percent = (share: number): string => `${Number((share * 100).toPrecision(3))} %`;

/** A generator that is later than this has had too little of the machine. */
const LATE_MS = 20;

/** What the reader should know about the generator's part in a result. */
const remarks = ({ notSent, lateness }: LoadResult): readonly string[] => [
  ...(notSent > 0 ? [`${notSent} could not be begun`] : []),
  ...(lateness.p99 > LATE_MS
    ? [`the generator itself was ${Math.round(lateness.p99)} ms late`]
    : []),
];

/** Orders that arrive at a rate of their own. */
export async function measureOpen(bench: Bench, stage: Stage, perSecond: number): Promise<void> {
  for (const contender of [stage.jumun, stage.twoJumuns]) {
    const result = await contender.serve(bench, {
      ...spanOf(bench),
      connections: bench.small ? 20 : 200,
      wishes: 'uniform',
      pace: { kind: 'OPEN', perSecond },
    });
    bench.row({
      variant: contender.name,
      shape: `HTTP, open loop, ${perSecond} orders/s`,
      perSecond: result.perSecond,
      latency: result.latency,
      note: remarks(result).join(', '),
    });
  }
}

/**
 * Three times what one process can do: it should do nearly as much as it can, and tell the others at once. The peak is
 * measured before and after.
 */
export async function measureOverload(bench: Bench, { jumun }: Stage): Promise<void> {
  const atPeak = (): Promise<LoadResult> =>
    jumun.serve(bench, {
      connections: bench.small ? 8 : 200,
      wishes: 'uniform',
      pace: { kind: 'CLOSED' },
      warmUpSeconds: bench.small ? 0.2 : 0.75,
      seconds: bench.seconds(3, 0.3),
    });
  const before = await atPeak();
  const perSecond = Math.round(before.perSecond * 3);
  const connections = bench.small ? 50 : CROWD;
  const result = await jumun.serve(bench, {
    ...spanOf(bench),
    ...(bench.small ? {} : { warmUpSeconds: 4 }),
    connections,
    wishes: 'uniform',
    pace: { kind: 'OPEN', perSecond },
    payAgain: true,
    alsoExpected: [503],
  });
  const after = await atPeak();
  const { perSecond: accepted, steps } = result;
  const ratio = (2 * accepted) / (before.perSecond + after.perSecond);
  bench.row({
    variant: jumun.name,
    shape: `HTTP, overload: ${perSecond} orders/s offered`,
    perSecond: accepted,
    latency: result.latency,
    ratio,
    note: [
      'ratio to the peak',
      `p99 of an accepted order request ${Math.round(steps['create']?.p99 ?? 0)} ms`,
      `${percent(shareOf(result, 503))} of the answers are 503`,
      `${connections} connections`,
      ...remarks(result),
    ].join(', '),
  });
  bench.figure('overload, accepted to peak', ratio);
  bench.figure('overload, p99 ms of an accepted order request', steps['create']?.p99 ?? 0);
  bench.figure('overload, share shed', shareOf(result, 503));
}

/** Many who look and some who buy, all at once, on two processes. */
export async function measureJoint(bench: Bench, { twoJumuns }: Stage): Promise<void> {
  const [reads, orders] = bench.small ? [100, 20] : [5_000, 1_000];
  const reading = await prepareLoad(readsOf(bench, twoJumuns, reads));
  const buying = await twoJumuns.prepare(bench, {
    ...spanOf(bench),
    connections: bench.small ? 20 : 200,
    wishes: 'uniform',
    pace: { kind: 'OPEN', perSecond: orders },
  });
  const [read, bought] = await Promise.all([reading.run(), buying()]);
  bench.expectNone(complaintsAbout(read, 'reads beside orders'));
  for (const [what, result, due] of [
    ['product reads', read, reads],
    ['orders', bought, orders],
  ] as const) {
    bench.row({
      variant: twoJumuns.name,
      shape: `HTTP, joint load, open loop: ${due} ${what}/s`,
      perSecond: result.perSecond,
      latency: result.latency,
      note: remarks(result).join(', '),
    });
    bench.figure(`joint load, ${what}/s`, result.perSecond);
    bench.figure(`joint load, p99 ms of ${what}`, result.latency.p99);
  }
}

const readsOf = (bench: Bench, { urls }: Contender, perSecond: number): Scenario => ({
  ...spanOf(bench),
  urls,
  connections: bench.small ? 20 : 200,
  customers: { first: 1, count: 1 },
  journey: { kind: 'READ', paths: productsOf('uniform').map((id) => `/api/v1/products/${id}`) },
  pace: { kind: 'OPEN', perSecond },
});

const spanOf = (bench: Bench): Pick<Scenario, 'warmUpSeconds' | 'seconds'> => ({
  warmUpSeconds: bench.small ? 0.2 : 2,
  seconds: bench.seconds(5, 0.5),
});
