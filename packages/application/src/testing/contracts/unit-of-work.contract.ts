import {
  type Instant,
  pieces,
  productId,
  type UserId,
  userId,
  Wallet,
  walletEntryId,
} from '@jumun/domain';
import {
  aCampaign,
  accepted,
  aCoupon,
  anOrder,
  aProduct,
  aStock,
  aWallet,
  NOON,
} from '@jumun/domain/testing';
import type { Transaction, UnitOfWork } from '../../ports/unit-of-work.js';
import { type Contract, mustEqual, mustReject, type StoreHarness } from './contract.js';
import {
  anEntry,
  aRanking,
  aReview,
  aSale,
  aSum,
  productIds,
  salesDay,
  uncountedSales,
} from './samples.js';

const RACERS = 20;

/** Callers that take turns at the two ways into the store. */
const racers = ({ unitOfWork, rival }: StoreHarness, count = RACERS): readonly UnitOfWork[] =>
  Array.from({ length: count }, (_, at) => (at % 2 === 0 ? unitOfWork : rival));

const shelve = ({ unitOfWork }: StoreHarness, ...ids: readonly number[]): Promise<void> =>
  unitOfWork.run(async (tx) => {
    await tx.products.addMany(ids.map((id) => aProduct({ id })));
    await tx.stocks.addMany(ids.map((id) => aStock({ productId: id, onHand: 100_000 })));
  });

/** Reads, then writes what it read and one more: the way to lose updates where rows are not locked. */
async function reserveOne(tx: Transaction, ids: readonly number[]): Promise<void> {
  const stocks = await tx.stocks.lockMany(productIds(...ids));
  await pass(tx, 3);
  await tx.stocks.saveMany([...stocks.values()].map((stock) => accepted(stock.reserve(pieces(1)))));
}

/** Lets time go by inside a transaction, a round trip at a time. */
async function pass(tx: Transaction, roundTrips: number): Promise<void> {
  for (let trip = 0; trip < roundTrips; trip += 1) await tx.idempotency.find([]);
  for (let trip = 0; trip < roundTrips; trip += 1) {
    await tx.products.findMany(productIds(999_999));
  }
}

const available = async ({ queries }: StoreHarness, id: number): Promise<number | undefined> =>
  (await queries.catalogue.stocks(productIds(id))).get(productId(id));

/** A charge as the desk does it: the first one opens the wallet. */
async function charge(tx: Transaction, customer: UserId, entryId: number): Promise<void> {
  const stored = (await tx.wallets.lockMany([customer])).get(customer);
  await pass(tx, 1);
  const { next, entry } = accepted(
    (stored ?? Wallet.open(customer, NOON)).charge({
      entryId: walletEntryId(entryId),
      amount: 1_000,
      at: NOON,
    }),
  );
  await (stored === undefined ? tx.wallets.addMany([next]) : tx.wallets.saveMany([next]));
  await tx.wallets.appendEntries([entry]);
}

async function writeEverywhere(tx: Transaction): Promise<void> {
  await tx.orders.addMany([anOrder()]);
  await tx.wallets.addMany([aWallet({ balance: 1_000 })]);
  await tx.wallets.appendEntries([anEntry()]);
  await tx.campaigns.addMany([aCampaign()]);
  await tx.coupons.addMany([aCoupon({ userId: 1 })]);
  await tx.products.addMany([aProduct()]);
  await tx.stocks.addMany([aStock()]);
  await tx.reviews.addMany([aReview()]);
  await tx.sales.append([aSale()]);
  await tx.statistics.addDaily([aSum()]);
  await tx.statistics.saveRankings([aRanking()], 1, NOON);
  await tx.idempotency.remember([
    { userId: userId(1), key: 'k', fingerprint: 'f', answer: '1', createdAt: NOON },
  ]);
}

/** How many rows of each kind {@link writeEverywhere} has left. */
async function traces({ queries }: StoreHarness): Promise<Readonly<Record<string, number>>> {
  const { wallets, catalogue, orders, coupons, statistics, idempotency } = queries;
  const [customer, product] = [userId(1), productId(101)];
  const now: Instant = NOON;
  return {
    orders: (await orders.list(customer, null, 9)).length,
    wallets: (await wallets.findMany([customer])).size,
    entries: (await wallets.entries(customer, null, 9)).length,
    campaigns: (await coupons.runningCampaigns(now)).length,
    coupons: (await coupons.ofUser(customer)).length,
    products: (await catalogue.findMany([product])).size,
    stocks: (await catalogue.stocks([product])).size,
    reviews: (await catalogue.reviews(product, null, 9)).length,
    sales: (await uncountedSales(queries)).length,
    sums: (await statistics.daily(salesDay(20_240_117))).length,
    rankings: (await statistics.rankings()).length,
    revisions: (await statistics.progress()).revision,
    answers: (await idempotency.find([{ userId: customer, key: 'k' }])).length,
  };
}

const all = (count: number): Readonly<Record<string, number>> => ({
  orders: count,
  wallets: count,
  entries: count,
  campaigns: count,
  coupons: count,
  products: count,
  stocks: count,
  reviews: count,
  sales: count,
  sums: count,
  rankings: count,
  revisions: count,
  answers: count,
});

const commits: Contract<StoreHarness> = [
  {
    sentence: 'commits what a work wrote, and answers what the work answered',
    async check(harness) {
      const answer = await harness.unitOfWork.run(async (tx) => {
        await writeEverywhere(tx);
        return 'done';
      });
      mustEqual(answer, 'done', 'the answer');
      mustEqual(await traces(harness), all(1), 'rows');
    },
  },
  {
    sentence: 'commits whatever a work answers: only a rejection rolls back',
    async check(harness) {
      for (const [at, answer] of [undefined, null, false, 0].entries()) {
        const answered = await harness.unitOfWork.run(async (tx) => {
          await tx.wallets.addMany([aWallet({ userId: at + 1 })]);
          return answer;
        });
        mustEqual(answered, answer, 'the answer');
        const found = await harness.queries.wallets.findMany([userId(at + 1)]);
        mustEqual(found.size, 1, 'wallets');
      }
    },
  },
  {
    sentence: 'leaves nothing of a work that rejected, and rejects with its very fault',
    async check(harness) {
      const fault = new Error('changed my mind');
      const work = harness.unitOfWork.run(async (tx) => {
        await writeEverywhere(tx);
        throw fault;
      });
      const told = await mustReject(work, 'a work that throws');
      mustEqual(told === fault, true, 'whether it is the fault that was thrown');
      mustEqual(await traces(harness), all(0), 'rows');
      await harness.unitOfWork.run(writeEverywhere);
      mustEqual(await traces(harness), all(1), 'rows after the work was done again');
    },
  },
  {
    sentence: 'leaves nothing of a work whose last write failed',
    async check(harness) {
      await harness.unitOfWork.run((tx) => tx.wallets.addMany([aWallet({ userId: 2 })]));
      const work = harness.unitOfWork.run(async (tx) => {
        await writeEverywhere(tx);
        await tx.wallets.addMany([aWallet({ userId: 2 })]);
      });
      await mustReject(work, 'adding a wallet that is there');
      mustEqual(await traces(harness), all(0), 'rows');
    },
  },
];

const isolation: Contract<StoreHarness> = [
  {
    sentence: 'shows a reader nothing that is not committed',
    async check(harness) {
      await shelve(harness, 101);
      let reading: Promise<number | undefined> = Promise.resolve(undefined);
      const work = harness.unitOfWork.run(async (tx) => {
        await reserveOne(tx, [101]);
        reading = available(harness, 101);
        await pass(tx, 20);
        throw new Error('rolled back');
      });
      await mustReject(work, 'a work that throws');
      mustEqual(await reading, 100_000, 'pieces a reader saw meanwhile');
    },
  },
  {
    sentence: 'shows another transaction nothing that is not committed',
    async check(harness) {
      await shelve(harness, 101);
      let peeking: Promise<number | undefined> = Promise.resolve(undefined);
      const work = harness.unitOfWork.run(async (tx) => {
        await reserveOne(tx, [101]);
        peeking = harness.rival.run(
          async (other) =>
            (await other.stocks.lockMany(productIds(101))).get(productId(101))?.available,
        );
        await pass(tx, 20);
        throw new Error('rolled back');
      });
      await mustReject(work, 'a work that throws');
      mustEqual(await peeking, 100_000, 'pieces another transaction saw meanwhile');
    },
  },
  {
    sentence: 'makes a second transaction wait for rows that a first one has locked',
    async check(harness) {
      await shelve(harness, 101);
      let second: Promise<number | undefined> = Promise.resolve(undefined);
      await harness.unitOfWork.run(async (tx) => {
        await tx.stocks.lockMany(productIds(101));
        second = harness.rival.run(
          async (other) =>
            (await other.stocks.lockMany(productIds(101))).get(productId(101))?.available,
        );
        await pass(tx, 20);
        await reserveOne(tx, [101]);
      });
      mustEqual(await second, 99_999, 'pieces the second transaction saw');
    },
  },
  {
    sentence: 'shows everybody what was committed',
    async check(harness) {
      await shelve(harness, 101);
      await harness.rival.run((tx) => reserveOne(tx, [101]));
      mustEqual(await available(harness, 101), 99_999, 'pieces');
    },
  },
];

const races: Contract<StoreHarness> = [
  {
    sentence: 'loses none of many changes to one row at once',
    async check(harness) {
      await shelve(harness, 101);
      await Promise.all(racers(harness).map((racer) => racer.run((tx) => reserveOne(tx, [101]))));
      mustEqual(await available(harness, 101), 100_000 - RACERS, 'pieces');
    },
  },
  {
    sentence: 'lets everybody through who locks the same rows, in whatever order they are named',
    async check(harness) {
      const ids = [1, 2, 3, 4, 5];
      await shelve(harness, ...ids);
      await Promise.all(
        racers(harness).map((racer, at) =>
          racer.run((tx) => reserveOne(tx, at % 3 === 0 ? ids : ids.toReversed())),
        ),
      );
      for (const id of ids) mustEqual(await available(harness, id), 100_000 - RACERS, 'pieces');
    },
  },
  {
    sentence: 'counts every charge of a wallet that all of them are the first to open',
    async check(harness) {
      const customer = userId(7);
      const charging = racers(harness, 6).map((racer, at) =>
        racer.run((tx) => charge(tx, customer, at + 1)),
      );
      await Promise.all(charging);
      const wallet = (await harness.queries.wallets.findMany([customer])).get(customer);
      mustEqual([wallet?.balance, wallet?.entries], [6_000, 6], 'balance and number of entries');
      const entries = await harness.queries.wallets.entries(customer, null, 10);
      mustEqual(
        entries.map(({ sequence, balanceAfter }) => [sequence, balanceAfter]),
        [6, 5, 4, 3, 2, 1].map((sequence) => [sequence, sequence * 1_000]),
        'the ledger',
      );
    },
  },
  {
    sentence: 'tells a racer who comes second what the first one did, when both add a row',
    async check(harness) {
      const customer = userId(7);
      const open = async (tx: Transaction): Promise<'opened' | 'found'> => {
        const wallets = await tx.wallets.lockMany([customer]);
        await pass(tx, 1);
        if (wallets.has(customer)) return 'found';
        await tx.wallets.addMany([Wallet.open(customer, NOON)]);
        return 'opened';
      };
      const outcomes = await Promise.all(racers(harness, 4).map((racer) => racer.run(open)));
      mustEqual(outcomes.toSorted(), ['found', 'found', 'found', 'opened'], 'outcomes');
    },
  },
];

/** What transactions owe: all or nothing, nobody sees half of it, and nothing is lost in a race. */
export const unitOfWorkContract: Contract<StoreHarness> = [...commits, ...isolation, ...races];
