import { afterEach, describe, expect, it } from '@jest/globals';
import { PlatformSimulator, type RelayTuning } from '@jumun/adapters';
import { pino } from 'pino';
import { readConfig } from '../config.js';
import { type Running, start } from '../start.js';
import { Client } from '../testing/client.js';

const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const PATIENCE_MS = 20_000;
const LOOK_EVERY_MS = 10;

/** As in production, but what takes seconds there takes milliseconds. */
const HASTY: RelayTuning = {
  policy: {
    firstPauseMs: 40,
    resendAfterMs: 4_000,
    circuit: {
      fewFailures: 4,
      fewFailuresOverMs: 100,
      manyFailures: 20,
      firstProbeAfterMs: 100,
      longestProbePauseMs: 1_500,
      probes: 16,
    },
  },
  http: { connectMs: 2_000, totalMs: 5_000 },
  pollMs: 20,
};
const PLATFORM_TAKES_MS = 5_000;

describe('Scenario 10, the platform is away', () => {
  const opened: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const close of opened.splice(0).toReversed()) await close();
  });

  const aPlatform = async (port = 0): Promise<PlatformSimulator> => {
    const platform = await PlatformSimulator.start({ secrets: [SECRET], port });
    opened.push(() => platform.close().catch(() => undefined));
    return platform;
  };

  const aShop = async (variables: Readonly<Record<string, string>>, tuning = HASTY) => {
    const all = { DATABASE_URL: 'sqlite://:memory:', PORT: '0', WARM_UP: 'off', ...variables };
    const running: Running = await start(readConfig(all), pino({ level: 'silent' }), tuning);
    opened.push(() => running.stop());
    const anybody = new Client(`http://127.0.0.1:${running.port}`);
    const operator = await anybody.signIn(9, ['operator']);
    const chulsoo = await anybody.signIn(1);
    await chulsoo.post('/wallet/charges', { amount: 1_000_000 });
    /** Orders and pays a mouse; resolves to the order's id and how long both took. */
    const buy = async () => {
      const began = performance.now();
      const items = [{ productId: 101, quantity: 1 }];
      const placed = await chulsoo.post('/orders', { items });
      const paid = await chulsoo.post(`/orders/${placed.body.id}/payment`);
      expect([placed.status, paid.status, paid.body.orderStatus]).toEqual([201, 201, 'COMPLETED']);
      return { id: Number(placed.body.id), took: performance.now() - began };
    };
    const messageOf = async (orderId: number) => {
      const { body } = await operator.get('/admin/deliveries?limit=100');
      return body.items.find((each: { orderId: number }) => each.orderId === orderId);
    };
    /** Waits until the message about an order has this status; resolves to the message. */
    const until = async (orderId: number, status: string) => {
      for (const deadline = Date.now() + PATIENCE_MS; ;) {
        const message = await messageOf(orderId);
        if (message?.status === status) return message;
        expect(Date.now()).toBeLessThan(deadline);
        await new Promise((resume) => {
          setTimeout(resume, LOOK_EVERY_MS);
        });
      }
    };
    return { anybody, operator, chulsoo, buy, until };
  };

  it('and nobody feels it: four attempts, FAILED, and delivered by itself when it is back', async () => {
    const platform = await aPlatform();
    const { url } = platform.endpoint;
    const shop = await aShop({ PLATFORM_URL: url, PLATFORM_SECRET: SECRET });
    const { id: told } = await shop.buy();
    expect(await shop.until(told, 'DELIVERED')).toMatchObject({ attempts: 1, lastError: null });
    await platform.close();

    const { id, took } = await shop.buy();
    expect(took).toBeLessThan(PLATFORM_TAKES_MS / 2);
    const failed = await shop.until(id, 'FAILED');
    expect(failed).toMatchObject({
      orderId: id,
      type: 'jumun.order.completed.v1',
      attempts: 4,
      lastError: 'connection refused',
      deliveredAt: null,
    });
    expect(failed.nextAttemptAt).not.toBeNull();
    const { body: order } = await shop.chulsoo.get(`/orders/${id}`);
    expect(order.status).toBe('COMPLETED');
    expect((await shop.chulsoo.get('/wallet')).body.balance).toBe(950_000);
    expect((await shop.anybody.get('/products/101')).body.stock).toBe(48);

    const back = await aPlatform(Number(new URL(url).port));
    const delivered = await shop.until(id, 'DELIVERED');
    expect(delivered.attempts).toBeGreaterThan(4);
    expect(back.report()).toMatchObject({
      messages: 1,
      refused: 0,
      gaps: [],
      latest: [{ webhookId: `order-${id}-1`, orderId: id, sequence: 1, arrival: 'NEW' }],
    });
    const after = await shop.chulsoo.get(`/orders/${id}`);
    expect(after.body).toEqual(order);
  });

  it('so slowly that it never answers, and nobody waits for it', async () => {
    const platform = await aPlatform();
    platform.behave({ timeoutRate: 1 });
    const shop = await aShop({ PLATFORM_URL: platform.endpoint.url, PLATFORM_SECRET: SECRET });
    for (let order = 0; order < 5; order += 1) {
      expect((await shop.buy()).took).toBeLessThan(PLATFORM_TAKES_MS / 2);
    }
  });

  it('is told of refunds after payments, once it is back', async () => {
    const platform = await aPlatform();
    platform.behave({ down: true });
    const shop = await aShop({ PLATFORM_URL: platform.endpoint.url, PLATFORM_SECRET: SECRET });
    const { id } = await shop.buy();
    expect((await shop.chulsoo.post(`/orders/${id}/cancel`)).body.status).toBe('CANCELLED');
    platform.behave({ down: false });
    for (const deadline = Date.now() + PATIENCE_MS; platform.report().messages < 2;) {
      expect(Date.now()).toBeLessThan(deadline);
      await new Promise((resume) => {
        setTimeout(resume, LOOK_EVERY_MS);
      });
    }
    const { latest, gaps } = platform.report();
    expect(latest.map(({ sequence, type }) => [sequence, type])).toEqual([
      [2, 'jumun.order.cancelled.v1'],
      [1, 'jumun.order.completed.v1'],
    ]);
    expect(gaps).toEqual([]);
  });

  it('refuses a message: it is sent again when an operator says so, and not before', async () => {
    const platform = await aPlatform();
    const { url } = platform.endpoint;
    const shop = await aShop({ PLATFORM_URL: url, PLATFORM_SECRET: 'not what it expects' });
    const { id } = await shop.buy();
    const refused = await shop.until(id, 'FAILED');
    expect(refused).toMatchObject({ attempts: 1, lastError: 'answered 401', nextAttemptAt: null });
    const replayed = await shop.operator.post('/admin/deliveries/replay', { ids: [refused.id] });
    expect([replayed.status, replayed.body]).toEqual([202, { requeued: 1 }]);
    for (const deadline = Date.now() + PATIENCE_MS; platform.report().refused < 2;) {
      expect(Date.now()).toBeLessThan(deadline);
      await new Promise((resume) => {
        setTimeout(resume, LOOK_EVERY_MS);
      });
    }
    expect((await shop.until(id, 'FAILED')).attempts).toBe(2);
  });

  it('is simulated where nobody is configured: anybody can see what arrives, and switch it off', async () => {
    const shop = await aShop({});
    const { id } = await shop.buy();
    await shop.until(id, 'DELIVERED');
    const shown = await shop.anybody.get('/dev/platform');
    expect([shown.status, shown.body]).toMatchObject([
      200,
      {
        behaviour: { down: false, latencyMs: 0 },
        messages: 1,
        latest: [{ webhookId: `order-${id}-1`, receivedAt: expect.any(String) }],
      },
    ]);
    const off = await shop.anybody.patch('/dev/platform', { down: true });
    expect([off.status, off.body.behaviour.down]).toEqual([200, true]);
    const { id: lost } = await shop.buy();
    expect((await shop.until(lost, 'FAILED')).lastError).toBe('connection broken');
    await shop.anybody.patch('/dev/platform', { down: false });
    await shop.until(lost, 'DELIVERED');
    expect((await shop.anybody.patch('/dev/platform', { errorRate: 2 })).status).toBe(400);
  });

  it('is simulated for nobody in production, nor shown where tokens are real', async () => {
    const secret = 'a secret of thirty-two bytes or more';
    for (const variables of [
      { AUTH_JWT_SECRET: secret },
      { AUTH_JWT_SECRET: secret, NODE_ENV: 'production' },
    ]) {
      const config = readConfig({
        DATABASE_URL: 'sqlite://:memory:',
        PORT: '0',
        WARM_UP: 'off',
        ...variables,
      });
      const running = await start(config, pino({ level: 'silent' }));
      opened.push(() => running.stop());
      const { status } = await fetch(`http://127.0.0.1:${running.port}/api/v1/dev/platform`);
      expect(status).toBe(404);
      expect(config.simulatesPlatform).toBe(variables.NODE_ENV !== 'production');
    }
  });
});
