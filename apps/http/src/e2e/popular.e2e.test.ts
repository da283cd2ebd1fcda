import { afterEach, describe, expect, it } from '@jest/globals';
import { RedisPorts } from '@jumun/adapters';
import { StatementLog } from '@jumun/adapters/testing';
import { ManualClock } from '@jumun/application/testing';
import { instant } from '@jumun/domain';
import type { Client } from '../testing/client.js';
import { EventListener } from '../testing/event-listener.js';
import { Fleet, type FleetOptions } from '../testing/fleet.js';
import { Readers } from '../testing/readers.js';
import { type RunningShop, VARIANTS, withShop } from '../testing/running-shop.js';

const MINUTES = 60_000;
/** Product ids of the demo catalogue. */
const WIRELESS_MOUSE = 101;
const GAMING_MOUSE = 103;
const MONITOR = 104;
const WIRELESS_KEYBOARD = 105;
const WEBCAM = 106;
const EARPHONES = 107;

interface Item {
  readonly productId: number;
  readonly quantity: number;
}

const noonOn = (day: number) => instant(Date.UTC(2024, 0, day, 3));
const sleep = (milliseconds: number): Promise<void> =>
  new Promise((resume) => setTimeout(resume, milliseconds));

async function mustBe(status: number, answered: ReturnType<Client['get']>): Promise<any> {
  const { status: told, body } = await answered;
  if (told !== status) throw new Error(`${told}: ${JSON.stringify(body)}`);
  return body;
}

/** Puts enough on the shelf, and lets a customer buy and pay it in one order. */
async function buy(operator: Client, customer: Client, items: readonly Item[]): Promise<void> {
  for (const { productId, quantity } of items) {
    await mustBe(200, operator.post(`/admin/products/${productId}/restock`, { quantity }));
  }
  await mustBe(201, customer.post('/wallet/charges', { amount: 10_000_000 }));
  const placed = await mustBe(201, customer.post('/orders', { items }));
  await mustBe(201, customer.post(`/orders/${placed.id}/payment`));
}

const listOf = (body: any): readonly string[] =>
  body.items.map(
    (item: any) => `${item.rank}위 ${item.name} ${item.quantitySold}개 ${item.revenue}원`,
  );

describe.each(VARIANTS.filter(({ name }) => /^on \w+(?: and Redis)?$/.test(name)))(
  'Scenario 6, $name',
  (variant) => {
    /** What was sold from the 15th to the 17th, product by product, and what before. */
    async function tradeUpTo17th(shop: RunningShop, clock: ManualClock): Promise<void> {
      const trinkets = Array.from({ length: 10 }, (_, at) => ({
        name: `소품 ${at}`,
        description: '',
        category: '굿즈',
        price: 1_000,
        stock: 0,
      }));
      const others: Item[] = [];
      for (const trinket of trinkets) {
        const made = await mustBe(201, shop.operator.post('/admin/products', trinket));
        others.push({ productId: made.id, quantity: 61 });
      }
      const bought: readonly (readonly [day: number, items: readonly Item[]])[] = [
        [14, [{ productId: WIRELESS_MOUSE, quantity: 300 }]],
        [
          15,
          [
            { productId: GAMING_MOUSE, quantity: 50 },
            { productId: EARPHONES, quantity: 120 },
          ],
        ],
        [15, [{ productId: WIRELESS_KEYBOARD, quantity: 120 }]],
        [
          16,
          [
            { productId: GAMING_MOUSE, quantity: 60 },
            { productId: MONITOR, quantity: 40 },
          ],
        ],
        [
          16,
          [
            { productId: EARPHONES, quantity: 80 },
            { productId: WEBCAM, quantity: 90 },
          ],
        ],
        [16, others],
        [
          17,
          [
            { productId: GAMING_MOUSE, quantity: 40 },
            { productId: MONITOR, quantity: 40 },
          ],
        ],
      ];
      for (const [at, [day, items]] of bought.entries()) {
        clock.set(noonOn(day));
        await buy(shop.operator, await shop.customer(600 + at), items);
      }
    }

    it('김철수 sees what was popular, by quantity and by revenue, over three days and over seven', async () => {
      const clock = new ManualClock(noonOn(14));
      await withShop({ variant, clock }, async (running) => {
        const { anybody, shop } = running;
        await tradeUpTo17th(running, clock);
        await shop.rollUpSales();

        const popular = await mustBe(200, anybody.get('/products/popular'));
        expect(listOf(popular)).toEqual([
          '1위 이어폰 200개 6000000원',
          '2위 게이밍 마우스 150개 9750000원',
          '3위 무선 키보드 120개 5400000원',
          '4위 웹캠 90개 2700000원',
          '5위 모니터 80개 9600000원',
        ]);
        expect(popular).toMatchObject({
          period: { from: '2024-01-15', to: '2024-01-17', days: 3 },
          sort: 'quantity',
          totalQuantity: 1_250,
          computedAt: '2024-01-17T03:00:00.000Z',
        });
        const byRevenue = await mustBe(200, anybody.get('/products/popular?sort=revenue'));
        expect(listOf(byRevenue)).toEqual([
          '1위 게이밍 마우스 150개 9750000원',
          '2위 모니터 80개 9600000원',
          '3위 이어폰 200개 6000000원',
          '4위 무선 키보드 120개 5400000원',
          '5위 웹캠 90개 2700000원',
        ]);
        const week = await mustBe(200, anybody.get('/products/popular?days=7&limit=2'));
        expect(listOf(week)).toEqual([
          '1위 무선 마우스 300개 7500000원',
          '2위 이어폰 200개 6000000원',
        ]);
        expect(week).toMatchObject({
          period: { from: '2024-01-11', to: '2024-01-17', days: 7 },
          totalQuantity: 1_550,
        });

        const first = await mustBe(200, anybody.get(`/products/${byRevenue.items[0].productId}`));
        expect(first).toMatchObject({ name: '게이밍 마우스', price: 65_000, stock: 1 });
        const before = shop.counts().popular.database;
        for (let times = 0; times < 200; times += 1) {
          await mustBe(200, anybody.get('/products/popular'));
        }
        expect(shop.counts().popular.database).toBe(before);
      });
    });
  },
);

describe('Two HTTP processes and a worker', () => {
  let fleet: Fleet | undefined;
  const start = async (options: FleetOptions = {}): Promise<Fleet> => {
    fleet = await Fleet.start({ workers: 1, statsIntervalSeconds: 1, ...options });
    return fleet;
  };
  const listeners: EventListener[] = [];
  afterEach(async () => {
    for (const each of listeners.splice(0)) each.close();
    await fleet?.stop();
    fleet = undefined;
  });

  const popularAt = (url: string): string => `${url}/api/v1/products/popular`;

  const shownAt = async (url: string): Promise<any> => (await fetch(popularAt(url))).json();

  /** Buys something and waits until every process shows that it was counted. */
  async function sell(running: Fleet, items: readonly Item[], customerId: number): Promise<void> {
    const customer = await running.customer(customerId, running.shops.at(-1));
    const { totalQuantity: before } = await shownAt(running.shops[0]?.url ?? '');
    await buy(await running.operator(), customer, items);
    const after = items.reduce((pieces, { quantity }) => pieces + quantity, before);
    const deadline = Date.now() + 20_000;
    for (const { url } of running.shops) {
      while ((await shownAt(url)).totalQuantity !== after) {
        if (Date.now() > deadline) throw new Error('the sales were not counted');
        await sleep(20);
      }
    }
  }

  it(
    'scenario 9: orders change the ranks within the interval, and everybody who listens hears of it',
    async () => {
      const running = await start();
      await sell(
        running,
        [
          { productId: WIRELESS_KEYBOARD, quantity: 3 },
          { productId: GAMING_MOUSE, quantity: 2 },
        ],
        901,
      );
      for (const { url } of running.shops) {
        listeners.push(await EventListener.listen(`${popularAt(url)}/events`));
      }
      await sell(
        running,
        [
          { productId: GAMING_MOUSE, quantity: 3 },
          { productId: MONITOR, quantity: 1 },
        ],
        902,
      );

      for (const { url } of running.shops) {
        const { items } = await shownAt(url);
        expect(
          items.map(({ rank, name, change, rankDelta }: any) => [rank, name, change, rankDelta]),
        ).toEqual([
          [1, '게이밍 마우스', 'UP', 1],
          [2, '무선 키보드', 'DOWN', -1],
          [3, '모니터', 'NEW', 0],
        ]);
      }
      const [here, there] = listeners as [EventListener, EventListener];
      for (const each of [here, there]) {
        await each.until('both trends', () => each.of('trend').length === 2);
        expect(each.of('trend').map(({ data }) => data.message)).toEqual([
          '게이밍 마우스가 1위로 올라섰습니다!',
          '모니터가 인기 상품 3위에 진입했습니다!',
        ]);
        expect(
          each
            .of('ranking')
            .at(-1)
            ?.data.items.map(({ name }: any) => name),
        ).toEqual(['게이밍 마우스', '무선 키보드', '모니터']);
      }
      expect(there.events).toEqual(here.events);
      expect(await running.audit()).toEqual([]);
    },
    2 * MINUTES,
  );

  it(
    'ask the database once for a ranking, whichever of them needs it, while a crowd reads at both',
    async () => {
      const running = await start();
      await sell(running, [{ productId: MONITOR, quantity: 1 }], 801);
      const readers = new Readers(
        running.shops.map(({ url }) => popularAt(url)),
        40,
      );
      const log = await StatementLog.begin(running.mysql.url);
      const builds = (): Promise<number> => log.count('FROM rankings WHERE days');
      const ROLL_UPS = 4;
      try {
        // What is shown now may still be being built.
        let before = -1;
        for (let now = await builds(); now !== before; now = await builds()) {
          before = now;
          await sleep(1_000);
        }
        for (let rollUp = 0; rollUp < ROLL_UPS; rollUp += 1) {
          await sell(running, [{ productId: MONITOR, quantity: 1 }], 810 + rollUp);
        }
        // Both rankings that are kept ready, by quantity and by revenue.
        await sleep(3_500);
        const built = (await builds()) - before;
        expect(built).toBeGreaterThanOrEqual(ROLL_UPS);
        expect(built).toBeLessThanOrEqual(2 * ROLL_UPS);
      } finally {
        await readers.stop();
        await log.close();
      }
      const { reads, failures } = readers.look();
      expect(failures).toEqual([]);
      expect(reads).toBeGreaterThan(1_000);
    },
    2 * MINUTES,
  );

  it(
    'scenario 8: Redis is killed, comes back, hangs and goes on, and no read fails',
    async () => {
      const running = await start();
      await sell(running, [{ productId: MONITOR, quantity: 1 }], 701);
      const urls = running.shops.map(({ url }) => popularAt(url));
      const readers = new Readers(urls, 60);
      const log = await StatementLog.begin(running.mysql.url);
      const seen: Record<string, { readonly reads: number; readonly p99: number }> = {};
      let customer = 710;
      /** Two roll-ups fall into each phase, so that everything must be built anew without Redis, too. */
      const during = async (phase: string): Promise<void> => {
        for (const quantity of [1, 2]) {
          customer += 1;
          await sell(running, [{ productId: MONITOR, quantity }], customer);
        }
        const { reads, failures, tookMs } = readers.look();
        expect(failures).toEqual([]);
        const p99 = tookMs.toSorted((a, b) => a - b)[Math.floor(tookMs.length * 0.99)] ?? 0;
        seen[phase] = { reads, p99 };
      };
      try {
        await during('well');
        await running.redis.kill();
        await during('killed');
        await running.redis.restart();
        await during('back');
        await running.redis.pause();
        await during('hanging');
        await running.redis.resume();
        await during('going on');
        // Both processes, both rankings that are kept ready, ten roll-ups; and a few for those that were not yet stored.
        expect(await log.count('FROM rankings WHERE days')).toBeLessThanOrEqual(2 * 2 * 10 + 8);
      } finally {
        await readers.stop();
        await log.close();
      }
      for (const { reads, p99 } of Object.values(seen)) {
        expect(reads).toBeGreaterThan(200);
        expect(p99).toBeLessThan(1_000);
      }
      expect(await isShared(running)).toBe(true);
      expect(await running.stop()).toEqual([0, 0, 0]);
    },
    3 * MINUTES,
  );

  /** Whether the ranking that is shown is found in Redis again. */
  async function isShared(running: Fleet): Promise<boolean> {
    await sell(running, [{ productId: MONITOR, quantity: 5 }], 799);
    const { computedAt: shown } = await shownAt(running.shops[0]?.url ?? '');
    const redis = new RedisPorts([running.redis.url]);
    try {
      for (const deadline = Date.now() + 10_000; Date.now() < deadline; await sleep(50)) {
        // What was counted at that moment has it for its version.
        const key = `popular:${Date.parse(shown)}:3:quantity`;
        const kept = await redis.cache.read(key, 1, async () => undefined);
        if (kept !== undefined && new Date(JSON.parse(kept).computedAt).toISOString() === shown) {
          return true;
        }
      }
      return false;
    } finally {
      await redis.close();
    }
  }
});
