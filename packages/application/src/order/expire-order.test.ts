import { describe, expect, it } from '@jest/globals';
import { instant, orderId } from '@jumun/domain';
import { accepted, KIM_CHEOLSU, refused } from '@jumun/domain/testing';
import { CommandDesk } from '../batching/command-desk.js';
import type { OrderQueries } from '../ports/queries.js';
import { openShop } from '../testing/scenario/open-shop.js';
import { expireOrder, expireOrders } from './expire-order.js';

const desk = { maxBatch: 100, maxQueued: 200, endOfTurn: () => Promise.resolve() };

async function aShop() {
  const open = openShop();
  await open.charge(KIM_CHEOLSU, 1_000_000);
  const mouse = await open.shelve({ price: 1_000, stock: 500 });
  return { ...open, mouse };
}

describe('Expiring orders', () => {
  it('frees stock and coupon of those that were not paid in time, and of no others', async () => {
    const { shop, mouse, campaign, coupon, order, pay, cancel, clock, stock, audit } =
      await aShop();
    const held = await coupon(KIM_CHEOLSU, await campaign());
    const due = await order(KIM_CHEOLSU, [[mouse, 3]], held);
    const paid = await order(KIM_CHEOLSU, [[mouse, 5]]);
    const cancelled = await order(KIM_CHEOLSU, [[mouse, 7]]);
    await pay(KIM_CHEOLSU, paid.id);
    await cancel(KIM_CHEOLSU, cancelled.id);
    clock.advance(1);
    const young = await order(KIM_CHEOLSU, [[mouse, 11]]);
    clock.set(due.expiresAt);
    expect(await shop.expireOrders()).toBe(1);
    const status = async (id: typeof due.id) =>
      accepted(await shop.readOrder(KIM_CHEOLSU, id)).status;
    const statuses = [due, paid, cancelled, young].map(({ id }) => status(id));
    expect(await Promise.all(statuses)).toEqual(['EXPIRED', 'COMPLETED', 'CANCELLED', 'PENDING']);
    expect(await stock(mouse)).toBe(500 - 5 - 11);
    expect((await shop.listCoupons(KIM_CHEOLSU, null))[0]?.status).toBe('AVAILABLE');
    expect(audit()).toEqual([]);
  });

  it('finds nothing to do a moment too early, nor a second time', async () => {
    const { shop, mouse, order, clock } = await aShop();
    const placed = await order(KIM_CHEOLSU, [[mouse, 1]]);
    clock.set(instant(placed.expiresAt - 1));
    expect(await shop.expireOrders()).toBe(0);
    clock.set(placed.expiresAt);
    expect(await shop.expireOrders()).toBe(1);
    expect(await shop.expireOrders()).toBe(0);
  });

  it('shows an order as EXPIRED by the clock, before the sweeper has held on to it', async () => {
    const { shop, mouse, order, clock, store } = await aShop();
    const placed = await order(KIM_CHEOLSU, [[mouse, 1]]);
    clock.set(placed.expiresAt);
    expect(accepted(await shop.readOrder(KIM_CHEOLSU, placed.id)).status).toBe('EXPIRED');
    const listed = await shop.listOrders(KIM_CHEOLSU, null, 10);
    expect(listed.items.map(({ status }) => status)).toEqual(['EXPIRED']);
    expect(store.orders.get(placed.id)?.status).toBe('PENDING');
  });

  it.each([100, 101, 250])('goes through all of %d orders, a hundred at a time', async (count) => {
    const { shop, mouse, order, clock, stock, audit } = await aShop();
    for (let placed = 0; placed < count; placed += 1) await order(KIM_CHEOLSU, [[mouse, 1]]);
    clock.advance(900_000);
    expect(await shop.expireOrders()).toBe(count);
    expect(await stock(mouse)).toBe(500);
    expect(audit()).toEqual([]);
  });

  it('skips an order that cannot be expired, expires the others, and then throws its fault', async () => {
    const { ports, store, mouse, order, clock } = await aShop();
    const ids = [];
    for (let placed = 0; placed < 120; placed += 1) {
      ids.push((await order(KIM_CHEOLSU, [[mouse, 1]])).id);
    }
    const broken = ids[3];
    const torn = new CommandDesk(
      {
        ...ports,
        unitOfWork: {
          run: (work) =>
            ports.unitOfWork.run((tx) =>
              work({
                ...tx,
                orders: {
                  ...tx.orders,
                  lockMany: async (asked) => {
                    if (broken !== undefined && asked.includes(broken)) throw new Error('torn row');
                    return tx.orders.lockMany(asked);
                  },
                },
              }),
            ),
        },
      },
      desk,
    );
    clock.advance(900_000);
    await expect(expireOrders(torn, ports.queries.orders, clock)).rejects.toMatchObject({
      message: 'an order could not be expired',
      cause: new Error('torn row'),
    });
    const pending = store.orders.all().filter(({ status }) => status === 'PENDING');
    expect(pending.map(({ id }) => id)).toEqual([broken]);
  });

  it('passes over orders that the desk has no room for, once each, and does not count them', async () => {
    const { ports, store, mouse, order, clock } = await aShop();
    for (let placed = 0; placed < 150; placed += 1) await order(KIM_CHEOLSU, [[mouse, 1]]);
    clock.advance(900_000);
    const narrow = new CommandDesk(ports, { ...desk, maxQueued: 30 });
    const asked: (number | undefined)[] = [];
    const queries: OrderQueries = {
      ...ports.queries.orders,
      due: (now, after, limit) => {
        asked.push(after?.id);
        if (asked.length > 2) throw new Error('it goes round in circles');
        return ports.queries.orders.due(now, after, limit);
      },
    };
    expect(await expireOrders(narrow, queries, clock)).toBe(60);
    expect(asked).toEqual([undefined, 1100]);
    expect(store.orders.all().filter(({ status }) => status === 'EXPIRED').length).toBe(60);
  });

  it('is refused for an order that is not there or not due', async () => {
    const { ports, mouse, order, clock } = await aShop();
    const placed = await order(KIM_CHEOLSU, [[mouse, 1]]);
    const sweeper = new CommandDesk(ports, desk);
    const expire = (id: number) => sweeper.submit(expireOrder, { orderId: orderId(id) });
    expect(refused(await expire(404))).toEqual({ code: 'ORDER_NOT_FOUND', orderId: 404 });
    const notDue = { code: 'ORDER_NOT_DUE', orderId: placed.id };
    expect(refused(await expire(placed.id))).toEqual(notDue);
    clock.set(placed.expiresAt);
    expect(accepted(await expire(placed.id)).answer).toBeNull();
    expect(refused(await expire(placed.id))).toEqual(notDue);
  });
});
