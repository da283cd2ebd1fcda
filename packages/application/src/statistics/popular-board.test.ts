import { describe, expect, it } from '@jest/globals';
import {
  couponCampaignId,
  orderId,
  productId,
  type Sale,
  type SalesDay,
  Stock,
} from '@jumun/domain';
import { aProduct, NOON } from '@jumun/domain/testing';
import { DependencyUnavailable } from '../ports/faults.js';
import type { CatalogueQueries } from '../ports/queries.js';
import type { RankingQueries } from '../ports/statistics.js';
import type { Shop } from '../shop.js';
import { ManualClock } from '../testing/doubles/manual-clock.js';
import { InMemoryCache } from '../testing/in-memory/in-memory-cache.js';
import { InMemoryEventBus } from '../testing/in-memory/in-memory-event-bus.js';
import { InMemoryQueries } from '../testing/in-memory/in-memory-queries.js';
import { InMemoryStore } from '../testing/in-memory/in-memory-store.js';
import { InMemoryUnitOfWork } from '../testing/in-memory/in-memory-unit-of-work.js';
import type { Table } from '../testing/in-memory/table.js';
import { type ShopInMemory, shopInMemory } from '../testing/in-memory/shop-in-memory.js';
import { POPULAR_DEFAULTS, type PopularView } from './popular-view.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const TODAY = 20_240_117 as SalesDay;
const MOUSE = productId(101);
const KEYBOARD = productId(102);

const DAYS = { ...POPULAR_DEFAULTS, days: 7 };

/** The database as one process reaches it: it counts what it is asked, can be away, slow, or behind. */
class Reach {
  finds = 0;
  versions = 0;
  isAway = false;
  /** Asked before anything is read. */
  gate: Promise<unknown> = Promise.resolve();
  /** What a replica has that has heard nothing since. */
  replica: InMemoryStore | null = null;

  constructor(private readonly store: InMemoryStore) {}

  queries(): InMemoryQueries {
    const rankings: RankingQueries = {
      find: async (days, sort) => {
        this.finds += 1;
        return (await this.source()).find(days, sort);
      },
      version: async () => {
        this.versions += 1;
        return (await this.source()).version();
      },
    };
    return Object.assign(new InMemoryQueries(this.store), { rankings });
  }

  private async source(): Promise<RankingQueries> {
    await this.gate;
    if (this.isAway) throw new DependencyUnavailable('away');
    return new InMemoryQueries(this.replica ?? this.store).rankings;
  }
}

interface Process extends ShopInMemory {
  readonly reach: Reach;
}

/** Two processes of one service, and a worker that counts the sales. */
function aService({
  store = new InMemoryStore(),
  clock = new ManualClock(NOON),
  events = new InMemoryEventBus(),
  cache = new InMemoryCache(clock),
} = {}) {
  const aProcess = (ports: object = {}): Process => {
    const reach = new Reach(store);
    const queries = reach.queries();
    return {
      reach,
      ...shopInMemory({ store, clock, ports: { queries, cache, events, ...ports } }),
    };
  };
  const worker = shopInMemory({ store, clock, ports: { events } });
  const unitOfWork = new InMemoryUnitOfWork(store);
  let order = store.sales.all().length;
  const sell = (id: number, quantity: number): Promise<void> =>
    unitOfWork.run(async (tx) => {
      order += 1;
      const sale: Sale = {
        orderId: orderId(order),
        productId: productId(id),
        day: TODAY,
        quantity,
        revenue: quantity * 1_000,
      };
      await tx.sales.append([sale]);
    });
  return {
    store,
    clock,
    events,
    cache,
    aProcess,
    sell,
    worker: worker.shop,
    /** Sells so much, and counts it. */
    count: async (id: number, quantity: number): Promise<void> => {
      await sell(id, quantity);
      await worker.shop.rollUpSales();
    },
    /** Puts the products on the shelf. */
    open: (): Promise<void> =>
      unitOfWork.run(async (tx) => {
        await tx.products.addMany([
          aProduct({ id: 101, name: '무선 마우스', price: 25_000 }),
          aProduct({ id: 102, name: '키보드', price: 45_000 }),
        ]);
        await tx.stocks.addMany([MOUSE, KEYBOARD].map((id) => Stock.open(id, 50)));
      }),
  };
}

async function anOpenService() {
  const service = aService();
  await service.open();
  return service;
}

const names = ({ items }: PopularView): readonly string[] => items.map(({ name }) => name);
const soldIn = ({ items }: PopularView): readonly number[] =>
  items.map(({ quantitySold }) => quantitySold);
const read = (shop: Shop): Promise<PopularView> => shop.readPopular(POPULAR_DEFAULTS);

/** Lets everything go on that waits for nothing but its turn. */
const rest = async (): Promise<void> => {
  for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
};

describe('The popular products', () => {
  it('are none before the first roll-up, of the period that was asked for', async () => {
    const { aProcess } = await anOpenService();
    expect(await aProcess().shop.readPopular(DAYS)).toEqual({
      version: 0,
      period: { from: 20_240_111, to: 20_240_117, days: 7 },
      sort: 'quantity',
      totalQuantity: 0,
      computedAt: NOON,
      items: [],
    });
  });

  it('are shown with name, price, place, and how the place changed since the roll-up before', async () => {
    const { aProcess, sell, worker, count } = await anOpenService();
    await sell(101, 3);
    await count(102, 2);
    await count(102, 5);
    const { shop } = aProcess();
    expect(await read(shop)).toMatchObject({
      version: NOON + 1,
      period: { from: 20_240_115, to: 20_240_117, days: 3 },
      totalQuantity: 10,
      items: [
        {
          rank: 1,
          previousRank: 2,
          change: 'UP',
          rankDelta: 1,
          productId: KEYBOARD,
          name: '키보드',
          price: 45_000,
          quantitySold: 7,
          revenue: 7_000,
        },
        { rank: 2, previousRank: 1, change: 'DOWN', rankDelta: -1, productId: MOUSE },
      ],
    });
    expect(names(await shop.readPopular({ ...DAYS, limit: 1 }))).toEqual(['키보드']);
    expect((await shop.readPopular({ ...DAYS, limit: 1 })).totalQuantity).toBe(10);
    await worker.rollUpSales();
    expect((await read(shop)).version).toBe(NOON + 1);
  });

  it('are the same object until they change, and at hand without waiting', async () => {
    const { aProcess, count } = await anOpenService();
    await count(101, 1);
    const { shop } = aProcess();
    expect(shop.peekPopular(POPULAR_DEFAULTS)).toBeUndefined();
    const first = await read(shop);
    expect(shop.peekPopular(POPULAR_DEFAULTS)).toBe(first);
    await count(101, 1);
    await rest();
    expect(await read(shop)).not.toBe(first);
  });

  it('are built once for a crowd that asks for them first', async () => {
    const { aProcess, count } = await anOpenService();
    await count(101, 1);
    const { shop, reach } = aProcess();
    const views = await Promise.all(Array.from({ length: 1_000 }, () => read(shop)));
    expect(new Set(views).size).toBe(1);
    expect(reach.finds).toBe(1);
    expect(shop.counts().popular).toMatchObject({ waited: 1_000, memory: 0, database: 1 });
    await read(shop);
    expect(shop.counts().popular).toMatchObject({ waited: 1_000, memory: 1, database: 1 });
  });

  it('are built once for two processes that share a cache, at the start and after every roll-up', async () => {
    const { aProcess, count } = await anOpenService();
    await count(101, 1);
    const [one, other] = [aProcess(), aProcess()];
    const finds = (): number => one.reach.finds + other.reach.finds;
    await Promise.all([one, other].map(({ shop }) => read(shop)));
    expect(finds()).toBe(1);
    for (const rollUp of [2, 3, 4]) {
      await count(101, 1);
      await rest();
      const views = await Promise.all([one, other].map(({ shop }) => read(shop)));
      expect(views.map(soldIn)).toEqual([[rollUp], [rollUp]]);
      expect(finds()).toBe(rollUp);
    }
  });
});

describe('When a roll-up is done, the popular products', () => {
  it('are what they were until the new ones are there, and nobody waits', async () => {
    const { aProcess, count } = await anOpenService();
    await count(101, 1);
    const { shop, reach } = aProcess();
    await read(shop);
    const gate = Promise.withResolvers<void>();
    reach.gate = gate.promise;
    await count(101, 1);
    for (let times = 0; times < 100; times += 1) expect(soldIn(await read(shop))).toEqual([1]);
    gate.resolve();
    await rest();
    expect(soldIn(await read(shop))).toEqual([2]);
    expect(reach.finds).toBe(2);
    expect(shop.counts().popular).toMatchObject({
      waited: 1,
      stale: 100,
      version: NOON + 1,
    });
  });

  it('are made anew for what was asked for lately, before anybody asks again', async () => {
    const { aProcess, count } = await anOpenService();
    await count(101, 1);
    const { shop, reach } = aProcess();
    await read(shop);
    await shop.readPopular(DAYS);
    await count(101, 1);
    await rest();
    expect(reach.finds).toBe(4);
    expect([await read(shop), await shop.readPopular(DAYS)].map(soldIn)).toEqual([[2], [2]]);
    expect(shop.counts().popular).toMatchObject({ waited: 2, stale: 0, database: 4 });
  });

  it('are forgotten where nobody has asked for a quarter of an hour', async () => {
    const { aProcess, count, clock } = await anOpenService();
    await count(101, 1);
    const { shop, reach } = aProcess();
    await shop.readPopular(DAYS);
    clock.advance(15 * MINUTE);
    await count(101, 1);
    await rest();
    expect(reach.finds).toBe(1);
    expect(shop.peekPopular(DAYS)).toBeUndefined();
    expect(soldIn(await shop.readPopular(DAYS))).toEqual([2]);
  });

  it('are there when it resolves, for readers of the process that did it', async () => {
    const { aProcess, sell } = await anOpenService();
    const { shop } = aProcess();
    await read(shop);
    await sell(101, 4);
    await shop.rollUpSales();
    expect(soldIn(await read(shop))).toEqual([4]);
  });

  it('are found without the news of it, by looking now and then', async () => {
    const { aProcess, count } = await anOpenService();
    await count(101, 1);
    const { shop } = aProcess({ events: new InMemoryEventBus() });
    await read(shop);
    await count(101, 1);
    expect(soldIn(await read(shop))).toEqual([1]);
    await shop.refreshPopular();
    expect(soldIn(await read(shop))).toEqual([2]);
    expect(shop.counts().popular.waited).toBe(1);
  });

  it('are followed by newer ones when it is done again while they are being made', async () => {
    const { aProcess, count } = await anOpenService();
    await count(101, 1);
    const { shop, ports } = aProcess();
    await read(shop);
    const { begun, goOn } = holdUp(ports.queries.catalogue);
    await count(101, 1);
    await begun;
    await count(101, 1);
    goOn();
    await rest();
    expect(soldIn(await read(shop))).toEqual([3]);
    expect(shop.counts().popular.stale).toBe(0);
  });

  it('stay what they were while the replica is behind, and are not kept as what they are not', async () => {
    const { aProcess, count, clock, store } = await anOpenService();
    await count(101, 1);
    const [behind, ahead] = [aProcess(), aProcess()];
    await read(behind.shop);
    behind.reach.replica = copyOf(store);
    await count(101, 1);
    await rest();
    expect(soldIn(await read(behind.shop))).toEqual([1]);
    // Whoever asked first under the new version had only the old one to give.
    expect(soldIn(await read(ahead.shop))).toEqual([2]);
    behind.reach.replica = null;
    clock.advance(200);
    await read(behind.shop);
    await rest();
    expect(soldIn(await read(behind.shop))).toEqual([2]);
  });

  it('go back to what there is when news told of what never was', async () => {
    const { aProcess, count, clock, events } = await anOpenService();
    await count(101, 1);
    const { shop } = aProcess();
    await read(shop);
    await events.publish({ type: 'RankingsChanged', version: NOON + 10 * MINUTE });
    clock.advance(MINUTE);
    await shop.refreshPopular();
    await count(101, 1);
    await rest();
    expect(soldIn(await read(shop))).toEqual([2]);
    expect(shop.counts().popular.version).toBe(NOON + MINUTE);
  });
});

describe('The popular products, after the database was restored', () => {
  /** A back-up, what was sold and shown after it, and the service on what the back-up has. */
  async function aRestoredService() {
    const service = await anOpenService();
    await service.count(101, 1);
    const backUp = copyOf(service.store);
    service.clock.advance(5 * MINUTE);
    await service.count(101, 8);
    const witness = service.aProcess();
    expect(soldIn(await read(witness.shop))).toEqual([9]);
    service.clock.advance(5 * MINUTE);
    return { ...aService({ ...service, store: backUp }), lost: service.store };
  }

  it('are those of the back-up, and then those that were counted since, and never what was lost', async () => {
    const { aProcess, count } = await aRestoredService();
    const { shop } = aProcess();
    expect(soldIn(await read(shop))).toEqual([1]);
    await count(102, 3);
    await rest();
    expect(soldIn(await read(shop))).toEqual([3, 1]);
  });

  it('follow at once in a process that had seen what was lost', async () => {
    const { aProcess, count, lost } = await aRestoredService();
    const { shop, reach } = aProcess();
    reach.replica = lost;
    await read(shop);
    reach.replica = null;
    await count(102, 3);
    await rest();
    expect(soldIn(await read(shop))).toEqual([3, 1]);
    expect(shop.counts().popular).toMatchObject({ waited: 1, stale: 0 });
  });

  it('stay to be read without waiting while a process goes back to them', async () => {
    const { aProcess, clock, lost } = await aRestoredService();
    const { shop, reach } = aProcess();
    reach.replica = lost;
    await read(shop);
    const week = await shop.readPopular(DAYS);
    reach.replica = null;
    clock.advance(MINUTE);
    const gate = Promise.withResolvers<void>();
    const refreshing = shop.refreshPopular();
    reach.gate = gate.promise;
    await rest();
    expect(shop.peekPopular(DAYS)).toBe(week);
    gate.resolve();
    await refreshing;
    await rest();
    expect(soldIn(await read(shop))).toEqual([1]);
    expect(soldIn(await shop.readPopular(DAYS))).toEqual([1]);
    expect(shop.counts().popular.waited).toBe(2);
  });

  it('are not gone back to because a replica is a moment behind the primary', async () => {
    const { aProcess, count, store, clock } = await anOpenService();
    await count(101, 1);
    const behind = copyOf(store);
    await count(101, 1);
    const { shop, reach } = aProcess();
    clock.advance(HOUR);
    const shown = await read(shop);
    expect(soldIn(shown)).toEqual([2]);
    reach.replica = behind;
    await shop.refreshPopular();
    expect(await read(shop)).toBe(shown);
  });
});

describe('The popular products, when time goes by', () => {
  it('are made anew after an hour without a roll-up, behind the back of who asks', async () => {
    const { aProcess, count, clock, store } = await anOpenService();
    await count(101, 1);
    const { shop, reach } = aProcess();
    await read(shop);
    await renameInStore(store, '새 마우스');
    clock.advance(HOUR);
    expect(names(await read(shop))).toEqual(['무선 마우스']);
    await rest();
    expect(names(await read(shop))).toEqual(['새 마우스']);
    expect(reach.finds).toBe(2);
  });

  it('are kept ready by default, although nobody asks', async () => {
    const { aProcess, count, clock } = await anOpenService();
    await count(101, 1);
    const { shop } = aProcess();
    await shop.refreshPopular();
    clock.advance(5 * HOUR);
    await count(101, 1);
    await shop.refreshPopular();
    expect(soldIn(await read(shop))).toEqual([2]);
    expect(soldIn(await shop.readPopular({ ...POPULAR_DEFAULTS, sort: 'revenue' }))).toEqual([2]);
    expect(shop.counts().popular).toMatchObject({ waited: 0, stale: 0 });
  });
});

describe('The popular products, while the database is away', () => {
  it('stay what they were, and follow when it is back', async () => {
    const { aProcess, count, clock } = await anOpenService();
    await count(101, 1);
    const { shop, reach } = aProcess();
    await read(shop);
    reach.isAway = true;
    await count(101, 1);
    await rest();
    for (let times = 0; times < 10; times += 1) expect(soldIn(await read(shop))).toEqual([1]);
    await expect(shop.refreshPopular()).rejects.toThrow(DependencyUnavailable);
    expect(shop.counts().popular.failures).toBeGreaterThan(0);
    reach.isAway = false;
    clock.advance(200);
    await read(shop);
    await rest();
    expect(soldIn(await read(shop))).toEqual([2]);
  });

  it('ask it a few times a second, however many readers there are', async () => {
    const { aProcess, count, clock } = await anOpenService();
    await count(101, 1);
    const { shop, reach } = aProcess();
    await read(shop);
    reach.isAway = true;
    await count(101, 1);
    const before = reach.finds;
    for (let times = 0; times < 1_000; times += 1) {
      await read(shop);
      clock.advance(1);
    }
    await rest();
    expect(reach.finds - before).toBeLessThanOrEqual(6);
  });

  it('cannot be had by who is first to ask, who is told so, and can be had afterwards', async () => {
    const { aProcess, count } = await anOpenService();
    await count(101, 1);
    const { shop, reach } = aProcess();
    reach.isAway = true;
    await expect(read(shop)).rejects.toThrow(DependencyUnavailable);
    reach.isAway = false;
    expect(soldIn(await read(shop))).toEqual([1]);
  });
});

describe('A product that is revised', () => {
  const revise = (shop: Shop) =>
    shop.reviseProduct({ productId: MOUSE, changes: { name: '새 마우스' } });

  it('is shown as it is now among the popular ones, in every process', async () => {
    const { aProcess, count } = await anOpenService();
    await count(101, 1);
    const [here, there] = [aProcess(), aProcess()];
    await Promise.all([read(here.shop), read(there.shop)]);
    expect((await revise(here.shop)).isOk()).toBe(true);
    await rest();
    const views = [await read(here.shop), await read(there.shop)];
    expect(views.map(names)).toEqual([['새 마우스'], ['새 마우스']]);
    expect(here.reach.finds + there.reach.finds).toBe(2);
  });

  it('is shown as it is now also where the ranking was being made meanwhile', async () => {
    const { aProcess, count, clock } = await anOpenService();
    await count(101, 1);
    const { shop, reach, ports } = aProcess();
    const { begun, goOn } = holdUp(ports.queries.catalogue);
    const reading = read(shop);
    await begun;
    expect((await revise(shop)).isOk()).toBe(true);
    goOn();
    await reading;
    clock.advance(200);
    await read(shop);
    await rest();
    expect(names(await read(shop))).toEqual(['새 마우스']);
    expect(reach.finds).toBe(2);
  });

  it('changes nothing where it is not popular', async () => {
    const { aProcess, count } = await anOpenService();
    await count(102, 1);
    const { shop, reach } = aProcess();
    await read(shop);
    expect((await revise(shop)).isOk()).toBe(true);
    await rest();
    await read(shop);
    expect(reach.finds).toBe(1);
  });
});

describe('Whoever watches the popular products', () => {
  it('hears of every ranking that takes the place of another, until they stop', async () => {
    const { aProcess, count, events } = await anOpenService();
    await count(101, 1);
    const { shop } = aProcess();
    const heard: unknown[] = [];
    const stop = shop.watchPopular(({ days, sort, current, previous }) => {
      heard.push([days, sort, current.version, previous?.version ?? null]);
    });
    await read(shop);
    await count(101, 1);
    await events.publish({ type: 'CouponCampaignChanged', campaignId: couponCampaignId(1) });
    await rest();
    expect(heard).toEqual([
      [3, 'quantity', NOON, null],
      [3, 'quantity', NOON + 1, NOON],
    ]);
    stop();
    await count(101, 1);
    await rest();
    expect(heard).toHaveLength(2);
  });
});

/** Lets products be found, and nobody hear of it before they may go on. */
function holdUp(catalogue: CatalogueQueries): { begun: Promise<void>; goOn: () => void } {
  const [begun, gate] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const find = catalogue.findMany.bind(catalogue);
  const findMany: typeof find = async (ids) => {
    const products = await find(ids);
    begun.resolve();
    await gate.promise;
    return products;
  };
  Object.assign(catalogue, { findMany });
  return { begun: begun.promise, goOn: gate.resolve };
}

/** What the popular products are made from. */
const TABLES = [
  'products',
  'sales',
  'countedSales',
  'dailySales',
  'rankings',
  'progress',
] as const satisfies readonly (keyof InMemoryStore)[];

function copyOf(store: InMemoryStore): InMemoryStore {
  const copy = new InMemoryStore();
  for (const name of TABLES) {
    const draft = (copy[name] as Table<string, unknown>).begin();
    draft.add(store[name].all());
    draft.commit();
  }
  return copy;
}

/** As another process does whose news is lost. */
const renameInStore = (store: InMemoryStore, name: string): Promise<void> =>
  new InMemoryUnitOfWork(store).run(async (tx) => {
    const [product] = (await tx.products.lockMany([MOUSE])).values();
    if (product === undefined) throw new Error('the product is there');
    await tx.products.saveMany([aProduct({ id: 101, name })]);
  });
