import { afterEach, describe, expect, it } from '@jest/globals';
import type { Answer, Client } from '../testing/client.js';
import { Fleet, type FleetOptions } from '../testing/fleet.js';
import { Shopper } from '../testing/shoppers.js';

const MINUTES = 60_000;
const CUSTOMERS = 100;
const ORDERS = 20;
const HOT_STOCK = 150;
const FIRST_CUSTOMER = 20_000;

const range = (count: number): readonly number[] => Array.from({ length: count }, (_, at) => at);

/** The server was away: the customer is told so, and may try again. */
const isOutage = ({ status, body }: Answer): boolean =>
  status === 503 && ['DEPENDENCY_UNAVAILABLE', 'OUTCOME_UNKNOWN'].includes(body.code);

describe('Two HTTP processes and two workers on one MySQL and one Redis', () => {
  let fleet: Fleet | undefined;
  const start = async (options: FleetOptions = {}): Promise<Fleet> => {
    fleet = await Fleet.start(options);
    return fleet;
  };
  afterEach(async () => {
    await fleet?.stop();
    fleet = undefined;
  });

  /** Five hot products and a campaign, at which the crowd shops; `disturb` is called in the middle. */
  async function rush(
    running: Fleet,
    disturb: () => Promise<void>,
    mayFail?: (answer: Answer) => boolean,
  ): Promise<readonly Shopper[]> {
    const operator = await running.operator();
    const products: number[] = [];
    for (const at of range(5)) {
      const product = { name: `한정판 ${at}`, description: '', category: '굿즈', price: 1_000 };
      const made = await operator.post('/admin/products', { ...product, stock: HOT_STOCK });
      products.push(made.body.id);
    }
    const campaign = await openCampaign(operator, 60);
    const shoppers = await Promise.all(
      range(CUSTOMERS).map(async (at) => {
        const clients = await Promise.all(
          running.shops.map((shop) => running.customer(FIRST_CUSTOMER + at, shop)),
        );
        return new Shopper(clients, at + 1, mayFail);
      }),
    );
    let answers = 0;
    let disturbed: Promise<void> | undefined;
    const onAnswer = (): void => {
      answers += 1;
      if (answers === CUSTOMERS * ORDERS) disturbed = disturb();
    };
    await Promise.all(
      shoppers.map((shopper) => shopper.shop({ products, campaign, orders: ORDERS }, onAnswer)),
    );
    await disturbed;
    const shelved = Object.fromEntries(products.map((id) => [id, HOT_STOCK]));
    expect(await running.audit(shelved)).toEqual([]);
    const alive = running.shops.at(-1);
    for (const [at, shopper] of shoppers.entries()) {
      expect(shopper.surprises).toEqual([]);
      const customer = await running.customer(FIRST_CUSTOMER + at, alive);
      expect(await shopper.findLost(customer)).toEqual([]);
    }
    return shoppers;
  }

  const told = (shoppers: readonly Shopper[], status: number): number =>
    shoppers.reduce((sum, { statuses }) => sum + (statuses.get(status) ?? 0), 0);

  it(
    'sell five hot products to 100 customers with 20 mixed orders each: nothing is oversold, lost or refused for a deadlock',
    async () => {
      const running = await start({ orderHoldSeconds: 5 });
      const shoppers = await rush(running, async () => {});
      expect(told(shoppers, 201)).toBeGreaterThan(CUSTOMERS * 5);
      expect(told(shoppers, 0)).toBe(0);
      expect(told(shoppers, 503)).toBe(0);
      expect(await running.stop()).toEqual([0, 0, 0, 0]);
    },
    5 * MINUTES,
  );

  it(
    'give one effect to one idempotency key that both are asked under at once',
    async () => {
      const running = await start({ workers: 0 });
      const one = await running.customer(31, running.shops[0]);
      const other = await running.customer(31, running.shops[1]);
      const answers = await Promise.all(
        range(40).map((at) =>
          (at % 2 === 0 ? one : other).post('/wallet/charges', { amount: 700 }, { key: 'once' }),
        ),
      );
      expect(new Set(answers.map(({ body }) => body.chargeId)).size).toBe(1);
      expect((await one.get('/wallet')).body.balance).toBe(700);
      expect(await running.audit()).toEqual([]);
    },
    MINUTES,
  );

  it(
    'go on when one of them is killed in the middle of the rush, and it comes back',
    async () => {
      const running = await start();
      const shoppers = await rush(running, async () => {
        await running.shops[0]?.kill();
        await running.addShop();
      });
      expect(told(shoppers, 0)).toBeGreaterThan(0);
    },
    5 * MINUTES,
  );

  it(
    'answer 503 while MySQL is killed, and recover by themselves',
    async () => {
      const running = await start();
      const shoppers = await rush(
        running,
        async () => {
          await running.mysql.kill();
          await running.mysql.restart();
        },
        isOutage,
      );
      expect(told(shoppers, 503)).toBeGreaterThan(0);
      for (const shop of running.shops) {
        expect((await fetch(`${shop.url}/readyz`)).status).toBe(200);
        const customer = await running.customer(77, shop);
        expect((await customer.post('/wallet/charges', { amount: 1 })).status).toBe(201);
      }
    },
    5 * MINUTES,
  );

  it(
    'do not mind that Redis is killed in the middle of the rush, nor that it comes back',
    async () => {
      const running = await start();
      const shoppers = await rush(running, async () => {
        await running.redis.kill();
        await running.redis.restart();
      });
      expect(told(shoppers, 503)).toBe(0);
    },
    5 * MINUTES,
  );

  it(
    'take orders, payments and coupons when Redis is away from the start, and are ready',
    async () => {
      const running = await start({ shops: 1, workers: 0 });
      await running.redis.kill();
      const shop = await running.addShop();
      expect((await fetch(`${shop.url}/readyz`)).status).toBe(200);
      const customer = await running.customer(41, shop);
      const issued = await customer.post('/coupon-campaigns/501/coupons');
      expect(issued.status).toBe(201);
      await customer.post('/wallet/charges', { amount: 50_000 });
      const order = { items: [{ productId: 101, quantity: 1 }], couponId: issued.body.id };
      const placed = await customer.post('/orders', order);
      expect(placed).toMatchObject({ status: 201, body: { total: 22_500 } });
      const paid = await customer.post(`/orders/${placed.body.id}/payment`);
      expect(paid).toMatchObject({ status: 201, body: { balance: 27_500 } });
      expect((await customer.get('/products/101')).body.stock).toBe(49);
      expect(await running.audit()).toEqual([]);
    },
    MINUTES,
  );

  it(
    'give the last coupon to one of 1,000 who ask at once, and 100 coupons to 100 of 10,000, numbered 1 to 100',
    async () => {
      const running = await start({ workers: 0 });
      const operator = await running.operator();

      const last = await openCampaign(operator, 1);
      const crowd = await Promise.all(
        range(1_000).map((at) => running.customer(100_000 + at, running.shops[at % 2])),
      );
      const answers = await Promise.all(
        crowd.map((customer) => customer.post(`/coupon-campaigns/${last}/coupons`)),
      );
      const outcomes = Map.groupBy(answers, ({ status, body }) => `${status} ${body.code ?? ''}`);
      expect(Object.fromEntries([...outcomes].map(([what, all]) => [what, all.length]))).toEqual({
        '201 ': 1,
        '409 COUPON_EXHAUSTED': 999,
      });

      const hundred = await openCampaign(operator, 100);
      const numbers: number[] = [];
      let refused = 0;
      let next = 0;
      const ask = async (): Promise<void> => {
        while (next < 10_000) {
          const at = next++;
          const customer = await running.customer(200_000 + at, running.shops[at % 2]);
          const { status, body } = await customer.post(`/coupon-campaigns/${hundred}/coupons`);
          if (status === 201) numbers.push(body.issueNumber);
          else if (status === 409 && body.code === 'COUPON_EXHAUSTED') refused += 1;
        }
      };
      await Promise.all(range(500).map(ask));
      expect(numbers.toSorted((a, b) => a - b)).toEqual(range(100).map((at) => at + 1));
      expect(refused).toBe(9_900);

      const grown = await operator.post(`/admin/coupon-campaigns/${hundred}/grow`, { quantity: 1 });
      expect(grown.body).toMatchObject({ totalQuantity: 101, remainingQuantity: 1 });
      const luckyOne = await running.customer(300_000, running.shops[1]);
      expect(await firstCouponOf(luckyOne, hundred)).toBe(101);
      expect(await running.audit()).toEqual([]);
    },
    3 * MINUTES,
  );
});

/** Asks until the other process has heard that the campaign has grown; resolves to the issue number. */
async function firstCouponOf(customer: Client, campaign: number): Promise<number> {
  const deadline = Date.now() + 5_000;
  for (;;) {
    const { status, body } = await customer.post(`/coupon-campaigns/${campaign}/coupons`);
    if (status === 201) return body.issueNumber;
    expect(body.code).toBe('COUPON_EXHAUSTED');
    expect(Date.now()).toBeLessThan(deadline);
  }
}

async function openCampaign(operator: Client, totalQuantity: number): Promise<number> {
  const opened = await operator.post('/admin/coupon-campaigns', {
    name: '선착순',
    discountRate: 10,
    totalQuantity,
    startsAt: '2024-01-01T00:00:00Z',
    endsAt: '2099-01-01T00:00:00Z',
    couponValidDays: 30,
  });
  return opened.body.id;
}
