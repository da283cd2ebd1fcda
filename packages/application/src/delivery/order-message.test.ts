import { describe, expect, it } from '@jest/globals';
import { accepted, KIM_CHEOLSU } from '@jumun/domain/testing';
import { openShop } from '../testing/scenario/open-shop.js';

/** 김철수 with an order of two mice and one pad with a coupon of 10 %, and the messages about it. */
async function anOrder() {
  const open = openShop();
  await open.charge(KIM_CHEOLSU, 100_000);
  const mouse = await open.shelve({ price: 25_000 });
  const pad = await open.shelve({ name: '마우스 패드', price: 5_005 });
  const coupon = await open.coupon(KIM_CHEOLSU, await open.campaign());
  const items = [
    [mouse, 2],
    [pad, 1],
  ] as const;
  const { id } = await open.order(KIM_CHEOLSU, items, coupon);
  const messages = () =>
    open.store.deliveries.all().map(({ payload, ...rest }) => ({
      ...rest,
      message: JSON.parse(payload) as unknown,
    }));
  return { ...open, id, coupon, messages };
}

const TERMS = {
  orderId: 1001,
  userId: KIM_CHEOLSU,
  paymentId: 2001,
  couponId: 3001,
  items: [
    {
      productId: 101,
      name: '무선 마우스',
      unitPrice: 25_000,
      quantity: 2,
      amount: 50_000,
      discount: 5_000,
    },
    {
      productId: 102,
      name: '마우스 패드',
      unitPrice: 5_005,
      quantity: 1,
      amount: 5_005,
      discount: 500,
    },
  ],
  subtotal: 55_005,
  discount: 5_500,
  total: 49_505,
};

describe('The messages to the data platform', () => {
  it('tell of a paid order, whole and in line to be sent at once', async () => {
    const { id, pay, clock, messages } = await anOrder();
    expect(messages()).toEqual([]);
    await pay(KIM_CHEOLSU, id);
    expect(messages()).toEqual([
      {
        id: 1,
        orderId: 1001,
        sequence: 1,
        type: 'jumun.order.completed.v1',
        createdAt: clock.now(),
        status: 'PENDING',
        attempts: 0,
        lastError: null,
        nextAttemptAt: clock.now(),
        deliveredAt: null,
        message: {
          type: 'jumun.order.completed.v1',
          timestamp: '2024-01-17T03:00:00.000Z',
          data: { ...TERMS, sequence: 1, completedAt: '2024-01-17T03:00:00.000Z' },
        },
      },
    ]);
  });

  it('tell of a refund after the payment that it undoes', async () => {
    const { id, pay, cancel, clock, messages } = await anOrder();
    await pay(KIM_CHEOLSU, id);
    clock.advance(1_000);
    await cancel(KIM_CHEOLSU, id);
    expect(messages()[1]).toMatchObject({
      id: 2,
      orderId: 1001,
      sequence: 2,
      type: 'jumun.order.cancelled.v1',
      message: {
        type: 'jumun.order.cancelled.v1',
        timestamp: '2024-01-17T03:00:01.000Z',
        data: {
          ...TERMS,
          sequence: 2,
          refund: 49_505,
          cancelledAt: '2024-01-17T03:00:01.000Z',
        },
      },
    });
    expect(messages()).toHaveLength(2);
  });

  it('say nothing of an order that was never paid', async () => {
    const { id, cancel, shop, order, clock, messages } = await anOrder();
    await cancel(KIM_CHEOLSU, id);
    await order(KIM_CHEOLSU, [[101, 1]]);
    clock.advance(900_000);
    expect(await shop.expireOrders()).toBe(1);
    expect(messages()).toEqual([]);
  });

  it('say nothing of a payment or a refund that was refused, and nothing twice', async () => {
    const { id, pay, cancel, shop, messages } = await anOrder();
    const short = await shop.payOrder({ userId: KIM_CHEOLSU, orderId: id, amount: 1 });
    expect(short.isErr()).toBe(true);
    expect(messages()).toEqual([]);
    const key = { userId: KIM_CHEOLSU, key: 'once', fingerprint: 'pay' };
    const command = { userId: KIM_CHEOLSU, orderId: id, amount: null };
    accepted(await shop.payOrder(command, key));
    expect(accepted(await shop.payOrder(command, key)).replayed).toBe(true);
    await expect(pay(KIM_CHEOLSU, id)).rejects.toThrow('ORDER_NOT_PAYABLE');
    await cancel(KIM_CHEOLSU, id);
    await expect(cancel(KIM_CHEOLSU, id)).rejects.toThrow('ORDER_NOT_CANCELLABLE');
    expect(messages().map(({ sequence }) => sequence)).toEqual([1, 2]);
  });
});
