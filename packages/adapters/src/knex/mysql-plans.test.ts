import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DELIVERY_DEFAULTS, type DeliveryId, DeliveryRelay, Shop } from '@jumun/application';
import {
  Basket,
  CouponCampaign,
  couponCampaignId,
  instant,
  percent,
  Product,
  productId,
  Stock,
  userId,
  won,
} from '@jumun/domain';
import { accepted, refused } from '@jumun/domain/testing';
import { InProcessCache } from '../local/in-process-cache.js';
import { InProcessEventBus } from '../local/in-process-event-bus.js';
import { InProcessLock } from '../local/in-process-lock.js';
import { SystemClock } from '../local/system-clock.js';
import { type MysqlServer, startMysql } from '../testing/servers/mysql-server.js';
import { temporaryMysqlDatabase } from '../testing/servers/temporary.js';
import { shopPolicy } from '../wiring/shop-policy.js';
import { BlockIdSource } from './block-id-source.js';
import { Database } from './database.js';
import { KnexQueries } from './knex-queries.js';
import { KnexUnitOfWork } from './knex-unit-of-work.js';
import { migrate } from './migrate.js';

const PRODUCTS = 3_000;
const CUSTOMERS = 400;
const SECOND = 1_000;
/** More rows than this is no page, basket or category any more. */
const MOST_ROWS = 400;
const CAMPAIGN = couponCampaignId(501);
const range = (count: number): readonly number[] => Array.from({ length: count }, (_, at) => at);

/** Statements that may read a whole table: what they look for can be anywhere in it. */
const MAY_SCAN = /LOWER\(products\.name\) LIKE|COUNT\(\*\) AS count FROM products/;

/** The books: sums of everything there is, which an operator may ask for now and then. */
const IS_SUM_OF_ALL =
  /AS balance FROM wallets|FROM wallet_entries$|AS reserved FROM stocks|AS withCouponEXPIRED FROM orders$|FROM sales_records$|FROM coupons GROUP BY|WHERE orders\.status = 'PENDING'|issued FROM coupon_campaigns\s+ORDER BY id DESC$/;

/** Statements that go through a range of a key, batch by batch: a batch may be long, whatever the table is. */
const MAY_READ_A_BATCH =
  /FORCE INDEX \(sales_records_uncounted\)|WHERE (counted = 0 AND )?order_id > \d+ AND order_id <= \d+|FROM orders WHERE id > \d+ ORDER BY id LIMIT|FROM sales_daily WHERE day = |FORCE INDEX \(deliveries_by_status|COUNT\(\*\) AS count FROM deliveries WHERE status|SELECT created_at FROM deliveries WHERE status/;

/** Pages of a long list: the index gives them in order, so a page costs what its rows cost, however many there are. */
const IS_PAGE = /FROM orders (WHERE .*)?ORDER BY (expires_at DESC, )?id DESC LIMIT/;

/** Tables that are read whole: there are 60 rankings, and the keys that a statement brings along are a table too. */
const MAY_BE_READ_WHOLE = new Set<string | null>(['rankings', 'given', '<derived2>']);

interface PlanStep {
  readonly table: string | null;
  readonly type: string | null;
  readonly key: string | null;
  readonly rows: number | null;
  readonly Extra: string | null;
}

describe('On MySQL, with many rows in every table', () => {
  let server: MysqlServer;
  let database: Database;
  let shop: Shop;

  beforeAll(async () => {
    server = await startMysql();
    const { url } = await temporaryMysqlDatabase(server.url);
    database = Database.open(url);
    await migrate(database);
    await stock(database);
    shop = shopOn(database);
    await rush(shop);
    await shop.rollUpSales();
    await deliver(database, 400);
    for (const table of [
      'products',
      'stocks',
      'orders',
      'order_lines',
      'coupons',
      'wallets',
      'sales_records',
      'deliveries',
      'reviews',
      'sales_daily',
      'rankings',
    ]) {
      await database.write((session) => session.all(`ANALYZE TABLE ${table}`));
    }
  }, 60 * SECOND);
  afterAll(async () => {
    await database.close();
    await server.stop();
  });

  it('no statement of the shop reads a whole table', async () => {
    const statements = await statementsOf(database, async () => {
      await visitEverything(shop);
      await deliver(database, Infinity);
    });
    expect(statements.length).toBeGreaterThan(20);
    const bad: string[] = [];
    for (const statement of statements) {
      if (MAY_SCAN.test(statement) || IS_SUM_OF_ALL.test(statement)) continue;
      const plan = await database.read((session) => session.all<PlanStep>(`EXPLAIN ${statement}`));
      for (const { table, type, key, rows, Extra } of plan) {
        if (MAY_BE_READ_WHOLE.has(table)) continue;
        const isInOrder = IS_PAGE.test(statement) && !/filesort|temporary/i.test(Extra ?? '');
        const mayBeLong = isInOrder || MAY_READ_A_BATCH.test(statement);
        const isLong = (rows ?? 0) > MOST_ROWS && !mayBeLong;
        if (type === 'ALL' || isLong) {
          bad.push(`${table} is scanned (${type}, ${key}, ${rows} rows): ${statement}`);
        }
      }
    }
    expect(bad).toEqual([]);
  }, 60_000);
});

const shopOn = (database: Database): Shop =>
  new Shop(
    {
      unitOfWork: new KnexUnitOfWork(database),
      queries: new KnexQueries(database),
      ids: new BlockIdSource(database),
      clock: new SystemClock(),
      lock: new InProcessLock(),
      cache: new InProcessCache(),
      events: new InProcessEventBus(),
    },
    shopPolicy({ orderHoldSeconds: 900, salesTimeZone: 'Asia/Seoul' }, database),
  );

/** Fills the shelves. */
const stock = (database: Database): Promise<void> =>
  new KnexUnitOfWork(database).run(async (tx) => {
    const ids = range(PRODUCTS).map((at) => productId(at + 1));
    await tx.products.addMany(
      ids.map((id) =>
        Product.rehydrate({
          id,
          name: `상품 ${id}`,
          description: '',
          category: `분류 ${id % 30}`,
          price: won(id * 10),
        }),
      ),
    );
    await tx.stocks.addMany(ids.map((id) => Stock.open(id, 1_000)));
    await tx.campaigns.addMany(
      range(60).map((at) =>
        CouponCampaign.open({
          id: couponCampaignId(CAMPAIGN + at),
          name: '쿠폰',
          discountRate: percent(10),
          totalQuantity: 10_000,
          startsAt: instant(0),
          endsAt: instant(at === 0 ? Date.UTC(2100, 0, 1) : 1 + at),
          couponValidDays: 30,
        }),
      ),
    );
  });

/** Every customer buys a few things, so that every table has rows. */
async function rush(shop: Shop): Promise<void> {
  await Promise.all(
    range(CUSTOMERS).map(async (at) => {
      const customer = userId(at + 1);
      accepted(await shop.chargeWallet({ userId: customer, amount: 1_000_000 }));
      accepted(await shop.issueCoupon({ userId: customer, campaignId: CAMPAIGN }));
      for (const time of range(3)) {
        const wishes = range(3).map((item) => ({
          productId: productId(((at * 7 + time * 11 + item * 13) % PRODUCTS) + 1),
          quantity: 1,
        }));
        const basket = accepted(Basket.of(wishes));
        const { answer } = accepted(
          await shop.placeOrder(
            { userId: customer, basket, couponId: null },
            { userId: customer, key: `order-${time}`, fingerprint: 'x' },
          ),
        );
        if (time > 0)
          accepted(await shop.payOrder({ userId: customer, orderId: answer.id, amount: null }));
        if (time > 1) {
          const reviewed = { userId: customer, productId: wishes[0]?.productId ?? productId(1) };
          accepted(await shop.writeReview({ ...reviewed, rating: 5, text: '' }));
        }
      }
    }),
  );
}

/** Calls every use case at least once. */
async function visitEverything(shop: Shop): Promise<void> {
  const customer = userId(7);
  const key = { userId: customer, key: 'visit', fingerprint: 'y' };
  accepted(await shop.readWallet(customer));
  await shop.listWalletEntries(customer, 3, 20);
  accepted(await shop.chargeWallet({ userId: customer, amount: 1_000 }, key));
  await shop.listProducts({ text: null, category: '분류 3' }, 2, 20);
  await shop.listProducts({ text: null, category: null }, 3, 20);
  accepted(await shop.readProduct(productId(10)));
  accepted(await shop.listReviews(productId(10), null, 20));
  accepted(await shop.listAlternatives(productId(10), 5));
  const [coupon] = await shop.listCoupons(customer, 'AVAILABLE');
  await shop.listRunningCampaigns();
  accepted(await shop.issueCoupon({ userId: userId(9_999), campaignId: CAMPAIGN }));
  const basket = accepted(
    Basket.of(range(5).map((at) => ({ productId: productId(at + 1), quantity: 1 }))),
  );
  const place = { userId: customer, basket, couponId: coupon?.id ?? null };
  const first = accepted(await shop.placeOrder(place)).answer;
  accepted(await shop.payOrder({ userId: customer, orderId: first.id, amount: null }));
  accepted(await shop.cancelOrder({ userId: customer, orderId: first.id }));
  refused(
    await shop.writeReview({ userId: customer, productId: productId(77), rating: 1, text: '' }),
  );
  accepted(await shop.readOrder(customer, first.id));
  await shop.listOrders(customer, { createdAt: first.createdAt, id: first.id }, 20);
  const last = { createdAt: first.createdAt, expiresAt: first.expiresAt, id: first.id };
  for (const status of [null, 'PENDING', 'COMPLETED'] as const) {
    for (const owner of [null, customer]) {
      await shop.searchOrders({ userId: owner, status }, null, 20);
      await shop.searchOrders({ userId: owner, status }, last, 20);
    }
  }
  await shop.listShelves({ text: null, category: '분류 3' }, 1, 100);
  await shop.listCampaigns(CAMPAIGN, 20);
  accepted(await shop.endCampaign({ campaignId: CAMPAIGN }));
  expect((await shop.readBooks()).agrees).toBe(true);
  accepted(await shop.restockProduct({ productId: productId(3), quantity: 1 }));
  accepted(await shop.reviseProduct({ productId: productId(3), changes: { price: won(1) } }));
  await shop.expireOrders();
  await shop.forgetAnswers();
  expect((await shop.rollUpSales()).records).toBeGreaterThan(0);
  await shop.readPopular({ days: 3, limit: 5, sort: 'quantity' });
  expect((await shop.rebuildStatistics()).corrected).toBe(0);
}

/** Sends what waits to a platform that takes all but every seventh, and then looks at what is left, as an operator does. */
async function deliver(database: Database, most: number): Promise<void> {
  const unitOfWork = new KnexUnitOfWork(database);
  let sent = 0;
  const noted = (): undefined => undefined;
  const relay = new DeliveryRelay(
    {
      unitOfWork,
      clock: new SystemClock(),
      chance: () => 0,
      gather: () => Promise.resolve(),
      platform: {
        send: () => {
          sent += 1;
          const status = sent % 7 === 0 ? 410 : 204;
          return Promise.resolve({ kind: 'ANSWERED', status, retryAfter: null });
        },
      },
      watcher: { circuit: noted, failed: noted, stale: noted, unsettled: noted },
    },
    { ...DELIVERY_DEFAULTS, maxInFlight: 64 },
  );
  while ((await relay.claim()) && relay.counts().attempts < most) await relay.room();
  await relay.close();
  expect(relay.counts().refused).toBeGreaterThan(0);
  const shop = shopOn(database);
  await shop.measureDeliveries();
  await shop.listDeliveries(null, null, 20);
  await shop.listDeliveries('FAILED', 1_000 as DeliveryId, 20);
  await shop.listDeliveries('PENDING', null, 20);
  accepted(await shop.replayDeliveries([1, 2, 3] as DeliveryId[]));
  if (most === Infinity) accepted(await shop.replayDeliveries(null));
}

/** Every different statement that the server is told meanwhile, as it was told. */
async function statementsOf(
  database: Database,
  work: () => Promise<void>,
): Promise<readonly string[]> {
  await database.write(async (session) => {
    await session.run(`SET GLOBAL log_output = 'TABLE'`);
    await session.run('SET GLOBAL general_log = ON');
  });
  await work();
  const told = await database.write(async (session) => {
    await session.run('SET GLOBAL general_log = OFF');
    return session.all<{ statement: string }>(
      `SELECT CONVERT(argument USING utf8mb4) AS statement FROM mysql.general_log
       WHERE command_type = 'Query'`,
    );
  });
  const shapes = new Map(
    told
      // What shared a round trip is logged as one.
      .flatMap(({ statement }) => statement.split(';\n'))
      .filter((statement) => /^\s*(SELECT\b.*\bFROM|UPDATE|DELETE)\b/is.test(statement))
      .filter((statement) => !/general_log|information_schema/.test(statement))
      .map((statement) => [statement.replaceAll(/\d+|'[^']*'/g, '?'), statement]),
  );
  return [...shapes.values()];
}
