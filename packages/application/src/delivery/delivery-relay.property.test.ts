import { describe, expect } from '@jest/globals';
import { fc, test } from '@fast-check/jest';
import type { OrderId } from '@jumun/domain';
import { accepted, KIM_CHEOLSU } from '@jumun/domain/testing';
import { type PlatformMood, ScriptedPlatform } from '../testing/doubles/scripted-platform.js';
import { openShop } from '../testing/scenario/open-shop.js';
import { DELIVERY_DEFAULTS } from './delivery-policy.js';
import { DeliveryRelay } from './delivery-relay.js';

type Act =
  | { readonly kind: 'sell' }
  | { readonly kind: 'refund'; readonly which: number }
  | { readonly kind: 'claim'; readonly relay: number }
  | { readonly kind: 'kill'; readonly relay: number }
  | { readonly kind: 'mood'; readonly mood: PlatformMood }
  | { readonly kind: 'wait'; readonly seconds: number }
  | { readonly kind: 'replay' };

const RELAYS = 2;
const relay = fc.nat(RELAYS - 1);

const anyAct = (): fc.Arbitrary<Act> =>
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ kind: fc.constant('sell' as const) }) },
    {
      weight: 2,
      arbitrary: fc.record({ kind: fc.constant('refund' as const), which: fc.nat(20) }),
    },
    { weight: 8, arbitrary: fc.record({ kind: fc.constant('claim' as const), relay }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('kill' as const), relay }) },
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constant('mood' as const),
        mood: fc.constantFrom<PlatformMood>(
          'WELL',
          'BROKEN',
          'LOSING_ANSWERS',
          'SILENT',
          'REFUSING',
        ),
      }),
    },
    {
      weight: 5,
      arbitrary: fc.record({ kind: fc.constant('wait' as const), seconds: fc.nat(40) }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('replay' as const) }) },
  );

const rest = async (): Promise<void> => {
  for (let turn = 0; turn < 150; turn += 1) await Promise.resolve();
};

async function aStage() {
  const open = openShop();
  const { ports, clock } = open;
  const platform = new ScriptedPlatform();
  const mouse = await open.shelve({ stock: 1_000 });
  await open.charge(KIM_CHEOLSU, 10_000_000);
  const noWatcher = {
    circuit: () => undefined,
    failed: () => undefined,
    stale: () => undefined,
    unsettled: (_delivery: unknown, fault: unknown) => {
      throw fault;
    },
  };
  const aRelay = (): DeliveryRelay => {
    const own = { platform, chance: () => 0.5, gather: () => Promise.resolve() };
    return new DeliveryRelay({ ...ports, ...own, watcher: noWatcher }, DELIVERY_DEFAULTS);
  };
  const relays = Array.from({ length: RELAYS }, aRelay);
  const sold: OrderId[] = [];
  const refunded = new Set<OrderId>();
  const claim = async (at: number): Promise<void> => {
    await relays[at]?.claim();
    await rest();
  };
  const act = async (each: Act): Promise<void> => {
    switch (each.kind) {
      case 'sell': {
        const { id } = await open.order(KIM_CHEOLSU, [[mouse, 1]]);
        await open.pay(KIM_CHEOLSU, id);
        sold.push(id);
        return;
      }
      case 'refund': {
        const id = sold[each.which];
        if (id === undefined || refunded.has(id)) return;
        await open.cancel(KIM_CHEOLSU, id);
        refunded.add(id);
        return;
      }
      case 'claim':
        return claim(each.relay);
      case 'kill':
        // What it had in hand stays leased; what it would have heard is lost.
        relays[each.relay] = aRelay();
        return;
      case 'mood':
        platform.mood = each.mood;
        return;
      case 'wait':
        clock.advance(each.seconds * 1_000);
        return;
      case 'replay':
        accepted(await open.shop.replayDeliveries(null));
    }
  };
  return { ...open, platform, act, claim, sold, refunded, aRelay, relays };
}

describe('Whatever the platform does, and whoever is killed', () => {
  test.prop([fc.array(anyAct(), { maxLength: 60, size: 'max' })], { numRuns: 120 })(
    'in the end it has every message, those of an order in their order, and nothing else',
    async (acts) => {
      const { act, claim, platform, sold, refunded, clock, shop, store } = await aStage();
      for (const each of acts) await act(each);
      platform.mood = 'WELL';
      // Whoever still waits for a silent platform waits for ever, as no sender may: those were killed.
      for (let at = 0; at < RELAYS; at += 1) await act({ kind: 'kill', relay: at });
      // Refusals wait for an operator; everything else comes by itself.
      accepted(await shop.replayDeliveries(null));
      for (let minute = 0; minute < 12; minute += 1) {
        for (let look = 0; look < 12; look += 1) await claim(look % RELAYS);
        clock.advance(60_000);
      }
      const statuses = store.deliveries.all().map(({ status }) => status);
      expect(statuses.filter((status) => status !== 'DELIVERED')).toEqual([]);

      const expected = sold.flatMap((id) =>
        refunded.has(id) ? [`${id}-1`, `${id}-2`] : [`${id}-1`],
      );
      const firsts = new Map<string, number>();
      for (const [at, { orderId, sequence, id }] of platform.taken.entries()) {
        const name = `${orderId}-${sequence}`;
        expect(id).toBe(`order-${name}`);
        if (!firsts.has(name)) firsts.set(name, at);
      }
      expect([...firsts.keys()].toSorted()).toEqual(expected.toSorted());
      for (const id of refunded) {
        expect(firsts.get(`${id}-1`)).toBeLessThan(firsts.get(`${id}-2`) ?? -1);
      }
      expect(platform.mostOfOrder).toBeLessThanOrEqual(1);
    },
  );
});
