import { describe, expect, it } from '@jest/globals';
import { type OrderId, userId } from '@jumun/domain';
import { accepted, KIM_CHEOLSU } from '@jumun/domain/testing';
import { DependencyUnavailable } from '../ports/faults.js';
import type { UnitOfWork } from '../ports/unit-of-work.js';
import { ScriptedPlatform } from '../testing/doubles/scripted-platform.js';
import { openShop } from '../testing/scenario/open-shop.js';
import { DELIVERY_DEFAULTS, type DeliveryPolicy } from './delivery-policy.js';
import { DeliveryRelay } from './delivery-relay.js';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** Lets everything go on that waits for nothing but its turn. */
const rest = async (): Promise<void> => {
  for (let turn = 0; turn < 400; turn += 1) await Promise.resolve();
};

/** A shop with a mouse, customers who can pay, and relays between it and a platform. */
async function aStage(policy: Partial<DeliveryPolicy> = {}) {
  const open = openShop();
  const { ports, clock, store } = open;
  const platform = new ScriptedPlatform();
  const heard: unknown[] = [];
  const mouse = await open.shelve({ stock: 100_000 });
  await open.charge(KIM_CHEOLSU, 10_000_000);

  const aRelay = (unitOfWork: UnitOfWork = ports.unitOfWork, of: ScriptedPlatform = platform) =>
    new DeliveryRelay(
      {
        ...ports,
        unitOfWork,
        platform: of,
        chance: () => 0,
        gather: () => Promise.resolve(),
        watcher: {
          circuit: (state) => heard.push(state),
          failed: (delivery) => heard.push(['failed', delivery]),
          stale: (delivery) => heard.push(['stale', delivery]),
          unsettled: (delivery, fault) => heard.push(['unsettled', delivery, fault]),
        },
      },
      { ...DELIVERY_DEFAULTS, ...policy },
    );
  /** Lets a relay do all that it can do now. */
  const work = async (relay: DeliveryRelay): Promise<void> => {
    for (let more = true; more;) {
      more = await relay.claim();
      await rest();
    }
  };
  return {
    ...open,
    platform,
    heard,
    aRelay,
    work,
    sell: async (): Promise<OrderId> => {
      const { id } = await open.order(KIM_CHEOLSU, [[mouse, 1]]);
      await open.pay(KIM_CHEOLSU, id);
      return id;
    },
    /** Works, and goes on after each of these pauses. */
    workThrough: async (relay: DeliveryRelay, ...pauses: readonly number[]): Promise<void> => {
      await work(relay);
      for (const each of pauses) {
        clock.advance(each);
        await work(relay);
      }
    },
    standing: () =>
      store.deliveries
        .all()
        .map(({ orderId, sequence, status, attempts }) => [orderId, sequence, status, attempts]),
  };
}

describe('A relay', () => {
  it('sends what was paid, once, under an id that says what it is', async () => {
    const { sell, aRelay, work, platform, clock, store, standing } = await aStage();
    await sell();
    const relay = aRelay();
    await work(relay);
    await work(relay);
    expect(platform.taken).toEqual([
      {
        id: 'order-1001-1',
        body: store.deliveries.all()[0]?.payload,
        at: clock.now(),
        orderId: 1001,
        sequence: 1,
      },
    ]);
    expect(standing()).toEqual([[1001, 1, 'DELIVERED', 1]]);
    expect(store.deliveries.all()[0]).toMatchObject({
      deliveredAt: clock.now(),
      nextAttemptAt: null,
      lastError: null,
    });
    expect(relay.counts()).toMatchObject({ attempts: 1, delivered: 1, inFlight: 0 });
  });

  it('tells of a refund after the payment, also where both wait together', async () => {
    const { sell, cancel, aRelay, work, platform } = await aStage();
    const orders = [await sell(), await sell(), await sell()];
    for (const id of orders) await cancel(KIM_CHEOLSU, id);
    const relay = aRelay();
    await work(relay);
    await work(relay);
    expect(platform.taken.map(({ orderId, sequence }) => [orderId, sequence])).toEqual([
      ...orders.map((id) => [id, 1]),
      ...orders.map((id) => [id, 2]),
    ]);
    expect(platform.mostOfOrder).toBe(1);
  });

  it('has no more under way than there is room for, and goes on as room gets free', async () => {
    const { sell, aRelay, platform } = await aStage({ maxInFlight: 8 });
    for (let order = 0; order < 50; order += 1) await sell();
    const relay = aRelay();
    while (await relay.claim()) await relay.room();
    await relay.close();
    expect(platform.taken).toHaveLength(50);
    expect(platform.most).toBeGreaterThan(4);
    expect(platform.most).toBeLessThanOrEqual(8);
  });

  it('tries four times with growing pauses, writes down what was wrong, and is FAILED then', async () => {
    const { sell, aRelay, workThrough, platform, standing, store, heard, clock } = await aStage();
    platform.mood = 'BROKEN';
    await sell();
    const relay = aRelay();
    await workThrough(relay, 999);
    expect(platform.attempts).toBe(1);
    await workThrough(relay, 1, 2 * SECOND, 4 * SECOND);
    expect(standing()).toEqual([[1001, 1, 'FAILED', 4]]);
    expect(store.deliveries.all()[0]).toMatchObject({
      lastError: 'answered 503',
      nextAttemptAt: clock.now() + 30 * SECOND,
    });
    expect(heard).toEqual([
      'OPEN',
      ['failed', { id: 1, orderId: 1001, attempt: 4, error: 'answered 503', isRefused: false }],
    ]);
    expect(relay.counts()).toMatchObject({ attempts: 4, retried: 3, failed: 1, circuit: 'OPEN' });
  });

  it('does not try again what the platform refuses, and takes that for no outage', async () => {
    const { sell, aRelay, workThrough, platform, standing, store } = await aStage();
    platform.mood = 'REFUSING';
    for (let order = 0; order < 30; order += 1) await sell();
    const relay = aRelay();
    await workThrough(relay, MINUTE, 60 * MINUTE);
    expect(platform.attempts).toBe(30);
    expect(standing()[0]).toEqual([1001, 1, 'FAILED', 1]);
    expect(store.deliveries.all()[0]).toMatchObject({ nextAttemptAt: null });
    expect(relay.counts()).toMatchObject({ refused: 30, circuit: 'CLOSED' });
  });

  it('lets one bad message hold up no other order', async () => {
    const { sell, aRelay, work, workThrough, platform, standing } = await aStage();
    const relay = aRelay();
    platform.mood = 'BROKEN';
    await sell();
    await workThrough(relay, SECOND, 2 * SECOND, 4 * SECOND);
    platform.mood = 'WELL';
    const later = await sell();
    await work(relay);
    expect(standing()).toEqual([
      [1001, 1, 'FAILED', 4],
      [later, 1, 'PENDING', 0],
    ]);
    // The first thing that the open circuit asks with.
    await workThrough(relay, SECOND);
    expect(standing()[1]).toEqual([later, 1, 'DELIVERED', 1]);
  });

  it('never tells of a refund while the payment is FAILED, and does so as soon as that is delivered', async () => {
    const { sell, cancel, aRelay, work, workThrough, shop, platform, standing } = await aStage();
    const relay = aRelay();
    platform.mood = 'REFUSING';
    const id = await sell();
    await work(relay);
    await cancel(KIM_CHEOLSU, id);
    platform.mood = 'WELL';
    await workThrough(relay, MINUTE, 10 * MINUTE, 60 * MINUTE);
    expect(platform.taken).toEqual([]);
    expect(standing()[1]).toEqual([id, 2, 'PENDING', 0]);
    expect(accepted(await shop.replayDeliveries(null)).answer).toEqual({ requeued: 1 });
    await work(relay);
    await work(relay);
    expect(platform.taken.map(({ sequence }) => sequence)).toEqual([1, 2]);
  });

  it('rejects while the database is away, and goes on afterwards', async () => {
    const { sell, aRelay, work, ports, platform } = await aStage();
    await sell();
    let isAway = true;
    const shaky: UnitOfWork = {
      run: (each) =>
        isAway ? Promise.reject(new DependencyUnavailable('away')) : ports.unitOfWork.run(each),
    };
    const relay = aRelay(shaky);
    await expect(relay.claim()).rejects.toThrow(DependencyUnavailable);
    isAway = false;
    await work(relay);
    expect(platform.taken).toHaveLength(1);
  });
});

describe('When the platform is back, a relay', () => {
  it('sends everything again by itself, a little at first and then more', async () => {
    const { sell, aRelay, work, workThrough, platform, standing, clock, heard } = await aStage();
    const relay = aRelay();
    platform.mood = 'BROKEN';
    for (let order = 0; order < 100; order += 1) await sell();
    await workThrough(relay, ...Array.from({ length: 150 }, () => SECOND));
    const failed = standing().filter(([, , status]) => status === 'FAILED').length;
    expect(failed).toBeGreaterThan(50);
    // It asked now and then: the platform was not stormed.
    expect(platform.attempts).toBeLessThan(100 + (150 / 5 + 3) * 16);

    platform.mood = 'WELL';
    platform.most = 0;
    clock.advance(5 * SECOND);
    await relay.claim();
    await rest();
    expect(platform.taken.length).toBeLessThanOrEqual(16);
    expect(platform.taken.length).toBeGreaterThan(0);
    await relay.claim();
    await rest();
    expect(platform.taken.length).toBeLessThan(60);
    for (let look = 0; look < 40; look += 1) await work(relay);
    expect(standing().filter(([, , status]) => status !== 'DELIVERED')).toEqual([]);
    expect(heard.filter((each) => typeof each === 'string')).toEqual(['OPEN', 'CLOSED']);
  });

  it('finds out with a FAILED message where nothing else is to be sent', async () => {
    const { sell, aRelay, workThrough, platform, standing } = await aStage();
    const relay = aRelay();
    platform.mood = 'BROKEN';
    await sell();
    await workThrough(relay, SECOND, 2 * SECOND, 4 * SECOND);
    platform.mood = 'WELL';
    await workThrough(relay, 4 * SECOND);
    expect(standing()).toEqual([[1001, 1, 'FAILED', 4]]);
    await workThrough(relay, SECOND);
    expect(standing()).toEqual([[1001, 1, 'DELIVERED', 5]]);
  });

  it('does not storm it with a message that only this platform cannot take', async () => {
    const { sell, aRelay, workThrough, platform } = await aStage();
    const relay = aRelay();
    platform.mood = 'BROKEN';
    await sell();
    await workThrough(relay, ...Array.from({ length: 60 }, () => SECOND));
    // Four attempts, and then one every five seconds and no more.
    expect(platform.attempts).toBeLessThanOrEqual(4 + 60 / 5);
  });
});

describe('When a relay dies with messages in hand, another one', () => {
  it('sends them once the lease has ended, and not before', async () => {
    const { sell, aRelay, work, workThrough, platform, standing } = await aStage();
    await sell();
    platform.mood = 'SILENT';
    await work(aRelay());
    platform.mood = 'WELL';
    const other = aRelay();
    await workThrough(other, 29 * SECOND);
    expect(standing()).toEqual([[1001, 1, 'PENDING', 1]]);
    await workThrough(other, SECOND);
    expect(standing()).toEqual([[1001, 1, 'DELIVERED', 2]]);
  });

  it('is not overruled by the first one, should that wake up again: it says so aloud', async () => {
    const { sell, aRelay, work, workThrough, platform, standing, heard } = await aStage();
    await sell();
    const late = Promise.withResolvers<void>();
    const slow = new ScriptedPlatform();
    slow.mood = 'BROKEN';
    const send = slow.send.bind(slow);
    slow.send = async (message) => {
      await late.promise;
      return send(message);
    };
    const first = aRelay(undefined, slow);
    await work(first);
    const other = aRelay();
    await workThrough(other, 30 * SECOND);
    expect(standing()).toEqual([[1001, 1, 'DELIVERED', 2]]);
    late.resolve();
    await rest();
    expect(standing()).toEqual([[1001, 1, 'DELIVERED', 2]]);
    expect(first.counts()).toMatchObject({ stale: 1, retried: 0, failed: 0 });
    expect(heard).toEqual([['stale', { id: 1, orderId: 1001, attempt: 1 }]]);
    expect(platform.taken).toHaveLength(1);
  });

  it('cannot be told by the first one what came of its own attempt', async () => {
    const { sell, aRelay, work, workThrough, platform, standing } = await aStage();
    await sell();
    const late = Promise.withResolvers<void>();
    const slow = new ScriptedPlatform();
    const send = slow.send.bind(slow);
    slow.send = async (message) => {
      await late.promise;
      return send(message);
    };
    const first = aRelay(undefined, slow);
    await work(first);
    platform.mood = 'SILENT';
    await workThrough(aRelay(), 30 * SECOND);
    late.resolve();
    await rest();
    // The second attempt is still under way.
    expect(standing()).toEqual([[1001, 1, 'PENDING', 2]]);
    expect(first.counts().stale).toBe(1);
  });

  it('sends again what the first one could not write down, which is told', async () => {
    const { sell, aRelay, work, workThrough, ports, platform, heard, standing } = await aStage();
    await sell();
    let runs = 0;
    const shaky: UnitOfWork = {
      run: (each) => {
        runs += 1;
        return runs === 2
          ? Promise.reject(new DependencyUnavailable('away'))
          : ports.unitOfWork.run(each);
      },
    };
    const relay = aRelay(shaky);
    await work(relay);
    expect(heard).toEqual([
      ['unsettled', { id: 1, orderId: 1001, attempt: 1 }, new DependencyUnavailable('away')],
    ]);
    await workThrough(relay, 30 * SECOND);
    expect(standing()).toEqual([[1001, 1, 'DELIVERED', 2]]);
    expect(platform.taken.map(({ id }) => id)).toEqual(['order-1001-1', 'order-1001-1']);
    expect(relay.counts()).toMatchObject({ unsettled: 1, delivered: 1 });
  });
});

describe('A relay that is closed', () => {
  it('claims nothing more, and waits for what is under way', async () => {
    const { sell, aRelay, standing } = await aStage();
    await sell();
    const relay = aRelay();
    await relay.claim();
    await sell();
    await relay.close();
    expect(await relay.claim()).toBe(false);
    expect(standing().map(([, , status]) => status)).toEqual(['DELIVERED', 'PENDING']);
  });
});

describe('What a relay counts', () => {
  it('are the messages that it has sent, and how late', async () => {
    const { sell, aRelay, work, clock } = await aStage();
    await sell();
    clock.advance(MINUTE);
    await sell();
    const relay = aRelay();
    await work(relay);
    expect(relay.counts()).toMatchObject({ delivered: 2, delayMs: { count: 2, max: MINUTE } });
  });
});

describe('What waits for the data platform', () => {
  it('is told with its age, as it was when it was measured, whether or not anybody sends it', async () => {
    const { sell, aRelay, work, clock, shop } = await aStage();
    const paidAt = clock.now();
    await sell();
    clock.advance(MINUTE);
    await sell();
    expect(shop.counts().backlog).toBeNull();
    await shop.measureDeliveries();
    const backlog = { pending: 2, failed: 0, oldestAt: paidAt, measuredAt: clock.now() };
    expect(shop.counts().backlog).toEqual(backlog);
    await work(aRelay());
    expect(shop.counts().backlog).toEqual(backlog);
    await shop.measureDeliveries();
    expect(shop.counts().backlog).toMatchObject({ pending: 0, oldestAt: null });
  });
});

describe('Whoever sends messages', () => {
  it('is rung for by a payment and a refund, and by the first of a crowd only', async () => {
    const { sell, cancel, order, ports, clock } = await aStage();
    let rings = 0;
    ports.events.subscribe(({ type }) => {
      if (type === 'DeliveriesWaiting') rings += 1;
    });
    const [first] = [await sell(), await sell(), await sell()];
    expect(rings).toBe(1);
    clock.advance(100);
    await cancel(KIM_CHEOLSU, first ?? (0 as OrderId));
    expect(rings).toBe(2);
    clock.advance(100);
    const { id } = await order(KIM_CHEOLSU, [[101, 1]]);
    await cancel(KIM_CHEOLSU, id);
    expect(rings).toBe(2);
    expect(userId(1)).toBe(KIM_CHEOLSU);
  });
});
