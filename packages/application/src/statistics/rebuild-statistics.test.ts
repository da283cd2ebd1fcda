import { describe, expect, it } from '@jest/globals';
import { SalesCalendar } from '@jumun/domain';
import { KIM_CHEOLSU, NOON } from '@jumun/domain/testing';
import type { Queries } from '../ports/queries.js';
import type { SalesMoment } from '../ports/statistics.js';
import { aSum } from '../testing/contracts/samples.js';
import { shopInMemory } from '../testing/in-memory/shop-in-memory.js';
import { openShop } from '../testing/scenario/open-shop.js';

/** A shop that has sold, refunded and counted: 5 mice and 1 keyboard are left as sold. */
async function aMarket() {
  const shop = openShop();
  await shop.charge(KIM_CHEOLSU, 10_000_000);
  const [mouse, keyboard] = [await shop.shelve(), await shop.shelve({ price: 45_000 })];
  const sell = async (product: number, quantity: number) => {
    const { id } = await shop.order(KIM_CHEOLSU, [[product, quantity]]);
    await shop.pay(KIM_CHEOLSU, id);
    return id;
  };
  await sell(mouse, 5);
  await shop.cancel(KIM_CHEOLSU, await sell(keyboard, 3));
  await shop.shop.rollUpSales();
  await sell(keyboard, 1);
  return {
    ...shop,
    mouse,
    keyboard,
    sell,
    sums: () =>
      shop.store.dailySales
        .all()
        .filter(({ quantity, revenue }) => quantity !== 0 || revenue !== 0)
        .map(({ day, productId, quantity, revenue }) => [day, productId, quantity, revenue]),
    top: async () =>
      ((await shop.ports.queries.rankings.find(3, 'quantity'))?.places ?? []).map((place) => [
        place.productId,
        place.quantity,
      ]),
    spoil: (...differences: readonly ReturnType<typeof aSum>[]) =>
      shop.ports.unitOfWork.run(({ statistics }) => statistics.addDaily(differences)),
  };
}

/** The queries of a store where something happens while somebody looks at one moment of it. */
const disturbed = (queries: Queries, disturbance: () => Promise<unknown>): Queries => ({
  ...queries,
  statistics: {
    ...queries.statistics,
    progress: () => queries.statistics.progress(),
    atOneMoment: <T>(look: (moment: SalesMoment) => Promise<T>) =>
      queries.statistics.atOneMoment(async (moment) => {
        const seen = await look(moment);
        await disturbance();
        return seen;
      }),
  },
  ping: () => queries.ping(),
});

describe('A rebuild of the statistics', () => {
  it('finds nothing to correct in a shop that works, and makes the rankings anew', async () => {
    const { shop, sums, top, mouse, keyboard } = await aMarket();
    expect(await shop.rebuildStatistics()).toEqual({ orders: 2, corrected: 0, version: NOON + 1 });
    expect(sums()).toEqual([
      [20_240_117, mouse, 5, 125_000],
      [20_240_117, keyboard, 1, 45_000],
    ]);
    expect(await top()).toEqual([
      [mouse, 5],
      [keyboard, 1],
    ]);
    expect((await shop.rebuildStatistics()).version).toBe(NOON + 2);
  });

  it('puts right every sum that is not what the orders say, and no other', async () => {
    const { shop, sums, top, spoil, mouse, keyboard } = await aMarket();
    await spoil(
      aSum({ product: mouse, quantity: 7, revenue: -1 }),
      aSum({ product: keyboard, quantity: 0, revenue: 1 }),
      aSum({ product: 404, quantity: 9 }),
      aSum({ product: mouse, day: 20_231_231, quantity: -4, revenue: 0 }),
    );
    expect(await shop.rebuildStatistics()).toMatchObject({ orders: 2, corrected: 4 });
    expect(sums()).toEqual([
      [20_240_117, mouse, 5, 125_000],
      [20_240_117, keyboard, 1, 45_000],
    ]);
    expect(await top()).toEqual([
      [mouse, 5],
      [keyboard, 1],
    ]);
    expect((await shop.rebuildStatistics()).corrected).toBe(0);
  });

  it('finds sales again whose records are lost', async () => {
    const { shop, store, sums, sell, mouse, keyboard } = await aMarket();
    await sell(mouse, 2);
    const keys = store.sales.all().map((sale) => store.sales.keyOf(sale));
    store.sales.commit(new Map(), new Set(keys));
    expect(await shop.rebuildStatistics()).toMatchObject({ orders: 3, corrected: 2 });
    expect(sums()).toEqual([
      [20_240_117, mouse, 7, 175_000],
      [20_240_117, keyboard, 1, 45_000],
    ]);
  });

  it('goes through many orders', async () => {
    const { shop, ports, store, sell, sums, mouse, keyboard } = await aMarket();
    const [order] = store.orders.all();
    if (order?.status !== 'COMPLETED') throw new Error('the first order was paid');
    const many = Array.from({ length: 4_100 }, (_, at) => ({
      ...order,
      id: (10_000 + at) as typeof order.id,
    }));
    store.orders.commit(new Map(many.map((each) => [each.id, each])), new Set());
    await sell(mouse, 1);
    expect(await shop.rebuildStatistics()).toMatchObject({ orders: 4_103, corrected: 1 });
    expect(sums()).toEqual([
      [20_240_117, mouse, 4_101 * 5 + 1, (4_101 * 5 + 1) * 25_000],
      [20_240_117, keyboard, 1, 45_000],
    ]);
    expect(await ports.queries.rankings.version()).toBe(NOON + 1);
  });

  it('is right to the unit though the shop sells, refunds and counts meanwhile', async () => {
    const { store, clock, ports, shop, sums, spoil, sell, cancel, mouse, keyboard } =
      await aMarket();
    const refunded = await sell(mouse, 2);
    await spoil(aSum({ product: mouse, quantity: 100, revenue: 100 }));
    const queries = disturbed(ports.queries, async () => {
      await sell(keyboard, 3);
      await cancel(KIM_CHEOLSU, refunded);
      await shop.rollUpSales();
      await sell(mouse, 1);
    });
    const rebuilding = shopInMemory({ store, clock, ports: { ...ports, queries } });
    expect(await rebuilding.shop.rebuildStatistics()).toMatchObject({ orders: 3, corrected: 1 });
    expect(sums()).toEqual([
      [20_240_117, mouse, 6, 150_000],
      [20_240_117, keyboard, 4, 180_000],
    ]);
    expect((await shop.rebuildStatistics()).corrected).toBe(0);
  });

  it('corrects nothing that another rebuild has just corrected', async () => {
    const { store, clock, ports, shop, sums, spoil, mouse, keyboard } = await aMarket();
    await spoil(aSum({ product: mouse, quantity: 100, revenue: 100 }));
    const corrected: number[] = [];
    let isFirst = true;
    const queries = disturbed(ports.queries, async () => {
      if (!isFirst) return;
      isFirst = false;
      corrected.push((await shop.rebuildStatistics()).corrected);
    });
    const second = shopInMemory({ store, clock, ports: { ...ports, queries } });
    corrected.push((await second.shop.rebuildStatistics()).corrected);
    expect(corrected).toEqual([1, 0]);
    expect(sums()).toEqual([
      [20_240_117, mouse, 5, 125_000],
      [20_240_117, keyboard, 1, 45_000],
    ]);
  });

  it('counts all days anew by another time zone', async () => {
    const { store, clock, sums, mouse, keyboard } = await aMarket();
    const salesCalendar = new SalesCalendar('Pacific/Honolulu');
    const elsewhere = shopInMemory({ store, clock, policy: { salesCalendar } });
    await elsewhere.shop.rebuildStatistics();
    expect(sums()).toEqual([
      [20_240_116, mouse, 5, 125_000],
      [20_240_116, keyboard, 1, 45_000],
    ]);
    expect((await elsewhere.shop.rebuildStatistics()).corrected).toBe(0);
  });
});
