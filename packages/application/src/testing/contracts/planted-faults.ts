import { NOON } from '@jumun/domain/testing';
import type { Cache } from '../../ports/cache.js';
import type { HoldSignal, Lock } from '../../ports/lock.js';
import type { Repository } from '../../ports/repositories.js';
import type { Transaction, UnitOfWork } from '../../ports/unit-of-work.js';
import { ManualClock } from '../doubles/manual-clock.js';
import { InMemoryCache } from '../in-memory/in-memory-cache.js';
import { InMemoryQueries } from '../in-memory/in-memory-queries.js';
import { InMemoryStore } from '../in-memory/in-memory-store.js';
import { InMemoryUnitOfWork } from '../in-memory/in-memory-unit-of-work.js';
import { cacheContract } from './cache.contract.js';
import { type Contract, describeContract, type Runner, type StoreHarness } from './contract.js';
import { lockContract } from './lock.contract.js';
import { statisticsRepositoryContract } from './statistics-repository.contract.js';
import { unitOfWorkContract } from './unit-of-work.contract.js';

/** An adapter with one thing wrong, and what the kit says about it. */
export interface PlantedFault {
  readonly name: string;
  /** The rule that must fail, by its sentence. */
  readonly caughtBy: string;
  /** Hands the faulty adapter to a test runner. The test named {@link caughtBy} fails there, or never ends. */
  readonly describe: (runner: Runner) => void;
}

function planted<Harness>(
  name: string,
  contract: Contract<Harness>,
  caughtBy: string,
  makeHarness: () => Harness,
): PlantedFault {
  return {
    name,
    caughtBy,
    describe: (runner) => describeContract(runner, name, contract, makeHarness),
  };
}

/** Transactions that do not keep each other out. */
class UnlockedStore extends InMemoryStore {
  override exclusively<T>(work: () => Promise<T>): Promise<T> {
    return work();
  }
}

function storeOf(
  store: InMemoryStore,
  wrap: (inner: UnitOfWork) => UnitOfWork = (inner) => inner,
): StoreHarness {
  const unitOfWork = wrap(new InMemoryUnitOfWork(store));
  return { unitOfWork, rival: unitOfWork, queries: new InMemoryQueries(store) };
}

const committingAnyway = (inner: UnitOfWork): UnitOfWork => ({
  async run(work) {
    const outcome = await inner.run(async (tx) => (await Promise.allSettled([work(tx)]))[0]);
    if (outcome.status === 'rejected') throw outcome.reason;
    return outcome.value;
  },
});

/** How a store that locks row by row puts the rows of one question in order. */
type RowOrder = (ids: readonly number[]) => readonly number[];

/** Locks of rows, each held until its transaction ends, over a store whose transactions do not keep each other out. */
const lockingRows =
  (inOrder: RowOrder) =>
  (inner: UnitOfWork): UnitOfWork => {
    const lines = new Map<string, Promise<void>>();
    return {
      async run(work) {
        const held = new Map<string, () => void>();
        const take = async (row: string): Promise<void> => {
          if (held.has(row)) return;
          const before = lines.get(row);
          const { promise, resolve } = Promise.withResolvers<void>();
          held.set(row, resolve);
          lines.set(row, promise);
          await before;
        };
        const locking = <Id extends number, Aggregate, R extends Repository<Id, Aggregate>>(
          name: string,
          repository: R,
        ): R => ({
          ...repository,
          lockMany: async (ids: readonly Id[]) => {
            for (const id of inOrder(ids)) await take(`${name}:${id}`);
            return repository.lockMany(ids);
          },
        });
        try {
          return await inner.run((tx) =>
            work({
              ...tx,
              wallets: locking('wallet', tx.wallets),
              stocks: locking('stock', tx.stocks),
            }),
          );
        } finally {
          for (const release of held.values()) release();
        }
      },
    };
  };

const ascending: RowOrder = (ids) => ids.toSorted((a, b) => a - b);
const asNamed: RowOrder = (ids) => ids;

/** Counts up to the highest order so far: who commits late, with a lower id, is never counted. */
const countingByHighestId =
  (store: InMemoryStore) =>
  (inner: UnitOfWork): UnitOfWork => ({
    run: (work) =>
      inner.run(({ statistics, ...tx }: Transaction) =>
        work({
          ...tx,
          statistics: {
            ...statistics,
            takeUncounted: async (limit) => {
              const counted = store.countedSales.all().map((key) => Number(key.split(':')[0]));
              const highest = Math.max(0, ...counted);
              const taken = await statistics.takeUncounted(limit);
              return taken.filter(({ orderId }) => orderId > highest);
            },
          },
        }),
      ),
  });

interface Owner {
  readonly token: string;
  readonly over: Promise<void>;
  readonly end: () => void;
}

/** As a lock on a server: whoever holds a key writes a token there, and a release is obeyed if it brings that token. */
class TokenLock implements Lock {
  private readonly owners = new Map<string, Owner>();

  constructor(
    private readonly clock: ManualClock,
    private readonly newToken: () => string,
  ) {}

  async withLock<T>(
    keys: readonly string[],
    ttlMs: number,
    work: (signal: HoldSignal) => Promise<T>,
  ): Promise<T> {
    const [signal, token] = [{ aborted: false }, this.newToken()];
    const sorted = [...new Set(keys)].toSorted();
    for (const key of sorted) await this.take(key, token);
    const release = (): void => {
      for (const key of sorted) this.release(key, token);
    };
    const end = (): void => {
      signal.aborted = true;
      release();
    };
    this.clock.elapsed(ttlMs).then(end, end);
    try {
      return await work(signal);
    } finally {
      release();
    }
  }

  private async take(key: string, token: string): Promise<void> {
    for (let owner = this.owners.get(key); owner !== undefined; owner = this.owners.get(key)) {
      await owner.over;
    }
    const { promise, resolve } = Promise.withResolvers<void>();
    this.owners.set(key, { token, over: promise, end: resolve });
  }

  private release(key: string, token: string): void {
    const owner = this.owners.get(key);
    if (owner?.token !== token) return;
    this.owners.delete(key);
    owner.end();
  }
}

const constantToken = (): string => 'jumun';

function countedTokens(): () => string {
  let last = 0;
  return () => String((last += 1));
}

const lockHarness = (make: (clock: ManualClock) => Lock) => () => {
  const clock = new ManualClock(NOON);
  const lock = make(clock);
  const pass = async (milliseconds: number): Promise<void> => clock.advance(milliseconds);
  return { lock, rival: lock, pass };
};

const deafCache = () => {
  const clock = new ManualClock(NOON);
  const inner = new InMemoryCache(clock);
  const cache: Cache = {
    read: (key, ttlMs, load) => inner.read(key, ttlMs, load),
    invalidate: async () => undefined,
  };
  const pass = async (milliseconds: number): Promise<void> => clock.advance(milliseconds);
  return { cache, pass };
};

const ROW_ORDER =
  'lets everybody through who locks the same rows, in whatever order they are named';
const OWNERS = 'does not let the late end of an old hold end a new one';

/**
 * The faults that a shop pays for most dearly, each in an adapter that is right otherwise. Run them where you run the
 * contracts, once: a kit that does not turn red for these is not wired up.
 */
export const plantedFaults: readonly PlantedFault[] = [
  planted(
    'a lost update: transactions that do not lock',
    unitOfWorkContract,
    'loses none of many changes to one row at once',
    () => storeOf(new UnlockedStore()),
  ),
  planted(
    'unsorted locking: rows locked in the order in which they are named',
    unitOfWorkContract,
    ROW_ORDER,
    () => storeOf(new UnlockedStore(), lockingRows(asNamed)),
  ),
  planted(
    'a commit on refusal: what a work wrote before it rejected',
    unitOfWorkContract,
    'leaves nothing of a work that rejected, and rejects with its very fault',
    () => storeOf(new InMemoryStore(), committingAnyway),
  ),
  planted(
    'late-commit blindness: sales counted up to the highest id so far',
    statisticsRepositoryContract,
    'finds a record that is committed late, whatever its id',
    () => {
      const store = new InMemoryStore();
      return storeOf(store, countingByHighestId(store));
    },
  ),
  planted(
    'a lock with a constant owner',
    lockContract,
    OWNERS,
    lockHarness((clock) => new TokenLock(clock, constantToken)),
  ),
  planted(
    'a cache that serves what was invalidated',
    cacheContract,
    'keeps each key by itself',
    deafCache,
  ),
];

/**
 * The twins of two planted faults, right in the one thing: they tell that it is the fault that is caught, and not the
 * way in which the faulty adapter is made.
 */
export const soundTwins: readonly PlantedFault[] = [
  planted('rows locked in ascending order', unitOfWorkContract, ROW_ORDER, () =>
    storeOf(new UnlockedStore(), lockingRows(ascending)),
  ),
  planted(
    'a lock whose owners differ',
    lockContract,
    OWNERS,
    lockHarness((clock) => new TokenLock(clock, countedTokens())),
  ),
];
