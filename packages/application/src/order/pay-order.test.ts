import { describe, expect, it } from '@jest/globals';
import { afterSeconds, orderId } from '@jumun/domain';
import { accepted, KIM_CHEOLSU, LEE_YOUNGHEE, NOON, refused } from '@jumun/domain/testing';
import { keyOf, openShop } from '../testing/scenario/open-shop.js';

/** 김철수 with 50,000 won, a coupon of 10 %, and a PENDING order of one mouse for 22,500 won. */
async function aShop() {
  const open = openShop();
  await open.charge(KIM_CHEOLSU, 50_000);
  const mouse = await open.shelve({ price: 25_000, stock: 50 });
  const coupon = await open.coupon(KIM_CHEOLSU, await open.campaign());
  const placed = await open.order(KIM_CHEOLSU, [[mouse, 1]], coupon);
  const pay = (amount: number | null = null, userId = KIM_CHEOLSU, id = placed.id) =>
    open.shop.payOrder({ userId, orderId: id, amount });
  return { ...open, mouse, coupon, placed, payWith: pay };
}

describe('Paying an order', () => {
  it('takes the money, posts the stock, uses the coupon and counts the sale', async () => {
    const { payWith, placed, mouse, shop, store, stock, audit } = await aShop();
    expect(accepted(await payWith()).answer).toEqual({
      paymentId: 2001,
      orderId: placed.id,
      status: 'SUCCESS',
      amount: 22_500,
      balance: 27_500,
      orderStatus: 'COMPLETED',
    });
    expect(accepted(await shop.readOrder(KIM_CHEOLSU, placed.id))).toEqual({
      ...placed,
      status: 'COMPLETED',
      paidAt: NOON,
      paymentId: 2001,
    });
    expect(await stock(mouse)).toBe(49);
    expect(store.stocks.get(mouse)).toMatchObject({ onHand: 49, reserved: 0 });
    expect((await shop.listCoupons(KIM_CHEOLSU, null))[0]?.status).toBe('USED');
    expect(store.sales.all()).toEqual([
      { orderId: placed.id, productId: mouse, day: 20_240_117, quantity: 1, revenue: 22_500 },
    ]);
    const [entry] = (await shop.listWalletEntries(KIM_CHEOLSU, null, 1)).items;
    expect(entry).toMatchObject({ kind: 'PAYMENT', amount: -22_500, orderId: placed.id });
    expect(audit()).toEqual([]);
  });

  it('counts the sale on the day it is paid, by the shop’s calendar', async () => {
    const { clock, store, order, pay, mouse } = await aShop();
    clock.advance(12 * 3_600_000 - 60_000);
    const late = await order(KIM_CHEOLSU, [[mouse, 1]]);
    clock.advance(60_000);
    await pay(KIM_CHEOLSU, late.id);
    expect(store.sales.all().map(({ day }) => day)).toEqual([20_240_118]);
  });

  it('takes the amount that the customer names, when it is the total', async () => {
    const { payWith } = await aShop();
    expect(accepted(await payWith(22_500)).answer.amount).toBe(22_500);
  });

  it('takes a free order for 0 won', async () => {
    const { shelve, order, pay, balance, audit } = await aShop();
    const free = await shelve({ price: 0 });
    const placed = await order(KIM_CHEOLSU, [[free, 2]]);
    expect(await pay(KIM_CHEOLSU, placed.id)).toMatchObject({ amount: 0, balance: 50_000 });
    expect(await balance(KIM_CHEOLSU)).toBe(50_000);
    expect(audit()).toEqual([]);
  });

  it('is done once when it is asked for many times at once', async () => {
    const { payWith, balance, audit } = await aShop();
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => payWith()));
    expect(outcomes.filter((outcome) => outcome.isOk()).length).toBe(1);
    expect(await balance(KIM_CHEOLSU)).toBe(27_500);
    expect(audit()).toEqual([]);
  });

  it('answers again under the same key after it is done', async () => {
    const { shop, placed } = await aShop();
    const pay = () =>
      shop.payOrder(
        { userId: KIM_CHEOLSU, orderId: placed.id, amount: null },
        keyOf(KIM_CHEOLSU, 'pay'),
      );
    const first = accepted(await pay());
    expect(accepted(await pay())).toEqual({ answer: first.answer, replayed: true });
  });
});

describe('Paying an order is refused', () => {
  it('when the order is not there, or is somebody else’s', async () => {
    const { payWith, placed, audit } = await aShop();
    const missing = orderId(404);
    expect(refused(await payWith(null, KIM_CHEOLSU, missing))).toEqual({
      code: 'ORDER_NOT_FOUND',
      orderId: missing,
    });
    expect(refused(await payWith(null, LEE_YOUNGHEE))).toEqual({
      code: 'ORDER_NOT_FOUND',
      orderId: placed.id,
    });
    expect(audit()).toEqual([]);
  });

  it('when it was paid before', async () => {
    const { payWith, placed } = await aShop();
    accepted(await payWith());
    expect(refused(await payWith())).toEqual({
      code: 'ORDER_NOT_PAYABLE',
      orderId: placed.id,
      orderStatus: 'COMPLETED',
    });
  });

  it('when it was cancelled', async () => {
    const { payWith, placed, cancel } = await aShop();
    await cancel(KIM_CHEOLSU, placed.id);
    expect(refused(await payWith())).toMatchObject({ orderStatus: 'CANCELLED' });
  });

  it('when its time is over, before and after the sweeper ran', async () => {
    const { payWith, placed, clock, shop, balance, audit } = await aShop();
    clock.set(placed.expiresAt);
    const expired = { code: 'ORDER_NOT_PAYABLE', orderId: placed.id, orderStatus: 'EXPIRED' };
    expect(refused(await payWith())).toEqual(expired);
    await shop.expireOrders();
    expect(refused(await payWith())).toEqual(expired);
    expect(await balance(KIM_CHEOLSU)).toBe(50_000);
    expect(audit()).toEqual([]);
  });

  it('one moment before its time is over it is not', async () => {
    const { payWith, clock } = await aShop();
    clock.set(afterSeconds(NOON, 899.999));
    expect(accepted(await payWith()).answer.status).toBe('SUCCESS');
  });

  it.each([22_499, 22_501, 25_000, 0, -22_500, 0.5])(
    'for %d won when the total is 22,500',
    async (amount) => {
      const { payWith, placed, balance } = await aShop();
      expect(refused(await payWith(amount))).toEqual({
        code: 'AMOUNT_MISMATCH',
        orderId: placed.id,
        required: 22_500,
      });
      expect(await balance(KIM_CHEOLSU)).toBe(50_000);
    },
  );

  it('while the balance does not cover it, and it can be paid after a charge', async () => {
    const { payWith, order, pay, mouse, charge, audit } = await aShop();
    const another = await order(KIM_CHEOLSU, [[mouse, 2]]);
    await pay(KIM_CHEOLSU, another.id);
    expect(refused(await payWith())).toEqual({
      code: 'INSUFFICIENT_BALANCE',
      balance: 0,
      required: 22_500,
    });
    expect(audit()).toEqual([]);
    await charge(KIM_CHEOLSU, 22_500);
    expect(accepted(await payWith()).answer.balance).toBe(0);
    expect(audit()).toEqual([]);
  });

  it('in the documented order when several things are wrong', async () => {
    const { payWith, placed, order, pay, mouse, clock } = await aShop();
    const another = await order(KIM_CHEOLSU, [[mouse, 2]]);
    await pay(KIM_CHEOLSU, another.id);
    expect(refused(await payWith(1)).code).toBe('AMOUNT_MISMATCH');
    clock.set(placed.expiresAt);
    expect(refused(await payWith(1)).code).toBe('ORDER_NOT_PAYABLE');
    expect(refused(await payWith(1, LEE_YOUNGHEE)).code).toBe('ORDER_NOT_FOUND');
  });
});
