import type { Database } from '@jumun/adapters';
import { userId } from '@jumun/domain';
import { type Bench, BenchFailed } from '../lib/bench.ts';
import { openJumun } from '../lib/container.ts';
import { RICH, withDatabase } from '../lib/database.ts';
import type { Span } from '../lib/in-process.ts';
import { type Latency, LatencyMeter } from '../lib/latency.ts';
import { inTurns, middle } from '../lib/rounds.ts';

const SELECT = 'SELECT user_id, balance, entries, updated_at FROM wallets';

/** Resolves to the customer's balance. */
type ReadWallet = (customer: number) => Promise<number>;

interface ReadRate {
  readonly perSecond: number;
  readonly latency: Latency;
}

export const COALESCED_256 = 'wallets, 256 callers in process, to one query each';
export const COALESCED_1000 = 'wallets, 1,000 callers in process, to one query each';

/** Reads wallets in this process: through the shop, and by a query for each on as many connections. */
export const compareWalletReads = (bench: Bench, server: string): Promise<void> =>
  withDatabase({ server, seed: RICH }, async (db) => {
    const jumun = await openJumun(db.url);
    try {
      const ours: ReadWallet = async (customer) => {
        const wallet = await jumun.shop.readWallet(userId(customer));
        if (wallet.isErr()) throw new BenchFailed([`a wallet was refused: ${wallet.error.code}`]);
        return wallet.value.balance;
      };
      const each = oneQueryEach(db.database);
      const span = { warmUpSeconds: bench.small ? 0 : 0.5, seconds: bench.seconds(2, 0.3) };
      for (const [figure, callers] of [
        [COALESCED_256, 256],
        [COALESCED_1000, 1_000],
      ] as const) {
        const [own = [], base = []] = await inTurns(bench.small ? 1 : 3, [
          () => read(ours, callers, span),
          () => read(each, callers, span),
        ]);
        const [through, single] = [middle(own), middle(base)];
        const ratio = through.perSecond / single.perSecond;
        const shape = `wallet, ${callers} callers`;
        bench.row({ variant: 'Shop.readWallet on MariaDB', shape, ...through, ratio });
        bench.row({ variant: 'one query each', shape, ...single, ratio: 1 });
        bench.figure(figure, ratio);
      }
    } finally {
      await jumun.shop.close();
      await jumun.close();
    }
    bench.expectNone(await db.audit());
  });

/** The same statement for one wallet, on a pool of the same size. */
const oneQueryEach =
  (database: Database): ReadWallet =>
  async (customer) => {
    const [row] = await database.read((session) =>
      session.selectByKeys<{ balance: number }>({ select: SELECT, key: ['user_id'] }, [[customer]]),
    );
    return row?.balance ?? 0;
  };

/** All callers read wallet after wallet, each waiting for one at a time. Throws when a balance is wrong. */
async function read(
  readWallet: ReadWallet,
  callers: number,
  { warmUpSeconds, seconds }: Span,
): Promise<ReadRate> {
  const meter = new LatencyMeter();
  const from = performance.now() + warmUpSeconds * 1_000;
  const to = from + seconds * 1_000;
  let next = 0;
  const keepReading = async (): Promise<void> => {
    for (let asked = performance.now(); asked < to;) {
      next = (next % RICH.customers) + 1;
      const customer = next;
      const balance = await readWallet(customer);
      if (balance !== RICH.balance)
        throw new BenchFailed([`customer ${customer} has ${balance} won`]);
      const answered = performance.now();
      if (asked >= from && answered < to) meter.record(answered - asked);
      asked = answered;
    }
  };
  await Promise.all(Array.from({ length: callers }, keepReading));
  const { latency } = meter;
  return { perSecond: latency.count / seconds, latency };
}
