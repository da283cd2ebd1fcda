import { describe, it } from '@jest/globals';
import { couponCampaignId, type Result } from '@jumun/domain';
import { KIM_CHEOLSU } from '@jumun/domain/testing';
import * as fc from 'fast-check';
import { CommandDesk } from '../batching/command-desk.js';
import type { UnitOfWork } from '../ports/unit-of-work.js';
import { must, mustEqual } from '../testing/contracts/contract.js';
import { openShop } from '../testing/scenario/open-shop.js';
import { expireOrder } from './expire-order.js';

const TOTAL = 22_500;
const CHARGED = 50_000;

/** What may happen to an unpaid order: it is paid, called off, swept, or its time runs out. Each may happen twice. */
const anyHappenings = () =>
  fc.array(fc.constantFrom('pay', 'cancel', 'expire', 'time runs out'), {
    minLength: 2,
    maxLength: 6,
  });

/** A PENDING order with a coupon, and two processes that can do something to it. */
async function aPendingOrder(slow = (unitOfWork: UnitOfWork): UnitOfWork => unitOfWork) {
  const open = openShop();
  await open.charge(KIM_CHEOLSU, CHARGED);
  const mouse = await open.shelve({ price: 25_000, stock: 5 });
  const coupon = await open.coupon(KIM_CHEOLSU, await open.campaign());
  const { id, expiresAt } = await open.order(KIM_CHEOLSU, [[mouse, 1]], coupon);
  const unitOfWork = slow(open.ports.unitOfWork);
  const ports = { ...open.ports, unitOfWork };
  const processes = [1, 2].map(() => {
    const { shop } = openShop({ store: open.store, clock: open.clock, ports });
    const desk = { maxBatch: 100, maxQueued: 100, endOfTurn: () => Promise.resolve() };
    return { shop, sweeper: new CommandDesk(ports, desk) };
  });
  return { ...open, id, expiresAt, processes };
}

type Pending = Awaited<ReturnType<typeof aPendingOrder>>;

async function happen(
  { processes, clock, id, expiresAt }: Pending,
  happening: string,
  at: number,
): Promise<boolean> {
  const process = processes[at % processes.length];
  must(process !== undefined, 'there is a process');
  const { shop, sweeper } = process;
  const isDone = (result: Result<unknown, unknown>): boolean => result.isOk();
  switch (happening) {
    case 'pay':
      return isDone(await shop.payOrder({ userId: KIM_CHEOLSU, orderId: id, amount: TOTAL }));
    case 'cancel':
      return isDone(await shop.cancelOrder({ userId: KIM_CHEOLSU, orderId: id }));
    case 'expire':
      return isDone(await sweeper.submit(expireOrder, { orderId: id }));
    default:
      clock.set(expiresAt);
      return true;
  }
}

/** Whatever happened in whatever order: one of the few ends that are legal, and books that agree with it. */
async function mustHaveEndedWell(
  { store, audit, balance, stock, id }: Pending,
  happenings: readonly string[],
  done: readonly boolean[],
): Promise<void> {
  const times = (name: string): number =>
    happenings.filter((happening, at) => happening === name && done[at]).length;
  const order = store.orders.get(id);
  must(order !== undefined, 'the order is there');
  const wasPaid = 'payment' in order && order.payment !== null;
  mustEqual(audit(), [], 'broken rules');
  mustEqual(times('pay'), wasPaid ? 1 : 0, 'payments that succeeded');
  mustEqual(times('cancel'), order.status === 'CANCELLED' ? 1 : 0, 'cancellations that succeeded');
  mustEqual(times('expire'), order.status === 'EXPIRED' ? 1 : 0, 'expiries that succeeded');
  const isSold = order.status === 'COMPLETED';
  mustEqual(await balance(KIM_CHEOLSU), isSold ? CHARGED - TOTAL : CHARGED, 'the balance');
  const isHeld = order.status === 'PENDING';
  mustEqual(await stock(101), isSold || isHeld ? 4 : 5, 'pieces that can be ordered');
  mustEqual(store.campaigns.get(couponCampaignId(501))?.issued, 1, 'coupons issued');
}

describe('An unpaid order that is paid, cancelled and swept, while its time runs out', () => {
  it('ends well in whatever order two processes come to it', async () => {
    await fc.assert(
      fc.asyncProperty(anyHappenings(), fc.scheduler(), async (happenings, scheduler) => {
        const pending = await aPendingOrder((unitOfWork) => ({
          run: scheduler.scheduleFunction(unitOfWork.run.bind(unitOfWork)),
        }));
        const happened = happenings.map(async (happening, at) => {
          await scheduler.schedule(Promise.resolve(), happening);
          return happen(pending, happening, at);
        });
        await scheduler.waitFor(Promise.all(happened));
        await mustHaveEndedWell(pending, happenings, await Promise.all(happened));
      }),
      { numRuns: 500 },
    );
  });

  it('ends well when it all comes in one batch', async () => {
    await fc.assert(
      fc.asyncProperty(anyHappenings(), async (happenings) => {
        const pending = await aPendingOrder();
        const happened = await Promise.all(
          happenings.map((happening) => happen(pending, happening, 0)),
        );
        await mustHaveEndedWell(pending, happenings, happened);
      }),
      { numRuns: 200 },
    );
  });
});
