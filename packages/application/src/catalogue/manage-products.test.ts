import { describe, expect, it } from '@jest/globals';
import { InvariantViolation, MAX_PRICE, MAX_QUANTITY, productId, won } from '@jumun/domain';
import { accepted, refused } from '@jumun/domain/testing';
import { openShop } from '../testing/scenario/open-shop.js';

const mouse = {
  name: '무선 마우스',
  description: '조용합니다',
  category: '마우스',
  price: won(25_000),
  stock: 50,
};

const missing = productId(404);

describe('Registering a product', () => {
  it('puts it on the shelf, where everybody sees it', async () => {
    const { shop } = openShop();
    const registered = accepted(await shop.registerProduct(mouse)).answer;
    expect(registered).toEqual({ id: 101, ...mouse });
    const { items, total } = await shop.listProducts({ text: null, category: null }, 1, 20);
    const { description: _unlisted, ...listed } = registered;
    expect([items, total]).toEqual([[listed], 1]);
  });

  it.each([
    ['a name of no letters', { name: '' }],
    ['a name of 201 letters', { name: '가'.repeat(201) }],
    ['a text of 2,001 letters', { description: '가'.repeat(2_001) }],
    ['a price beyond the highest', { price: won(MAX_PRICE + 1) }],
    ['fewer than no pieces', { stock: -1 }],
    ['more pieces than a shelf holds', { stock: MAX_QUANTITY + 1 }],
  ])('throws for %s, and leaves nothing', async (_name, wrong) => {
    const { shop, store } = openShop();
    const registering = shop.registerProduct({ ...mouse, ...wrong });
    await expect(registering).rejects.toThrow(InvariantViolation);
    expect([store.products.all(), store.stocks.all()]).toEqual([[], []]);
  });
});

describe('Revising a product', () => {
  it('changes what is named, keeps the rest, and shows it at once', async () => {
    const { shop, shelve } = openShop();
    const id = await shelve({ price: 25_000, stock: 50 });
    accepted(await shop.readProduct(id));
    const changes = { price: won(20_000), description: '할인 중' };
    const revised = accepted(await shop.reviseProduct({ productId: id, changes })).answer;
    expect(revised).toEqual({ ...mouse, ...changes, id });
    const rating = { average: 0, count: 0 };
    expect(accepted(await shop.readProduct(id))).toEqual({ ...revised, rating, reviews: [] });
  });

  it('changes nothing but the product: pieces that are held stay held', async () => {
    const { shop, shelve, store } = openShop();
    const id = await shelve();
    const before = store.stocks.all();
    accepted(await shop.reviseProduct({ productId: id, changes: { name: '새 마우스' } }));
    expect(store.stocks.all()).toEqual(before);
  });

  it('is refused for a product that is not there', async () => {
    const { shop } = openShop();
    const refusal = refused(await shop.reviseProduct({ productId: missing, changes: {} }));
    expect(refusal).toEqual({ code: 'PRODUCT_NOT_FOUND', productId: missing });
  });
});

describe('Restocking a product', () => {
  it('adds to what can be ordered', async () => {
    const { shop, shelve, stock } = openShop();
    const id = await shelve({ stock: 1 });
    const restocked = await shop.restockProduct({ productId: id, quantity: 9 });
    expect(accepted(restocked).answer).toEqual({ id, stock: 10 });
    expect(await stock(id)).toBe(10);
  });

  it('adds up when it happens many times at once', async () => {
    const { shelve, restock, stock, audit } = openShop();
    const id = await shelve({ stock: 0 });
    await Promise.all(Array.from({ length: 50 }, () => restock(id, 2)));
    expect(await stock(id)).toBe(100);
    expect(audit()).toEqual([]);
  });

  it('is refused for a product that is not there', async () => {
    const { shop } = openShop();
    const refusal = refused(await shop.restockProduct({ productId: missing, quantity: 1 }));
    expect(refusal).toEqual({ code: 'PRODUCT_NOT_FOUND', productId: missing });
  });

  it('is refused beyond what a shelf holds', async () => {
    const { shop, shelve } = openShop();
    const id = await shelve({ stock: MAX_QUANTITY });
    const refusal = refused(await shop.restockProduct({ productId: id, quantity: 1 }));
    const limit = MAX_QUANTITY;
    const code = 'STOCK_LIMIT_EXCEEDED';
    expect(refusal).toEqual({ code, productId: id, onHand: limit, limit });
  });
});
