import { isDeepStrictEqual } from 'node:util';
import { type Bench, runBench } from './lib/bench.ts';
import type { Requirement } from './lib/figures.ts';
import { inTurns, middle, ratioTo } from './lib/rounds.ts';
import { aCase, aRichWallet, someStocks } from './decisions/case.ts';
import type { Desk } from './decisions/desk.ts';
import { ImmutableDesk } from './decisions/immutable.ts';
import { MutableDesk } from './decisions/mutable.ts';

// How many decisions a second, in memory, and what does it cost that no aggregate ever changes?

const BUY = 'place and pay, 5 lines, a coupon: of the mutable twin';

const REQUIREMENTS: readonly Requirement[] = [{ name: BUY, required: 0.5 }];

/** One step, and how many decisions of the domain it takes. */
interface Step {
  readonly shape: string;
  readonly decisions: string;
  readonly figure: string;
  readonly take: (desk: Desk, at: number) => unknown;
}

const STEPS: readonly Step[] = [
  {
    shape: 'an order, bought',
    decisions: '5 lines, a coupon: 16 decisions',
    figure: BUY,
    take: (desk, at) => desk.buy(at),
  },
  {
    shape: 'Order',
    decisions: 'place, pay',
    figure: 'Order, of the mutable twin',
    take: (desk, at) => desk.placeAndPay(at),
  },
  {
    shape: 'Stock',
    decisions: 'reserve, post',
    figure: 'Stock, of the mutable twin',
    take: (desk) => desk.sellPiece(),
  },
  {
    shape: 'Wallet',
    decisions: 'charge, pay',
    figure: 'Wallet, of the mutable twin',
    take: (desk, at) => desk.chargeAndPay(at),
  },
  {
    shape: 'Coupon',
    decisions: 'reserve, use',
    figure: 'Coupon, of the mutable twin',
    take: (desk, at) => desk.useCoupon(at),
  },
];

const CHUNK = 1_000;

/** Seconds of the processor that this process has had: what others take of a shared machine does not count. */
function processorSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000_000;
}

/** Takes the step over and over. */
function measure(desk: Desk, { take }: Step, seconds: number): { readonly perSecond: number } {
  const from = processorSeconds();
  let [taken, spent] = [0, 0];
  while (spent < seconds) {
    for (let at = 0; at < CHUNK; at += 1) take(desk, (taken += 1));
    spent = processorSeconds() - from;
  }
  return { perSecond: taken / spent };
}

/** Both ways must come to the same, order by order and in the end. */
function compare(bench: Bench): void {
  const [ours, twin] = desks();
  for (let at = 1; at <= CHUNK; at += 1) {
    for (const { take, shape } of STEPS) {
      const [one, other] = [take(ours, at), take(twin, at)];
      if (!isDeepStrictEqual(one, other)) bench.expectNone([`${shape}: not what the twin does`]);
    }
  }
  const [ourOutcome, twinOutcome] = [ours.outcome(), twin.outcome()];
  bench.expectNone(
    isDeepStrictEqual(ourOutcome, twinOutcome)
      ? []
      : [`outcomes: ${JSON.stringify(ourOutcome)}, of the twin ${JSON.stringify(twinOutcome)}`],
  );
}

const desks = (): readonly [Desk, Desk] => {
  const given = aCase();
  return [
    new ImmutableDesk(given, someStocks(), aRichWallet()),
    new MutableDesk(given, someStocks(), aRichWallet()),
  ];
};

await runBench('decisions', REQUIREMENTS, async (bench) => {
  compare(bench);
  const seconds = bench.seconds(0.5, 0.05);
  for (const step of STEPS) {
    const [ours, twin] = desks();
    for (const desk of [ours, twin]) measure(desk, step, seconds);
    const [own = [], base = []] = await inTurns(bench.small ? 1 : 7, [
      async () => measure(ours, step, seconds),
      async () => measure(twin, step, seconds),
    ]);
    const { shape, decisions: note } = step;
    const ratio = ratioTo(base, own);
    bench.row({ variant: 'domain', shape, ...middle(own), ratio, note });
    bench.row({ variant: 'mutable twin', shape, ...middle(base), ratio: 1, note });
    bench.figure(step.figure, ratio);
  }
});
