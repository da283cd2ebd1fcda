import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { instant } from '@jumun/domain';
import { HttpPlatformClient } from './http-platform-client.js';
import { PlatformSimulator } from './platform-simulator.js';

const message = (orderId: number, sequence = 1) => ({
  id: `order-${orderId}-${sequence}`,
  body: JSON.stringify({ type: 'jumun.order.completed.v1', data: { orderId, sequence } }),
  at: instant(Date.now()),
});

const PATIENT = { connectMs: 10_000, totalMs: 10_000 };

describe('The simulated platform', () => {
  let luck = 1;
  let simulator: PlatformSimulator;
  let client: HttpPlatformClient;
  beforeEach(async () => {
    luck = 0.999;
    simulator = await PlatformSimulator.start({ shown: 3, chance: () => luck });
    client = new HttpPlatformClient(simulator.endpoint, PATIENT);
  });
  afterEach(async () => {
    await client.close();
    await simulator.close();
  });
  const send = async (orderId: number, sequence?: number) => {
    const answer = await client.send(message(orderId, sequence));
    return answer.kind === 'ANSWERED' ? answer.status : answer.reason;
  };

  it('takes messages, tells duplicates and gaps, and shows the latest', async () => {
    for (const order of [1, 2, 2, 3, 4]) expect(await send(order)).toBe(204);
    expect(await send(5, 2)).toBe(204);
    expect(simulator.report()).toMatchObject({
      messages: 5,
      duplicates: 1,
      refused: 0,
      gaps: [{ orderId: 5, missing: [1] }],
      latest: [
        { webhookId: 'order-5-2', orderId: 5, sequence: 2, arrival: 'AHEAD' },
        { orderId: 4, arrival: 'NEW' },
        { orderId: 3 },
      ].map((each) => expect.objectContaining(each)),
    });
  });

  it('refuses what is not signed by its secret', async () => {
    const forger = new HttpPlatformClient({ ...simulator.endpoint, secrets: ['guessed'] });
    expect(await forger.send(message(1))).toMatchObject({ status: 401 });
    await forger.close();
    const { status } = await fetch(simulator.endpoint.url, { method: 'POST', body: '{}' });
    expect(status).toBe(401);
    expect(simulator.report()).toMatchObject({ messages: 0, refused: 2 });
  });

  it.each([
    ['errors', { errorRate: 0.5 }, 500, 0],
    ['resets', { resetRate: 0.5 }, 'connection broken', 0],
    ['messages that it takes without saying so', { duplicateRate: 0.5 }, 'connection broken', 1],
  ])('has %s as often as it is told', async (_what, behaviour, answer, messages) => {
    simulator.behave(behaviour);
    luck = 0.49;
    expect(await send(1)).toBe(answer);
    expect(simulator.report()).toMatchObject({ messages, failed: 1 });
    luck = 0.51;
    expect(await send(1)).toBe(204);
    expect(simulator.report()).toMatchObject({ messages: 1, duplicates: messages });
  });

  it('has silence as often as it is told', async () => {
    simulator.behave({ timeoutRate: 0.5 });
    luck = 0.49;
    const hasty = new HttpPlatformClient(simulator.endpoint, { connectMs: 400, totalMs: 400 });
    expect(await hasty.send(message(1))).toMatchObject({ reason: 'no answer within 400 ms' });
    await hasty.close();
    luck = 0.51;
    expect(await send(1)).toBe(204);
    expect(simulator.report()).toMatchObject({ messages: 1, failed: 1 });
  });

  it('is away when it is down, also for who is connected, and back afterwards', async () => {
    await send(1);
    simulator.behave({ down: true });
    expect(await send(2)).toBe('connection broken');
    expect(await send(2)).toBe('connection broken');
    simulator.behave({ down: false });
    expect(await send(2)).toBe(204);
    expect(simulator.report()).toMatchObject({ messages: 2, behaviour: { down: false } });
  });

  it('takes its time when it is slow', async () => {
    simulator.behave({ latencyMs: 120 });
    const began = performance.now();
    expect(await send(1)).toBe(204);
    expect(performance.now() - began).toBeGreaterThan(110);
  });
});
