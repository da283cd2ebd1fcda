import { describe, expect, it } from '@jest/globals';
import { productId, won } from '@jumun/domain';
import { accepted, KIM_CHEOLSU, refused } from '@jumun/domain/testing';
import type { CatalogueQueries, Queries } from '../ports/queries.js';
import { openShop } from '../testing/scenario/open-shop.js';

const missing = productId(404);
const notFound = { code: 'PRODUCT_NOT_FOUND', productId: missing };

describe('Listing products', () => {
  it('pages by id from page 1, and counts what matches on all pages', async () => {
    const { shop, shelve } = openShop();
    for (const category of ['마우스', '키보드', '마우스', '마우스']) await shelve({ category });
    const mice = { text: null, category: '마우스' };
    const first = await shop.listProducts(mice, 1, 2);
    expect(first).toMatchObject({ page: 1, size: 2, total: 3 });
    expect(first.items.map(({ id }) => id)).toEqual([101, 103]);
    const second = await shop.listProducts(mice, 2, 2);
    expect(second.items.map(({ id }) => id)).toEqual([104]);
    expect((await shop.listProducts(mice, 3, 2)).items).toEqual([]);
  });

  it('searches by name', async () => {
    const { shop, shelve } = openShop();
    await shelve({ name: '무선 마우스' });
    await shelve({ name: '블루투스 키보드' });
    const found = await shop.listProducts({ text: '키보드', category: null }, 1, 20);
    expect(found.items.map(({ name }) => name)).toEqual(['블루투스 키보드']);
  });
});

describe('A product’s page', () => {
  /** A shop that counts how often a product's texts are read from the store. */
  async function aCountingShop() {
    const inner = openShop();
    let loads = 0;
    const catalogue: CatalogueQueries = {
      ...inner.ports.queries.catalogue,
      findMany: (ids) => {
        loads += 1;
        return inner.ports.queries.catalogue.findMany(ids);
      },
    };
    const queries: Queries = Object.assign(Object.create(inner.ports.queries) as Queries, {
      catalogue,
    });
    const open = openShop({
      store: inner.store,
      clock: inner.clock,
      ports: { ids: inner.ports.ids, queries },
    });
    return { ...open, mouse: await open.shelve(), loads: () => loads };
  }

  it('is kept for five minutes, but for its stock', async () => {
    const { shop, mouse, loads, clock, restock, stock } = await aCountingShop();
    expect(await stock(mouse)).toBe(50);
    await restock(mouse, 5);
    expect(await stock(mouse)).toBe(55);
    clock.advance(299_999);
    accepted(await shop.readProduct(mouse));
    expect(loads()).toBe(1);
    clock.advance(1);
    accepted(await shop.readProduct(mouse));
    expect(loads()).toBe(2);
  });

  it('is read from the store once for a crowd', async () => {
    const { shop, mouse, loads } = await aCountingShop();
    const crowd = Array.from({ length: 100 }, () => shop.readProduct(mouse));
    const pages = (await Promise.all(crowd)).map(accepted);
    expect(new Set(pages.map(({ id }) => id))).toEqual(new Set([mouse]));
    expect(loads()).toBe(1);
  });

  it('is not kept past a revision', async () => {
    const { shop, mouse } = await aCountingShop();
    accepted(await shop.readProduct(mouse));
    accepted(await shop.reviseProduct({ productId: mouse, changes: { price: won(1) } }));
    expect(accepted(await shop.readProduct(mouse)).price).toBe(1);
  });

  it('is there as soon as the product is, also for who looked before', async () => {
    const { shop, shelve } = openShop();
    const next = productId(101);
    expect(refused(await shop.readProduct(next)).code).toBe('PRODUCT_NOT_FOUND');
    await shelve();
    expect(accepted(await shop.readProduct(next)).id).toBe(next);
  });

  it('is refused for a product that is not there, and so is everything about it', async () => {
    const { shop } = openShop();
    expect(refused(await shop.readProduct(missing))).toEqual(notFound);
    expect(refused(await shop.listReviews(missing, null, 5))).toEqual(notFound);
    expect(refused(await shop.listAlternatives(missing, 5))).toEqual(notFound);
  });
});

describe('Alternatives to a product', () => {
  it('are popular ones first, by what was sold in the last three days', async () => {
    const { shop, shelve, charge, order, pay, clock } = openShop();
    await charge(KIM_CHEOLSU, 10_000_000);
    const wanted = await shelve({ price: 25_000 });
    const once = await shelve({ price: 30_000 });
    const now = await shelve({ price: 25_000 });
    const sell = async (id: typeof wanted, quantity: number): Promise<void> => {
      await pay(KIM_CHEOLSU, (await order(KIM_CHEOLSU, [[id, quantity]])).id);
      await shop.rollUpSales();
    };
    await sell(once, 20);
    const ids = async () =>
      accepted(await shop.listAlternatives(wanted, 5)).map((product) => product.id);
    await sell(now, 2);
    expect(await ids()).toEqual([once, now]);
    clock.advance(2 * 86_400_000);
    expect(await ids()).toEqual([once, now]);
    clock.advance(86_400_000);
    await sell(now, 1);
    expect(await ids()).toEqual([now, once]);
  });

  it('are no more than were asked for, and never the product itself', async () => {
    const { shop, shelve } = openShop();
    const wanted = await shelve();
    for (let more = 0; more < 4; more += 1) await shelve();
    const offered = accepted(await shop.listAlternatives(wanted, 3));
    expect(offered.map(({ id }) => id)).toEqual([102, 103, 104]);
  });

  it('are fifty at most, however many are asked for', async () => {
    const { shop, shelve } = openShop();
    const wanted = await shelve({ price: 25_000 });
    for (let more = 0; more < 30; more += 1) {
      await shelve({ price: 24_000 });
      await shelve({ price: 26_000 });
    }
    expect(accepted(await shop.listAlternatives(wanted, 100)).length).toBe(50);
  });
});
