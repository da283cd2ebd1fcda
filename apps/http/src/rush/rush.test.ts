import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { readConfig } from '../config.js';
import { start } from '../start.js';
import type { Client } from '../testing/client.js';
import { withServer } from '../testing/memory-server.js';
import { openShop, type RunningShop } from '../testing/running-shop.js';
import { planRush } from './rush-plan.js';

const LOOK_EVERY_MS = 20;
const SIZE = { customers: 90, products: 4, seconds: 1 };

const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, each) => sum + each, 0);

async function untilOver(anybody: Client) {
  for (;;) {
    const { body } = await anybody.get('/dev/rush');
    if (body.state !== 'RUNNING') return body;
    await new Promise((resume) => {
      setTimeout(resume, LOOK_EVERY_MS);
    });
  }
}

describe('A rush', () => {
  let running: RunningShop;
  beforeAll(async () => {
    running = await openShop();
  });
  afterAll(async () => {
    await running.close();
  });

  const stocks = async (): Promise<readonly number[]> => {
    const { body } = await running.anybody.get(`/products?size=${SIZE.products}`);
    return body.items.map(({ stock }: { stock: number }) => stock);
  };
  const inEachWallet = () =>
    Promise.all(
      planRush(SIZE).map(async ({ userId }) => {
        const customer = await running.customer(userId);
        const [wallet, orders] = [await customer.get('/wallet'), await customer.get('/orders')];
        return { balance: Number(wallet.body.balance), orders: orders.body.items };
      }),
    );

  it('was not there before the first one', async () => {
    const { body } = await running.anybody.get('/dev/rush');
    expect(body).toMatchObject({ state: 'IDLE', startedAt: null, customers: 0, arrived: 0 });
  });

  it('leaves the figures in the books that it tells of', async () => {
    const begun = await running.anybody.post('/dev/rush', SIZE);
    expect([begun.status, begun.body]).toMatchObject([202, { state: 'RUNNING', ...SIZE }]);
    const again = await running.anybody.post('/dev/rush', { customers: 5 });
    expect([again.status, again.body]).toMatchObject([
      202,
      { startedAt: begun.body.startedAt, ...SIZE },
    ]);

    const { tally, campaignId, ...over } = await untilOver(running.anybody);
    expect(over).toMatchObject({ state: 'FINISHED', arrived: 90, gone: 90 });
    const { ordersPlaced, ordersPaid, ordersCancelled, ordersRefunded } = tally;
    expect(tally).toMatchObject({ unanswered: 0 });
    // The first products sell out, coupons run out, and who is poor charges once more.
    expect(Object.keys(tally.refusals).toSorted()).toEqual([
      'COUPON_EXHAUSTED',
      'INSUFFICIENT_BALANCE',
      'OUT_OF_STOCK',
    ]);
    for (const figure of [ordersPaid, ordersCancelled, ordersRefunded]) {
      expect(figure).toBeGreaterThan(0);
    }

    const wallets = await inEachWallet();
    expect(sumOf(wallets.map(({ balance }) => balance))).toBe(
      tally.charged - tally.spent + tally.refunded,
    );
    const orders = Map.groupBy(
      wallets.flatMap((wallet) => wallet.orders),
      ({ status }) => status,
    );
    expect({
      completed: orders.get('COMPLETED')?.length,
      cancelled: orders.get('CANCELLED')?.length,
      pending: orders.get('PENDING')?.length,
    }).toEqual({
      completed: ordersPaid - ordersRefunded,
      cancelled: ordersCancelled + ordersRefunded,
      pending: ordersPlaced - ordersPaid - ordersCancelled,
    });
    const campaigns = await running.anybody.get('/coupon-campaigns');
    const ours = campaigns.body.items.find(({ id }: { id: number }) => id === campaignId);
    expect(ours.totalQuantity - ours.remainingQuantity).toBe(tally.coupons);
    const popular = await running.anybody.get('/products/popular?limit=50');
    expect(popular.body.totalQuantity).toBe(tally.pieces);
  });

  it('ends at once where it is told to, and what was done stays done', async () => {
    const before = sumOf(await stocks());
    await running.anybody.post('/dev/rush', { ...SIZE, seconds: 60 });
    while ((await running.anybody.get('/dev/rush')).body.gone < 2);
    const { status, body } = await running.anybody.post('/dev/rush/stop', {});
    expect([status, body.state]).toEqual([200, 'STOPPED']);
    expect(body.gone).toBe(body.arrived);
    expect(body.arrived).toBeLessThan(SIZE.customers);
    expect(sumOf(await stocks())).not.toBe(before);
    expect((await running.anybody.post('/dev/rush/stop', {})).body).toEqual(body);
  });

  it('is as large as its limits allow, and no larger', async () => {
    for (const size of [{ customers: 2_001 }, { products: 21 }, { seconds: 61 }, { speed: 1 }]) {
      expect((await running.anybody.post('/dev/rush', size)).status).toBe(400);
    }
  });
});

describe('A server that stops', () => {
  it('ends its rush, and waits for nobody who has not come yet', async () => {
    await withServer(async ({ call, server, log }) => {
      await call('POST', '/api/v1/dev/rush', { body: { ...SIZE, seconds: 60 } });
      while ((await call('GET', '/api/v1/dev/rush')).body.gone === 0);
      await server.close();
      expect(log.find(({ msg }) => msg === 'the rush is over')).toMatchObject({ state: 'STOPPED' });
      expect(log.filter(({ level }) => Number(level) >= 40)).toEqual([]);
    });
  });
});

describe('A server that is about to stop', () => {
  it('begins no rush, while it still answers', async () => {
    await withServer(
      async ({ call, server }) => {
        const closing = server.close();
        const { status, body } = await call('POST', '/api/v1/dev/rush', { body: SIZE });
        expect([status, body.state]).toEqual([202, 'IDLE']);
        await closing;
      },
      { deps: { graceMs: 200 } },
    );
  });
});

describe('Where tokens are real', () => {
  it('there is no rush', async () => {
    const config = readConfig({
      DATABASE_URL: 'sqlite://:memory:',
      PORT: '0',
      MANAGEMENT_PORT: '0',
      WARM_UP: 'off',
      AUTH_JWT_SECRET: 'a secret of thirty-two bytes or more',
    });
    const real = await start(config, pino({ level: 'silent' }));
    try {
      const url = `http://127.0.0.1:${real.port}/api/v1/dev/rush`;
      const statuses = [
        (await fetch(url)).status,
        (await fetch(url, { method: 'POST' })).status,
        (await fetch(`${url}/stop`, { method: 'POST' })).status,
      ];
      expect(statuses).toEqual([404, 404, 404]);
    } finally {
      await real.stop();
    }
  });
});
