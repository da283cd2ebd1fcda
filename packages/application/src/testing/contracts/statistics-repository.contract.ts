import {
  afterSeconds,
  type DailySales,
  dailySalesOf,
  type Sale,
  type SalesDay,
} from '@jumun/domain';
import { NOON } from '@jumun/domain/testing';
import type { Transaction, UnitOfWork } from '../../ports/unit-of-work.js';
import { type Contract, must, mustEqual, mustReject, type StoreHarness } from './contract.js';
import {
  aRanking,
  aSale,
  aSum,
  countSales,
  MOST,
  productIds,
  salesDay,
  uncountedSales,
} from './samples.js';

const DAY = salesDay(20_240_117);

const append = (unitOfWork: UnitOfWork, ...sales: readonly Sale[]): Promise<void> =>
  unitOfWork.run((tx) => tx.sales.append(sales));

const take = (unitOfWork: UnitOfWork, limit: number): Promise<readonly Sale[]> =>
  unitOfWork.run(async ({ statistics }) => {
    must(await statistics.takeTurn(), 'the turn is free');
    return statistics.takeUncounted(limit);
  });

/** The sums of a day, by product id. */
const sumsOf = async ({ queries }: StoreHarness, day: SalesDay): Promise<readonly DailySales[]> =>
  (await queries.statistics.daily(day)).toSorted((a, b) => a.productId - b.productId);

/** Lets time go by inside a transaction, a round trip at a time. */
async function pass(tx: Transaction, roundTrips: number): Promise<void> {
  for (let trip = 0; trip < roundTrips; trip += 1) await tx.products.findMany(productIds(999_999));
}

const counting: Contract<StoreHarness> = [
  {
    sentence: 'takes every record once, sales and refunds, as many at a time as it is told',
    async check({ unitOfWork, queries }) {
      const sales = [
        ...[1, 2, 3, 4].map((order) => aSale({ order })),
        aSale({ order: 1, product: 102, revenue: 0 }),
        aSale({ order: 3, day: 20_231_231, quantity: -1, revenue: -25_000 }),
        aSale({ order: MOST, quantity: 999, revenue: MOST }),
      ];
      await append(unitOfWork, ...sales);
      const taken: Sale[] = [];
      for (const expected of [3, 3, 1, 0]) {
        const some = await take(unitOfWork, 3);
        mustEqual(some.length, expected, 'how many were taken');
        taken.push(...some);
      }
      mustEqual(new Set(taken), new Set(sales), 'what was taken');
      mustEqual(await uncountedSales(queries), [], 'what is left');
    },
  },
  {
    sentence: 'finds a record that is committed late, whatever its id',
    async check({ unitOfWork }) {
      await append(unitOfWork, aSale({ order: 5 }), aSale({ order: 7 }));
      mustEqual((await take(unitOfWork, 10)).length, 2, 'how many were there at first');
      const late = [aSale({ order: 3 }), aSale({ order: 6 }), aSale({ order: 7, quantity: -1 })];
      await append(unitOfWork, ...late);
      mustEqual(new Set(await take(unitOfWork, 10)), new Set(late), 'what came late');
    },
  },
  {
    sentence: 'passes over what is not committed, and finds it afterwards, once',
    async check({ unitOfWork, rival }) {
      let meanwhile: Promise<readonly Sale[]> = Promise.resolve([]);
      await rival.run(async (tx) => {
        await tx.sales.append([aSale({ order: 1 })]);
        meanwhile = append(unitOfWork, aSale({ order: 2 })).then(() => take(unitOfWork, 10));
        await pass(tx, 20);
      });
      const taken = [...(await meanwhile), ...(await take(unitOfWork, 10))];
      mustEqual(
        new Set(taken.map(({ orderId }) => orderId as number)),
        new Set([1, 2]),
        'what was taken in all',
      );
      mustEqual(taken.length, 2, 'how many were taken in all');
    },
  },
  {
    sentence: 'has taken nothing when the transaction is rolled back',
    async check(harness) {
      const { unitOfWork, queries } = harness;
      await append(unitOfWork, aSale());
      const work = unitOfWork.run(async ({ statistics }) => {
        await statistics.takeTurn();
        await statistics.addDaily(dailySalesOf(await statistics.takeUncounted(10)));
        throw new Error('rolled back');
      });
      await mustReject(work, 'a work that throws');
      mustEqual((await uncountedSales(queries)).length, 1, 'what is left to count');
      mustEqual(await sumsOf(harness, DAY), [], 'the sums');
      mustEqual((await queries.statistics.progress()).revision, 0, 'the revision');
    },
  },
];

const turns: Contract<StoreHarness> = [
  {
    sentence:
      'gives the turn to one at a time, so that of many who count together none counts twice',
    async check(harness) {
      const { unitOfWork, rival } = harness;
      await append(unitOfWork, ...[1, 2, 3, 4, 5, 6, 7, 8].map((order) => aSale({ order })));
      const racers = [unitOfWork, rival, unitOfWork, rival, unitOfWork, rival];
      const counted = await Promise.all(
        racers.map((racer) =>
          racer.run(async (tx) => {
            if (!(await tx.statistics.takeTurn())) return 0;
            const sales = await tx.statistics.takeUncounted(3);
            await pass(tx, 3);
            await tx.statistics.addDaily(dailySalesOf(sales));
            return sales.length;
          }),
        ),
      );
      const rest = await countSales(unitOfWork);
      const total = counted.reduce((sum, count) => sum + count, rest.length);
      mustEqual(total, 8, 'how many records were taken');
      mustEqual((await sumsOf(harness, DAY))[0]?.quantity, 8, 'how many pieces were added');
    },
  },
  {
    sentence: 'makes who awaits the turn wait until it is free',
    async check(harness) {
      const { unitOfWork, rival } = harness;
      let waiting: Promise<number> = Promise.resolve(0);
      await unitOfWork.run(async (tx) => {
        must(await tx.statistics.takeTurn(), 'the turn is free');
        waiting = rival.run(async ({ statistics }) => {
          await statistics.awaitTurn();
          const { revision } = await statistics.progress();
          await statistics.addDaily([aSum({ quantity: 10 })]);
          return revision;
        });
        await pass(tx, 20);
        await tx.statistics.addDaily([aSum()]);
      });
      mustEqual(await waiting, 1, 'the revision that the one who waited has seen');
      mustEqual((await sumsOf(harness, DAY))[0]?.quantity, 11, 'the pieces that both added');
    },
  },
];

const MANY = 1_200;

const sums: Contract<StoreHarness> = [
  {
    sentence: 'adds to the sum of a day and product, makes one that is not there, and moves on',
    async check(harness) {
      const { unitOfWork, queries } = harness;
      const first = [
        aSum({ product: 101, quantity: 5, revenue: 125_000 }),
        aSum({ product: 102, quantity: 1, revenue: 0 }),
      ];
      const then = [
        aSum({ product: 101, quantity: -2, revenue: -50_000 }),
        aSum({ product: 103, quantity: -1, revenue: -65_000 }),
        aSum({ product: 101, day: 20_240_116, quantity: 7 }),
      ];
      await unitOfWork.run(({ statistics }) => statistics.addDaily(first));
      mustEqual(await sumsOf(harness, DAY), first, 'the sums at first');
      await unitOfWork.run(({ statistics }) => statistics.addDaily(then));
      const expected = [
        aSum({ product: 101, quantity: 3, revenue: 75_000 }),
        aSum({ product: 102, quantity: 1, revenue: 0 }),
        aSum({ product: 103, quantity: -1, revenue: -65_000 }),
      ];
      mustEqual(await sumsOf(harness, DAY), expected, 'the sums of the day');
      mustEqual((await sumsOf(harness, salesDay(20_240_116))).length, 1, 'those of the day before');
      await unitOfWork.run(({ statistics }) => statistics.addDaily([]));
      const { revision, corrections } = await queries.statistics.progress();
      mustEqual([revision, corrections], [2, 0], 'revision and corrections');
    },
  },
  {
    sentence: 'takes many sums at once, and corrections, which are counted',
    async check(harness) {
      const { unitOfWork, queries } = harness;
      const many = Array.from({ length: MANY }, (_, at) => aSum({ product: at + 1 }));
      for (const _ of [1, 2]) await unitOfWork.run((tx) => tx.statistics.addDaily(many));
      await unitOfWork.run((tx) => tx.statistics.correctDaily(many));
      const found = await sumsOf(harness, DAY);
      mustEqual(found.length, MANY, 'how many sums there are');
      const wrong = found.filter(({ quantity, revenue }) => quantity !== 3 || revenue !== 75_000);
      mustEqual(wrong, [], 'sums that are not three times what was added');
      const { revision, corrections } = await queries.statistics.progress();
      mustEqual([revision, corrections], [3, 1], 'revision and corrections');
    },
  },
];

const rankings: Contract<StoreHarness> = [
  {
    sentence: 'stores rankings instead of all that there were, and tells what they are made from',
    async check({ unitOfWork, queries }) {
      const stored = [
        aRanking({ days: 1 }),
        aRanking({ days: 1, sort: 'revenue', places: [] }),
        aRanking({ days: 30 }),
      ];
      await unitOfWork.run(async ({ statistics }) => {
        await statistics.addDaily([aSum()]);
        await statistics.saveRankings(stored, 1, NOON);
        await statistics.addDaily([aSum()]);
      });
      mustEqual(new Set(await queries.statistics.rankings()), new Set(stored), 'the rankings');
      const progress = { revision: 2, corrections: 0, version: 1, rankedRevision: 1 };
      const first = await queries.statistics.progress();
      mustEqual(first, { ...progress, rankedAt: NOON }, 'the progress');

      const later = afterSeconds(NOON, 300);
      const next = [aRanking({ days: 2, version: 2, computedAt: later })];
      await unitOfWork.run(({ statistics }) => statistics.saveRankings(next, 2, later));
      mustEqual(await queries.statistics.rankings(), next, 'the rankings after the next time');
      const second = await unitOfWork.run(({ statistics }) => statistics.progress());
      mustEqual(
        second,
        { ...progress, version: 2, rankedRevision: 2, rankedAt: later },
        'the progress after the next time',
      );
    },
  },
];

/** What a store owes for the statistics. It is asked to count sales of orders and products that it does not have. */
export const statisticsRepositoryContract: Contract<StoreHarness> = [
  ...counting,
  ...turns,
  ...sums,
  ...rankings,
];
