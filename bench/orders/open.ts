import type { Bench } from '../lib/bench.ts';
import { shareOf } from '../lib/contender.ts';
import { remarksOn } from '../lib/joint-load.ts';
import type { LoadResult, Scenario } from '../lib/load.ts';
import type { Stage } from './stage.ts';

/** Connections of an overload: more than wait at a time, or it would be the generator that makes customers wait. */
const CROWD = 4_000;

const percent = (share: number): string => `${Number((share * 100).toPrecision(3))} %`;

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
      note: remarksOn(result).join(', '),
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
      ...remarksOn(result),
    ].join(', '),
  });
  bench.figure('overload, accepted to peak', ratio);
  bench.figure('overload, p99 ms of an accepted order request', steps['create']?.p99 ?? 0);
  bench.figure('overload, share shed', shareOf(result, 503));
}

const spanOf = (bench: Bench): Pick<Scenario, 'warmUpSeconds' | 'seconds'> => ({
  warmUpSeconds: bench.small ? 0.2 : 2,
  seconds: bench.seconds(5, 0.5),
});
