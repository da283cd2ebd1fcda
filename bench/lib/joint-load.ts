import type { Bench } from './bench.ts';
import type { Contender } from './contender.ts';
import { complaintsAboutReads, type Page } from './crowd-tasks.ts';
import { withCrowds } from './crowds.ts';
import type { Latency } from './latency.ts';

/** A generator that is later than this has had too little of the machine. */
const LATE_MS = 20;

/** What the reader should know about the generator's part in a result. */
export const remarksOn = ({
  notSent,
  lateness,
}: {
  readonly notSent: number;
  readonly lateness: Latency;
}): readonly string[] => [
  ...(notSent > 0 ? [`${notSent} could not be begun`] : []),
  ...(lateness.p99 > LATE_MS
    ? [`the generator itself was ${Math.round(lateness.p99)} ms late`]
    : []),
];

/** What is read, and how much is read and ordered a second, whatever becomes of what was asked before. */
export interface JointLoad {
  /** What the reads are called. */
  readonly what: string;
  readonly pages: readonly Page[];
  readonly reads: number;
  readonly orders: number;
}

/** Many who look and some who buy, all at once. Nothing may fail. */
export async function measureJoint(
  bench: Bench,
  contender: Contender,
  { what, pages, reads, orders }: JointLoad,
): Promise<void> {
  const span = { warmUpSeconds: bench.small ? 0.2 : 2, seconds: bench.seconds(5, 0.5) };
  const connections = bench.small ? 20 : 200;
  await withCrowds(async (open) => {
    const readers = await open(contender.urls, connections);
    const buying = await contender.prepare(bench, {
      ...span,
      connections,
      wishes: 'uniform',
      pace: { kind: 'OPEN', perSecond: orders },
    });
    const [read, bought] = await Promise.all([
      readers.loop({ pages, perSecond: reads, ...span }),
      buying(),
    ]);
    bench.expectNone(complaintsAboutReads(read, `${what} beside orders`));
    const load = `${reads} ${what}/s and ${orders} orders/s`;
    for (const [kind, result] of [
      [what, read],
      ['orders', bought],
    ] as const) {
      const { perSecond, latency } = result;
      const note = remarksOn(result).join(', ');
      const shape = `HTTP, joint load of ${load}: ${kind}`;
      bench.row({ variant: contender.name, shape, perSecond, latency, note });
      bench.figure(`joint load of ${load}: ${kind}/s`, perSecond);
      bench.figure(`joint load of ${load}: p99 ms of ${kind}`, latency.p99);
    }
  });
}
