import { describe, expect, it } from '@jest/globals';
import { type Instant, instant } from '@jumun/domain';
import { KIM_CHEOLSU, NOON } from '@jumun/domain/testing';
import type { RankingsChanged } from '../ports/event-bus.js';
import { DyingUnitOfWork } from '../testing/doubles/dying-unit-of-work.js';
import { shopInMemory } from '../testing/in-memory/shop-in-memory.js';
import { openShop } from '../testing/scenario/open-shop.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** A shop with a rich customer and words for what is sold and counted. */
async function aMarket(options: Parameters<typeof openShop>[0] = {}) {
  const shop = openShop(options);
  await shop.charge(KIM_CHEOLSU, 10_000_000);
  const { rankings } = shop.ports.queries;
  return {
    ...shop,
    /** Sells some pieces; returns the order. */
    sell: async (product: number, quantity: number) => {
      const order = await shop.order(KIM_CHEOLSU, [[product, quantity]]);
      await shop.pay(KIM_CHEOLSU, order.id);
      return order.id;
    },
    /** Product, pieces and the place before, by rank. */
    top: async (days = 3) =>
      ((await rankings.find(days, 'quantity'))?.places ?? []).map((place) => [
        place.productId,
        place.quantity,
        place.previousRank,
      ]),
    sums: () =>
      shop.store.dailySales
        .all()
        .map(({ day, productId, quantity, revenue }) => [day, productId, quantity, revenue]),
    news: () => {
      const heard: RankingsChanged[] = [];
      shop.ports.events.subscribe((news) => {
        if (news.type === 'RankingsChanged') heard.push(news);
      });
      return heard;
    },
  };
}

describe('A roll-up', () => {
  it('counts what was sold by day and product, makes the rankings and tells the news', async () => {
    const { shop, shelve, sell, sums, top, news } = await aMarket();
    const [mouse, keyboard] = [await shelve(), await shelve({ price: 45_000 })];
    const heard = news();
    await sell(mouse, 2);
    await sell(keyboard, 1);
    await sell(mouse, 3);
    expect(await shop.rollUpSales()).toEqual({ records: 3, version: NOON, tookTurn: true });
    expect(sums()).toEqual([
      [20_240_117, mouse, 5, 125_000],
      [20_240_117, keyboard, 1, 45_000],
    ]);
    expect(await top()).toEqual([
      [mouse, 5, null],
      [keyboard, 1, null],
    ]);
    expect(heard).toEqual([{ type: 'RankingsChanged', version: NOON }]);
  });

  it('counts nothing twice, and leaves rankings alone that are still right', async () => {
    const { shop, shelve, sell, sums, news } = await aMarket();
    const mouse = await shelve();
    await sell(mouse, 2);
    await shop.rollUpSales();
    const heard = news();
    for (const _ of [1, 2]) {
      expect(await shop.rollUpSales()).toEqual({ records: 0, version: null, tookTurn: true });
    }
    expect(sums()).toEqual([[20_240_117, mouse, 2, 50_000]]);
    expect(heard).toEqual([]);
  });

  it('makes rankings of nothing where nothing was ever sold, once', async () => {
    const { shop, top, ports } = await aMarket();
    expect(await ports.queries.rankings.version()).toBe(0);
    expect((await shop.rollUpSales()).version).toBe(NOON);
    expect((await shop.rollUpSales()).version).toBeNull();
    expect(await top()).toEqual([]);
  });

  it('shows who rose and who fell since the one before', async () => {
    const { shop, shelve, sell, top } = await aMarket();
    const [mouse, keyboard, monitor] = [await shelve(), await shelve(), await shelve()];
    await sell(keyboard, 2);
    await sell(mouse, 1);
    await shop.rollUpSales();
    await sell(mouse, 2);
    await sell(monitor, 1);
    expect((await shop.rollUpSales()).version).toBe(NOON + 1);
    expect(await top()).toEqual([
      [mouse, 3, 2],
      [keyboard, 2, 1],
      [monitor, 1, null],
    ]);
  });

  it('counts a sale on the day on which it was paid, however late it comes', async () => {
    const { shop, shelve, sell, clock, sums, top } = await aMarket();
    const mouse = await shelve();
    clock.set(instant(NOON + 11 * HOUR + 59 * 60_000));
    await sell(mouse, 2);
    clock.advance(3 * DAY);
    await sell(mouse, 1);
    await shop.rollUpSales();
    expect(sums()).toEqual([
      [20_240_117, mouse, 2, 50_000],
      [20_240_120, mouse, 1, 25_000],
    ]);
    expect(await top(3)).toEqual([[mouse, 1, null]]);
    expect(await top(4)).toEqual([[mouse, 3, null]]);
  });

  it('takes a refund back from the day of the sale, and not from that of the refund', async () => {
    const { shop, shelve, sell, cancel, clock, sums, top } = await aMarket();
    const mouse = await shelve();
    const first = await sell(mouse, 2);
    await shop.rollUpSales();
    clock.advance(2 * DAY);
    await sell(mouse, 1);
    await cancel(KIM_CHEOLSU, first);
    expect((await shop.rollUpSales()).records).toBe(2);
    expect(sums()).toEqual([
      [20_240_117, mouse, 0, 0],
      [20_240_119, mouse, 1, 25_000],
    ]);
    expect(await top(3)).toEqual([[mouse, 1, 1]]);
  });

  it('moves the period on with the day, though nothing was sold', async () => {
    const { shop, shelve, sell, clock, top, ports } = await aMarket();
    const mouse = await shelve();
    await sell(mouse, 2);
    await shop.rollUpSales();
    clock.set(instant(NOON + 11 * HOUR));
    expect((await shop.rollUpSales()).version).toBeNull();
    clock.set(instant(NOON + 12 * HOUR));
    expect(await shop.rollUpSales()).toEqual({
      records: 0,
      version: NOON + 12 * HOUR,
      tookTurn: true,
    });
    expect(await top(1)).toEqual([]);
    expect(await top(2)).toEqual([[mouse, 2, 1]]);
    const { from, to } = (await ports.queries.rankings.find(2, 'quantity')) ?? {};
    expect([from, to]).toEqual([20_240_117, 20_240_118]);
  });

  it.each([0, 1, 3, 4, 5, 6, 7])(
    'catches up with all of %d records, three in a transaction, after the worker was away',
    async (count) => {
      const { shop, shelve, sell, sums } = await aMarket({ policy: { countAtOnce: 3 } });
      const mouse = await shelve();
      for (let sale = 0; sale < count; sale += 1) await sell(mouse, 1);
      expect((await shop.rollUpSales()).records).toBe(count);
      expect(sums()).toEqual(count === 0 ? [] : [[20_240_117, mouse, count, count * 25_000]]);
    },
  );

  it.each(
    [1, 2, 3, 4].flatMap((transaction) =>
      (['BEFORE_COMMIT', 'AFTER_COMMIT'] as const).map((when) => ({ transaction, when })),
    ),
  )(
    'that dies at transaction $transaction, $when, is finished by the next one',
    async ({ transaction, when }) => {
      const { shop, shelve, sell, sums, top, store, clock, ports } = await aMarket();
      const [mouse, keyboard] = [await shelve(), await shelve()];
      for (const _ of [1, 2, 3, 4]) await sell(mouse, 1);
      await sell(keyboard, 2);
      const unitOfWork = new DyingUnitOfWork(ports.unitOfWork, { transaction, when });
      const worker = shopInMemory({
        store,
        clock,
        ports: { unitOfWork },
        policy: { countAtOnce: 2 },
      });
      await expect(worker.shop.rollUpSales()).rejects.toThrow('killed');

      await shop.rollUpSales();
      expect(sums()).toEqual([
        [20_240_117, mouse, 4, 100_000],
        [20_240_117, keyboard, 2, 50_000],
      ]);
      expect((await top()).map(([product, pieces]) => [product, pieces])).toEqual([
        [mouse, 4],
        [keyboard, 2],
      ]);
      expect((await shop.rollUpSales()).version).toBeNull();
    },
  );

  it('leaves the turn to who has it', async () => {
    const { ports, shelve, sell, store, clock, sums } = await aMarket();
    await sell(await shelve(), 1);
    const { unitOfWork: inner } = ports;
    const unitOfWork: typeof inner = {
      run: (work) =>
        inner.run((tx) =>
          work({ ...tx, statistics: { ...tx.statistics, takeTurn: async () => false } }),
        ),
    };
    const late = shopInMemory({ store, clock, ports: { unitOfWork } });
    expect(await late.shop.rollUpSales()).toEqual({ records: 0, version: null, tookTurn: false });
    expect(sums()).toEqual([]);
  });

  it('makes rankings again whose sums have changed while they were made', async () => {
    const { shop, shelve, sell, store, clock, ports, top } = await aMarket();
    const mouse = await shelve();
    await sell(mouse, 1);
    let disturbances = 0;
    const { statistics } = ports.queries;
    const queries: typeof ports.queries = {
      ...ports.queries,
      statistics: {
        ...statistics,
        atOneMoment: (look) => statistics.atOneMoment(look),
        rankings: async () => {
          if (disturbances === 0) {
            disturbances += 1;
            await sell(mouse, 4);
            await shop.rollUpSales();
          }
          return statistics.rankings();
        },
      },
      ping: () => ports.queries.ping(),
    };
    const worker = shopInMemory({ store, clock, ports: { ...ports, queries } });
    expect(await worker.shop.rollUpSales()).toEqual({ records: 1, version: null, tookTurn: true });
    expect(disturbances).toBe(1);
    expect(await top()).toEqual([[mouse, 5, null]]);
    expect(await ports.queries.rankings.version()).toBe(NOON);
  });

  it('of two workers at once counts everything once', async () => {
    const { shop, shelve, sell, sums, store, clock } = await aMarket();
    const mouse = await shelve();
    for (let sale = 0; sale < 20; sale += 1) await sell(mouse, 1);
    const workers = [1, 2, 3].map(
      () => shopInMemory({ store, clock, policy: { countAtOnce: 2 } }).shop,
    );
    const outcomes = await Promise.all(workers.map((worker) => worker.rollUpSales()));
    expect(outcomes.reduce((total, { records }) => total + records, 0)).toBe(20);
    expect(sums()).toEqual([[20_240_117, mouse, 20, 500_000]]);
    expect((await shop.rollUpSales()).records).toBe(0);
  });
});

describe('Scenario 9: statistics that are counted every few minutes', () => {
  it('the 게이밍 마우스 goes up to first place, the 무선 키보드 down, and the 모니터 is new', async () => {
    const { shop, shelve, sell, clock, top } = await aMarket();
    const mouse = await shelve({ name: '게이밍 마우스', price: 65_000 });
    const keyboard = await shelve({ name: '무선 키보드', price: 45_000 });
    const monitor = await shelve({ name: '모니터', price: 120_000 });
    const later = (): Instant => instant(clock.now() + 300_000);
    await sell(keyboard, 3);
    await sell(mouse, 2);
    await shop.rollUpSales();
    clock.set(later());
    await sell(mouse, 2);
    await sell(monitor, 1);
    await shop.rollUpSales();
    expect(await top()).toEqual([
      [mouse, 4, 2],
      [keyboard, 3, 1],
      [monitor, 1, null],
    ]);
  });
});
