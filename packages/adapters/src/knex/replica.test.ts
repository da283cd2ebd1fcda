import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Product, productId, Stock, won } from '@jumun/domain';
import { type TemporaryDatabase, temporaryDatabase } from '../testing/temporary-database.js';
import type { Database } from './database.js';
import { KnexQueries } from './knex-queries.js';
import { KnexUnitOfWork } from './knex-unit-of-work.js';

const ALL = { text: null, category: null };
const MOUSE = productId(101);
const NOBODY_LISTENS = 'mysql://root@127.0.0.1:1/shop';

const mouse = (name: string): Product =>
  Product.rehydrate({ id: MOUSE, name, description: '', category: '마우스', price: won(25_000) });

const shelve = (database: Database, product: Product, onHand: number): Promise<void> =>
  new KnexUnitOfWork(database).run(async (tx) => {
    await tx.products.addMany([product]);
    await tx.stocks.addMany([Stock.open(product.id, onHand)]);
  });

describe('With a replica that lags behind', () => {
  let primary: TemporaryDatabase;
  let replica: TemporaryDatabase;
  let database: Database;
  beforeAll(async () => {
    primary = await temporaryDatabase('mysql');
    replica = await temporaryDatabase('mysql');
    await shelve(primary.database, mouse('무선 마우스 2'), 49);
    await shelve(replica.database, mouse('무선 마우스'), 50);
    database = primary.openAnother({ replicaUrl: replica.url });
  });
  afterAll(async () => {
    await primary.remove();
    await replica.remove();
  });

  it('lists come from the replica, but for the stock, which is that of now', async () => {
    const { catalogue } = new KnexQueries(database);
    expect(await catalogue.search(ALL, 0, 10)).toMatchObject([{ name: '무선 마우스', stock: 49 }]);
    expect(await catalogue.nearPrice('마우스', won(25_000), 10)).toMatchObject([
      { name: '무선 마우스', stock: 49 },
    ]);
  });

  it("a product's page comes from the primary", async () => {
    const { catalogue } = new KnexQueries(database);
    expect((await catalogue.findMany([MOUSE])).get(MOUSE)).toMatchObject({ name: '무선 마우스 2' });
    expect((await catalogue.stocks([MOUSE])).get(MOUSE)).toBe(49);
  });

  it('the primary answers while the replica is away', async () => {
    const alone = primary.openAnother({ replicaUrl: NOBODY_LISTENS });
    const { catalogue } = new KnexQueries(alone);
    for (const _ of [1, 2]) {
      expect(await catalogue.search(ALL, 0, 10)).toMatchObject([
        { name: '무선 마우스 2', stock: 49 },
      ]);
    }
    expect(await catalogue.count(ALL)).toBe(1);
  });
});
