import { fc, test } from '@fast-check/jest';
import { describe, expect } from '@jest/globals';
import {
  type DailySales,
  dailySalesOf,
  instant,
  orderId,
  type OrderSnapshot,
  rankSales,
  SalesCalendar,
} from '@jumun/domain';
import { accepted, KIM_CHEOLSU } from '@jumun/domain/testing';
import { DyingUnitOfWork, Killed } from '../testing/doubles/dying-unit-of-work.js';
import { shopInMemory } from '../testing/in-memory/shop-in-memory.js';
import { openShop } from '../testing/scenario/open-shop.js';
import { MAX_RANKING_DAYS, RANKING_SORTS } from './rankings.js';

const CALENDAR = new SalesCalendar('Asia/Seoul');
const PRODUCTS = 4;
const HOUR = 3_600_000;

type Act =
  | { readonly does: 'SELL'; readonly product: number; readonly quantity: number }
  | { readonly does: 'REFUND'; readonly order: number }
  | { readonly does: 'WAIT'; readonly hours: number }
  | { readonly does: 'COUNT' }
  | { readonly does: 'REBUILD' }
  | {
      readonly does: 'DIE';
      readonly transaction: number;
      readonly when: 'BEFORE_COMMIT' | 'AFTER_COMMIT';
    };

const anyAct = (): fc.Arbitrary<Act> =>
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({
        does: fc.constant('SELL' as const),
        product: fc.nat({ max: PRODUCTS - 1 }),
        quantity: fc.integer({ min: 1, max: 3 }),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({ does: fc.constant('REFUND' as const), order: fc.nat({ max: 20 }) }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        does: fc.constant('WAIT' as const),
        hours: fc.integer({ min: 1, max: 400 }),
      }),
    },
    { weight: 2, arbitrary: fc.constant({ does: 'COUNT' as const }) },
    { weight: 1, arbitrary: fc.constant({ does: 'REBUILD' as const }) },
    {
      weight: 2,
      arbitrary: fc.record({
        does: fc.constant('DIE' as const),
        transaction: fc.integer({ min: 1, max: 5 }),
        when: fc.constantFrom('BEFORE_COMMIT' as const, 'AFTER_COMMIT' as const),
      }),
    },
  );

/** A shop and a worker over one store, and how to do an act. Two records are counted in a transaction, so that there are many. */
async function aStage() {
  const shop = openShop();
  const { store, clock, ports } = shop;
  await shop.charge(KIM_CHEOLSU, 10_000_000);
  for (let product = 0; product < PRODUCTS; product += 1) {
    await shop.shelve({ price: 1_000 * (product + 1), stock: 1_000 });
  }
  const policy = { countAtOnce: 2 };
  const worker = shopInMemory({ store, clock, policy }).shop;
  const sold: number[] = [];
  const act = async (does: Act): Promise<void> => {
    switch (does.does) {
      case 'SELL': {
        const { id } = await shop.order(KIM_CHEOLSU, [[101 + does.product, does.quantity]]);
        await shop.pay(KIM_CHEOLSU, id);
        sold.push(id);
        return;
      }
      case 'REFUND': {
        const [id] = sold.splice(does.order % Math.max(1, sold.length), 1);
        if (id === undefined) return;
        accepted(await shop.shop.cancelOrder({ userId: KIM_CHEOLSU, orderId: orderId(id) }));
        return;
      }
      case 'WAIT':
        return clock.set(instant(clock.now() + does.hours * HOUR));
      case 'COUNT':
        await worker.rollUpSales();
        return;
      case 'REBUILD':
        expect((await worker.rebuildStatistics()).corrected).toBe(0);
        return;
      case 'DIE': {
        const unitOfWork = new DyingUnitOfWork(ports.unitOfWork, does);
        const victim = shopInMemory({ store, clock, policy, ports: { unitOfWork } });
        await victim.shop.rollUpSales().catch((fault: unknown) => {
          if (!(fault instanceof Killed)) throw fault;
        });
      }
    }
  };
  return { ...shop, worker, act };
}

/** What the orders alone say was sold: no record, no sum and no marker is looked at. */
function soldByOrders(orders: readonly OrderSnapshot[]): readonly DailySales[] {
  const sales = orders.flatMap((order) =>
    order.status === 'COMPLETED'
      ? order.lines.map(({ productId, quantity, amount, discount }) => ({
          orderId: order.id,
          productId,
          day: CALENDAR.dayOf(order.payment.paidAt),
          quantity,
          revenue: amount - discount,
        }))
      : [],
  );
  return dailySalesOf(sales);
}

describe('Whatever is sold, refunded and counted, and wherever a worker dies', () => {
  test.prop([fc.array(anyAct(), { maxLength: 40, size: 'max' })], { numRuns: 150 })(
    'the sums and the rankings are those of the orders, to the unit',
    async (acts) => {
      const { act, worker, store, clock, ports } = await aStage();
      for (const each of acts) await act(each);
      await worker.rollUpSales();

      const expected = soldByOrders(store.orders.all());
      const found = store.dailySales.all().filter(({ quantity }) => quantity !== 0);
      expect(found.toSorted((a, b) => a.day - b.day || a.productId - b.productId)).toEqual(
        expected,
      );
      for (let days = 1; days <= MAX_RANKING_DAYS; days += 1) {
        const from = CALENDAR.firstOfLastDays(days, clock.now());
        const period = expected.filter(({ day }) => day >= from);
        const totals = dailySalesOf(
          period.map((sum) => ({ ...sum, day: from, orderId: orderId(1) })),
        );
        for (const sort of RANKING_SORTS) {
          const ranking = await ports.queries.rankings.find(days, sort);
          const places = ranking?.places.map(({ previousRank: _, ...place }) => place);
          expect(places).toEqual(rankSales(totals, sort, 1_000));
        }
      }
      expect((await worker.rebuildStatistics()).corrected).toBe(0);
    },
  );
});
