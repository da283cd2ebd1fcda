import { describe, expect, it } from '@jest/globals';
import { NOON } from '@jumun/domain/testing';
import type { Cache } from '../../ports/cache.js';
import type { EventBus, ShopNews } from '../../ports/event-bus.js';
import type { IdSource } from '../../ports/id-source.js';
import type { HoldSignal, Lock } from '../../ports/lock.js';
import type { Queries } from '../../ports/queries.js';
import type { SalesMoment } from '../../ports/statistics.js';
import type { Transaction, UnitOfWork } from '../../ports/unit-of-work.js';
import { ExpiringLock } from '../doubles/expiring-lock.js';
import { ManualClock } from '../doubles/manual-clock.js';
import { NeverLock } from '../doubles/never-lock.js';
import { InMemoryCache } from '../in-memory/in-memory-cache.js';
import { InMemoryEventBus } from '../in-memory/in-memory-event-bus.js';
import { InMemoryLock } from '../in-memory/in-memory-lock.js';
import { InMemoryQueries } from '../in-memory/in-memory-queries.js';
import { dailyKey, InMemoryStore, rankingKey, saleKey } from '../in-memory/in-memory-store.js';
import { InMemoryUnitOfWork } from '../in-memory/in-memory-unit-of-work.js';
import { cacheContract, type CacheHarness } from './cache.contract.js';
import {
  type Contract,
  describeContract,
  type Rule,
  type Runner,
  type StoreHarness,
} from './contract.js';
import { eventBusContract } from './event-bus.contract.js';
import { idSourceContract } from './id-source.contract.js';
import { lockContract } from './lock.contract.js';
import { plantedFaults, soundTwins } from './planted-faults.js';
import { aRanking, FAR_FUTURE, salesDay } from './samples.js';
import { storeContracts } from './store-contracts.js';

/** Every engine that runs these tests has it; the core is compiled without the types of any platform. */
declare function setImmediate(resume: (value: unknown) => void): void;

/** Checks of in-memory things need no more turns of the event loop than this: one that does hangs for ever. */
const PATIENCE_TURNS = 20;

async function hangs(): Promise<never> {
  for (let turn = 0; turn < PATIENCE_TURNS; turn += 1) {
    await new Promise((resume) => {
      setImmediate(resume);
    });
  }
  throw new Error('it never comes to an end');
}

/** The rules that an adapter breaks. */
async function breachesOf<Harness>(
  contract: Contract<Harness>,
  makeHarness: () => Harness,
): Promise<readonly string[]> {
  const breaches: string[] = [];
  for (const { sentence, check } of contract) {
    try {
      await Promise.race([check(makeHarness()), hangs()]);
    } catch {
      breaches.push(sentence);
    }
  }
  return breaches;
}

const everyStoreRule = Object.values(storeContracts).flat();

type Repositories = { -readonly [Name in keyof Transaction]: Transaction[Name] };

/** An in-memory store with one thing wrong. */
function storeWith(wrong: {
  readonly store?: () => InMemoryStore;
  readonly run?: <T>(inner: UnitOfWork, work: (tx: Transaction) => Promise<T>) => Promise<T>;
  readonly tx?: (tx: Repositories, store: InMemoryStore) => Partial<Transaction>;
  readonly queries?: (queries: Queries, store: InMemoryStore) => Partial<Queries>;
}): StoreHarness {
  const store = wrong.store?.() ?? new InMemoryStore();
  const inner = new InMemoryUnitOfWork(store);
  const queries = new InMemoryQueries(store);
  const unitOfWork: UnitOfWork = {
    run: (work) => {
      const worked: typeof work = (tx) => work({ ...tx, ...wrong.tx?.({ ...tx }, store) });
      return wrong.run === undefined ? inner.run(worked) : wrong.run(inner, worked);
    },
  };
  return {
    unitOfWork,
    rival: unitOfWork,
    queries: {
      wallets: queries.wallets,
      catalogue: queries.catalogue,
      orders: queries.orders,
      coupons: queries.coupons,
      sales: queries.sales,
      rankings: queries.rankings,
      statistics: queries.statistics,
      deliveries: queries.deliveries,
      idempotency: queries.idempotency,
      audit: queries.audit,
      ping: () => queries.ping(),
      ...wrong.queries?.(queries, store),
    },
  };
}

class UnlockedStore extends InMemoryStore {
  override exclusively<T>(work: () => Promise<T>): Promise<T> {
    return work();
  }
}

type FaultyStores = Readonly<
  Record<string, { readonly wrong: Parameters<typeof storeWith>[0]; readonly caughtBy: string[] }>
>;

/** What can go wrong where sales are counted: each is a way to count one twice, or never, or to show what is not. */
const faultyStatistics: FaultyStores = {
  'records that are read and not taken': {
    wrong: {
      tx: ({ statistics }, store) => ({
        statistics: {
          ...statistics,
          takeUncounted: async (limit) => store.sales.all().slice(0, limit),
        },
      }),
    },
    caughtBy: [
      'takes every record once, sales and refunds, as many at a time as it is told',
      'passes over what is not committed, and finds it afterwards, once',
      'shows the records of a range of orders that were not counted, and no other',
    ],
  },
  'records that are taken more than were asked for': {
    wrong: {
      tx: ({ statistics }) => ({
        statistics: {
          ...statistics,
          takeUncounted: (limit) => statistics.takeUncounted(limit + 1),
        },
      }),
    },
    caughtBy: ['takes every record once, sales and refunds, as many at a time as it is told'],
  },
  'records that stay taken after a rollback': {
    wrong: {
      tx: ({ statistics }, store) => ({
        statistics: {
          ...statistics,
          takeUncounted: async (limit) => {
            const taken = await statistics.takeUncounted(limit);
            const keys = taken.map(saleKey).map((key) => [key, key] as const);
            store.countedSales.commit(new Map(keys), new Set());
            return taken;
          },
        },
      }),
    },
    caughtBy: ['has taken nothing when the transaction is rolled back'],
  },
  'sums that are replaced instead of increased': {
    wrong: {
      tx: ({ statistics }, store) => ({
        statistics: {
          ...statistics,
          addDaily: async (sums) => {
            const before = sums.flatMap((sum) => store.dailySales.get(dailyKey(sum)) ?? []);
            await statistics.addDaily(
              before.map((sum) => ({ ...sum, quantity: -sum.quantity, revenue: -sum.revenue })),
            );
            await statistics.addDaily(sums);
          },
        },
      }),
    },
    caughtBy: [
      'adds to the sum of a day and product, makes one that is not there, and moves on',
      'takes many sums at once, and corrections, which are counted',
    ],
  },
  'corrections that nobody can tell from counting': {
    wrong: {
      tx: ({ statistics }) => ({
        statistics: { ...statistics, correctDaily: (sums) => statistics.addDaily(sums) },
      }),
    },
    caughtBy: ['takes many sums at once, and corrections, which are counted'],
  },
  'rankings that are kept beside the new ones': {
    wrong: {
      tx: ({ statistics }, store) => ({
        statistics: {
          ...statistics,
          saveRankings: (rankings, version, at) => {
            const named = new Set(rankings.map(rankingKey));
            const others = store.rankings.all().filter((each) => !named.has(rankingKey(each)));
            return statistics.saveRankings([...rankings, ...others], version, at);
          },
        },
      }),
    },
    caughtBy: ['stores rankings instead of all that there were, and tells what they are made from'],
  },
  'rankings of any sort': {
    wrong: {
      queries: ({ rankings }) => ({
        rankings: { ...rankings, find: (days) => rankings.find(days, 'quantity') },
      }),
    },
    caughtBy: ['finds the ranking of just these days and this sort, every place as it was stored'],
  },
  'rankings that are there before they were made': {
    wrong: {
      queries: ({ rankings }) => ({
        rankings: {
          find: async (days, sort) =>
            (await rankings.find(days, sort)) ?? { ...aRanking({ days, sort, places: [] }) },
          version: async () => (await rankings.version()) || 1,
        },
      }),
    },
    caughtBy: ['knows no ranking before one was stored'],
  },
  'orders that count as sold before they are paid': {
    wrong: {
      queries: ({ statistics }, store) => ({
        statistics: {
          ...statistics,
          atOneMoment: (look) =>
            statistics.atOneMoment((moment) =>
              look({
                ...moment,
                sold: async (after, limit) => {
                  const page = await moment.sold(after, limit);
                  const range = store.orders
                    .all()
                    .filter(({ id }) => id > (after ?? 0) && id <= (page.last ?? 0));
                  const orders = range.map(({ id, createdAt }) => ({
                    id,
                    paidAt: createdAt,
                    lines: [],
                  }));
                  return { ...page, orders };
                },
              }),
            ),
        },
      }),
    },
    caughtBy: [
      'shows what COMPLETED orders have sold after the discount, page by page, and no other',
    ],
  },
  'sums of every day': {
    wrong: {
      queries: ({ statistics }, store) => ({
        statistics: { ...statistics, daily: async () => store.dailySales.all() },
      }),
    },
    caughtBy: ['shows the sums by day, and which days have any'],
  },
  'a moment that goes on': {
    wrong: {
      queries: ({ statistics }) => ({
        statistics: {
          ...statistics,
          atOneMoment: (look) => {
            const now = <T>(see: (moment: SalesMoment) => Promise<T>): Promise<T> =>
              statistics.atOneMoment(see);
            return look({
              progress: () => now((moment) => moment.progress()),
              sold: (after, limit) => now((moment) => moment.sold(after, limit)),
              uncounted: (after, last) => now((moment) => moment.uncounted(after, last)),
              days: () => now((moment) => moment.days()),
              daily: (day) => now((moment) => moment.daily(day)),
            });
          },
        },
      }),
    },
    caughtBy: ['shows one moment, whatever is sold and counted while somebody looks at it'],
  },
  'popularity of all times': {
    wrong: {
      queries: ({ sales }) => ({
        sales: { piecesSold: (ids) => sales.piecesSold(ids, salesDay(0)) },
      }),
    },
    caughtBy: ['tells the pieces counted from a day on, without those that were refunded'],
  },
};

/** What can go wrong where messages are sent: each is a way to lose one, to send it twice, or to send it out of turn. */
const faultyDeliveries: FaultyStores = {
  'messages that are lost': {
    wrong: {
      tx: ({ deliveries }) => ({ deliveries: { ...deliveries, append: async () => undefined } }),
    },
    caughtBy: [
      'puts messages in line as they are, to be sent at once',
      'takes several messages about one order, and never two of one number',
    ],
  },
  'messages in the order of their age, without a status': {
    wrong: {
      queries: ({ deliveries }) => ({
        deliveries: {
          ...deliveries,
          list: async (_status, before, limit) =>
            (await deliveries.list(null, before, limit)).toReversed(),
        },
      }),
    },
    caughtBy: [
      'lists messages newest first, below the cursor, up to the limit, of one status or all',
    ],
  },
  'messages that are given by id, not by how long they are due': {
    wrong: {
      tx: ({ deliveries }) => ({
        deliveries: {
          ...deliveries,
          lockDue: async (status, by, limit) =>
            (await deliveries.lockDue(status, by, 9_999))
              .toSorted((a, b) => a.id - b.id)
              .slice(0, limit),
        },
      }),
    },
    caughtBy: ['gives messages that are due, the longest due first, up to the limit, whole'],
  },
  'leases that do not count the attempt': {
    wrong: {
      tx: ({ deliveries }) => ({
        deliveries: { ...deliveries, lease: (ids, until) => deliveries.postpone(ids, until) },
      }),
    },
    caughtBy: [
      'counts an attempt of what is leased, and gives it to nobody before the lease ends',
      'gives a FAILED message when it is to be sent again, and never one that is refused',
    ],
  },
  'leases that nobody heeds': {
    wrong: {
      tx: ({ deliveries }) => ({
        deliveries: {
          ...deliveries,
          lockDue: (status, _by, limit) => deliveries.lockDue(status, FAR_FUTURE, limit),
        },
      }),
    },
    caughtBy: [
      'counts an attempt of what is leased, and gives it to nobody before the lease ends',
      'gives each message to one of many who take at the same time, and none waits',
    ],
  },
  'outcomes that are not written down': {
    wrong: {
      tx: ({ deliveries }) => ({ deliveries: { ...deliveries, saveMany: async () => undefined } }),
    },
    caughtBy: [
      'saves what became of messages, many at once, and locks them before',
      'fails to save or to lease a message that is not there',
    ],
  },
  'FAILED messages that count as delivered': {
    wrong: {
      tx: ({ deliveries }) => ({
        deliveries: {
          ...deliveries,
          findUndelivered: async (orders) =>
            (await deliveries.findUndelivered(orders)).filter(({ status }) => status !== 'FAILED'),
        },
      }),
      queries: ({ deliveries }) => ({
        deliveries: {
          ...deliveries,
          backlog: async () => ({ ...(await deliveries.backlog()), failed: 0 }),
        },
      }),
    },
    caughtBy: [
      'tells which messages of an order are not delivered, FAILED ones too',
      'tells how many messages wait and how many are FAILED, and how old the oldest is',
    ],
  },
  'messages that are never released': {
    wrong: {
      tx: ({ deliveries }) => ({ deliveries: { ...deliveries, release: async () => undefined } }),
    },
    caughtBy: ['puts a message off, and releases those behind the first ones of orders'],
  },
  'FAILED messages that are given to an operator again and again': {
    wrong: {
      tx: ({ deliveries }) => ({
        deliveries: {
          ...deliveries,
          lockFailed: (_after, limit) => deliveries.lockFailed(null, limit),
        },
      }),
    },
    caughtBy: ['gives the FAILED messages by id, some at a time, whether or not they are due'],
  },
};

const faultyStores: FaultyStores = {
  'transactions that do not lock': {
    wrong: { store: () => new UnlockedStore() },
    caughtBy: [
      'loses none of many changes to one row at once',
      'makes a second transaction wait for rows that a first one has locked',
      'gives the turn to one at a time, so that of many who count together none counts twice',
      'makes who awaits the turn wait until it is free',
      'counts every charge of a wallet that all of them are the first to open',
    ],
  },
  'a rollback of works that answer nothing': {
    wrong: {
      run: async (inner, work) => {
        const signal = new Error('nothing');
        try {
          return await inner.run(async (tx) => {
            const answer = await work(tx);
            if (answer === false) throw signal;
            return answer;
          });
        } catch (fault) {
          if (fault === signal) return false as Awaited<ReturnType<typeof work>>;
          throw fault;
        }
      },
    },
    caughtBy: ['commits whatever a work answers: only a rejection rolls back'],
  },
  'a fault of its own instead of the work’s': {
    wrong: {
      run: async (inner, work) => {
        try {
          return await inner.run(work);
        } catch (cause) {
          throw new Error('transaction failed', { cause });
        }
      },
    },
    caughtBy: ['leaves nothing of a work that rejected, and rejects with its very fault'],
  },
  'writes that readers see before the commit': {
    wrong: {
      tx: ({ stocks }, store) => ({
        stocks: {
          ...stocks,
          saveMany: async (saved) => {
            await stocks.saveMany(saved);
            const rows = saved.map((stock) => [stock.productId, stock.toSnapshot()] as const);
            store.stocks.commit(new Map(rows), new Set());
          },
        },
      }),
    },
    caughtBy: [
      'shows a reader nothing that is not committed',
      'shows another transaction nothing that is not committed',
    ],
  },
  'a saveMany that passes over missing rows': {
    wrong: {
      tx: ({ stocks }) => ({
        stocks: {
          ...stocks,
          saveMany: async (saved) => {
            const there = await stocks.lockMany(saved.map(({ productId }) => productId));
            await stocks.saveMany(saved.filter(({ productId }) => there.has(productId)));
          },
        },
      }),
    },
    caughtBy: ['refuses to save a row that is not there, and then saves none'],
  },
  'an addMany that overwrites': {
    wrong: {
      tx: ({ wallets }) => ({
        wallets: {
          ...wallets,
          addMany: async (added) => {
            const there = await wallets.lockMany(added.map(({ userId }) => userId));
            await wallets.saveMany(added.filter(({ userId }) => there.has(userId)));
            await wallets.addMany(added.filter(({ userId }) => !there.has(userId)));
          },
        },
      }),
    },
    caughtBy: ['adds no row of a set in which one is there already'],
  },
  'a lockMany that answers in the order of the question': {
    wrong: {
      tx: ({ orders }) => ({
        orders: {
          ...orders,
          lockMany: async (ids) => {
            const found = await orders.lockMany(ids);
            return new Map(
              ids.flatMap((id) => {
                const order = found.get(id);
                return order === undefined ? [] : [[id, order] as const];
              }),
            );
          },
        },
      }),
    },
    caughtBy: ['loads ids ascending, each once, without those that have no row'],
  },
  'a lost payment': {
    wrong: {
      tx: ({ orders }) => ({
        orders: {
          ...orders,
          saveMany: async (saved) => {
            const before = await orders.lockMany(saved.map(({ id }) => id));
            await orders.saveMany(saved.map((order) => before.get(order.id) ?? order));
          },
        },
      }),
    },
    caughtBy: ['gives back every state as it was saved'],
  },
  'idempotency keys taken whatever their case': {
    wrong: {
      tx: ({ idempotency }) => ({
        idempotency: {
          ...idempotency,
          find: (keys) =>
            idempotency.find(
              keys.flatMap((each) => [each, { ...each, key: each.key.toLowerCase() }]),
            ),
        },
      }),
    },
    caughtBy: ['takes keys to the letter, and each customer’s for their own'],
  },
  'buyers by any order': {
    wrong: {
      tx: ({ reviews }, store) => ({
        reviews: {
          ...reviews,
          findBuyers: async (of) => {
            const customers = new Set(store.orders.all().map(({ userId }) => userId));
            return of.filter(({ userId }) => customers.has(userId));
          },
        },
      }),
    },
    caughtBy: [
      'takes for a buyer only who has a COMPLETED order with the product',
      'finds buyers by every product of their orders, each once however often they bought',
    ],
  },
  'a search by patterns': {
    wrong: {
      queries: ({ catalogue }) => ({
        catalogue: {
          ...catalogue,
          search: (search, offset, limit) =>
            catalogue.search(
              { ...search, text: search.text?.replaceAll('%', '') ?? null },
              offset,
              limit,
            ),
        },
      }),
    },
    caughtBy: ['takes %, _ and \\ in a search for what they are'],
  },
  'a cursor that forgets the id': {
    wrong: {
      queries: ({ orders }) => ({
        orders: {
          ...orders,
          list: (userId, after, limit) =>
            orders.list(userId, after && { ...after, id: 1 as typeof after.id }, limit),
        },
      }),
    },
    caughtBy: [
      'lists orders newest first, those of one moment by id, and goes on where a page ended',
    ],
  },
  'orders that are due a moment too late': {
    wrong: {
      queries: ({ orders }) => ({
        orders: {
          ...orders,
          due: (now, after, limit) => orders.due((now - 1) as typeof now, after, limit),
        },
      }),
    },
    caughtBy: [
      'finds the PENDING orders whose time is over, the longest overdue first, page by page',
    ],
  },
  'sales without refunds': {
    wrong: {
      tx: ({ sales }) => ({
        sales: { append: (all) => sales.append(all.filter(({ quantity }) => quantity > 0)) },
      }),
    },
    caughtBy: [
      'appends sales and refunds as they are, to be counted',
      'tells the pieces counted from a day on, without those that were refunded',
    ],
  },
  ...faultyStatistics,
  ...faultyDeliveries,
};

/** The rules that fail, of those that are handed to a test runner. */
async function failuresOf(describeIn: (runner: Runner) => void): Promise<readonly string[]> {
  const rules: Rule<undefined>[] = [];
  describeIn({
    describe: (_name, body) => body(),
    it: (sentence, check) => rules.push({ sentence, check }),
  });
  return breachesOf(rules, () => undefined);
}

describe('The kit, in any test runner, catches', () => {
  it.each(plantedFaults)('$name', async ({ caughtBy, describe: describeFault }) => {
    expect(await failuresOf(describeFault)).toContain(caughtBy);
  });

  it.each(soundTwins)('not $name', async ({ caughtBy, describe: describeTwin }) => {
    expect(await failuresOf(describeTwin)).not.toContain(caughtBy);
  });

  it('nothing in an adapter that keeps a contract, of which it makes one for each rule', async () => {
    let made = 0;
    const failures = await failuresOf((runner) =>
      describeContract(runner, 'a clean cache', cacheContract, async () => {
        made += 1;
        const clock = new ManualClock(NOON);
        return {
          cache: new InMemoryCache(clock),
          pass: async (milliseconds) => clock.advance(milliseconds),
        };
      }),
    );
    expect(failures).toEqual([]);
    expect(made).toBe(cacheContract.length);
  });
});

describe('The contracts of a store catch', () => {
  it('nothing in a store that keeps them', async () => {
    expect(await breachesOf(everyStoreRule, () => storeWith({}))).toEqual([]);
  });

  it.each(Object.entries(faultyStores))('%s', async (_name, { wrong, caughtBy }) => {
    const breaches = await breachesOf(everyStoreRule, () => storeWith(wrong));
    expect(breaches).toEqual(expect.arrayContaining(caughtBy));
    expect(breaches.length).toBeLessThan(everyStoreRule.length / 2);
  });
});

const faultyCaches: Readonly<
  Record<string, { make: (inner: Cache) => Cache; caughtBy: string[] }>
> = {
  'one that keeps what was invalidated while it was loaded': {
    make: (inner) => {
      const kept = new Map<string, string>();
      return {
        read: async (key, _ttlMs, load) => {
          const value = kept.get(key) ?? (await load());
          if (value !== undefined) kept.set(key, value);
          return value;
        },
        invalidate: async (keys) => {
          for (const key of keys) kept.delete(key);
          await inner.invalidate(keys);
        },
      };
    },
    caughtBy: [
      'does not keep what was invalidated while it was loaded',
      'lets callers at one time share one load',
      'keeps nothing for longer than it was told',
    ],
  },
  'one that lets late readers join a load from before the invalidation': {
    make: (inner) => {
      const flights = new Map<string, Promise<string | undefined>>();
      return {
        read: (key, ttlMs, load) => {
          const flight =
            flights.get(key) ?? inner.read(key, ttlMs, load).finally(() => flights.delete(key));
          flights.set(key, flight);
          return flight;
        },
        invalidate: (keys) => inner.invalidate(keys),
      };
    },
    caughtBy: ['starts afresh for who comes after an invalidation, while the old load still runs'],
  },
  'one that never forgets by itself': {
    make: (inner) => ({
      read: (key, _ttlMs, load) => inner.read(key, 1e12, load),
      invalidate: (keys) => inner.invalidate(keys),
    }),
    caughtBy: ['keeps nothing for longer than it was told'],
  },
  'one that remembers a missing value': {
    make: (inner) => {
      const missing = new Set<string>();
      return {
        read: async (key, ttlMs, load) => {
          if (missing.has(key)) return undefined;
          const value = await inner.read(key, ttlMs, load);
          if (value === undefined) missing.add(key);
          return value;
        },
        invalidate: (keys) => inner.invalidate(keys),
      };
    },
    caughtBy: ['does not keep undefined'],
  },
  'one that remembers a rejection': {
    make: (inner) => {
      const failed = new Map<string, unknown>();
      return {
        read: async (key, ttlMs, load) => {
          if (failed.has(key)) throw failed.get(key);
          try {
            return await inner.read(key, ttlMs, load);
          } catch (fault) {
            failed.set(key, fault);
            throw fault;
          }
        },
        invalidate: (keys) => inner.invalidate(keys),
      };
    },
    caughtBy: ['does not remember a load that rejected, and rejects with its fault'],
  },
};

describe('The contract of a cache catches', () => {
  const harness = (make: (inner: Cache) => Cache): CacheHarness => {
    const clock = new ManualClock(NOON);
    return {
      cache: make(new InMemoryCache(clock)),
      pass: async (milliseconds) => clock.advance(milliseconds),
    };
  };

  it.each(Object.entries(faultyCaches))('%s', async (_name, { make, caughtBy }) => {
    const breaches = await breachesOf(cacheContract, () => harness(make));
    expect(breaches).toEqual(expect.arrayContaining(caughtBy));
    expect(breaches.length).toBeLessThan(cacheContract.length / 2);
  });
});

/** Takes its keys in the order in which they are named. */
class UnsortedLock implements Lock {
  constructor(private readonly inner: Lock) {}

  withLock<T>(
    [first, ...rest]: readonly string[],
    ttlMs: number,
    work: (signal: HoldSignal) => Promise<T>,
  ): Promise<T> {
    if (first === undefined) return this.inner.withLock([], ttlMs, work);
    return this.inner.withLock([first], ttlMs, (signal) =>
      rest.length === 0 ? work(signal) : this.withLock(rest, ttlMs, work),
    );
  }
}

const faultyLocks: Readonly<
  Record<string, { make: (clock: ManualClock) => Lock; caughtBy: string[] }>
> = {
  'one that lets everybody in': {
    make: () => new NeverLock(),
    caughtBy: [
      'lets one work in at a time for one key',
      'keeps a second work out for as long as the first one is inside',
    ],
  },
  'one whose holds end in the middle': {
    make: () => new ExpiringLock(),
    caughtBy: ['lets one work in at a time for one key'],
  },
  'one whose holds never end by themselves': {
    make: () => new InMemoryLock({ elapsed: () => new Promise(() => {}) }),
    caughtBy: ['ends a hold with its time: the signal aborts, and the next one comes in'],
  },
  'one that takes keys in the order in which they are named': {
    make: (clock) => new UnsortedLock(new InMemoryLock(clock)),
    caughtBy: ['lets everybody through who wants several keys, in whatever order they are named'],
  },
  'one lock for all keys': {
    make: (clock) => {
      const inner = new InMemoryLock(clock);
      return { withLock: (_keys, ttlMs, work) => inner.withLock(['all'], ttlMs, work) };
    },
    caughtBy: ['lets works with different keys in together'],
  },
};

describe('The contract of a lock catches', () => {
  it.each(Object.entries(faultyLocks))('%s', async (_name, { make, caughtBy }) => {
    const breaches = await breachesOf(lockContract, () => {
      const clock = new ManualClock(NOON);
      const lock = make(clock);
      return { lock, rival: lock, pass: async (milliseconds) => clock.advance(milliseconds) };
    });
    expect(breaches).toEqual(expect.arrayContaining(caughtBy));
    expect(breaches.length).toBeLessThan(lockContract.length);
  });
});

describe('The contract of an event bus catches', () => {
  it('one that a throwing listener brings down, and one that cannot stop', async () => {
    const breaches = await breachesOf(eventBusContract, () => {
      const listeners: ((news: ShopNews) => void)[] = [];
      const events: EventBus = {
        publish: async (news) => {
          for (const listener of listeners) listener(news);
        },
        subscribe: (listener) => {
          listeners.push(listener);
          return () => {};
        },
      };
      return { events, rival: events, delivered: () => Promise.resolve() };
    });
    expect(breaches).toEqual([
      'tells no more to a listener that has stopped, and goes on for the others',
      'is not disturbed by a listener that throws',
    ]);
  });

  it('one that passes on only what it has always known', async () => {
    const breaches = await breachesOf(eventBusContract, () => {
      const events = new InMemoryEventBus();
      const old: EventBus = {
        publish: async (news) => {
          if (news.type === 'CouponCampaignChanged') await events.publish(news);
        },
        subscribe: (listener) => events.subscribe(listener),
      };
      return { events: old, rival: old, delivered: () => Promise.resolve() };
    });
    expect(breaches).toEqual(['tells news of every kind as it is']);
  });
});

describe('The contract of an id source catches', () => {
  const breachesOfSource = (make: () => IdSource): Promise<readonly string[]> =>
    breachesOf(idSourceContract, () => ({ ids: make(), rival: make() }));

  it('two processes that give the same ids', async () => {
    const breaches = await breachesOfSource(() => {
      const last = new Map<string, number>();
      return {
        allocate: async (kind, count) => {
          const first = (last.get(kind) ?? 0) + 1;
          last.set(kind, first + count - 1);
          return Array.from({ length: count }, (_, at) => first + at);
        },
      };
    });
    expect(breaches).toEqual(['gives no id twice, whoever asks and however many at once']);
  });

  it('one counter for every kind', async () => {
    let last = 0;
    const breaches = await breachesOfSource(() => ({
      allocate: async (_kind, count) => Array.from({ length: count }, () => (last += 1)),
    }));
    expect(breaches).toEqual(['counts every kind for itself']);
  });
});
