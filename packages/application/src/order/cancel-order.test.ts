import { describe, expect, it } from '@jest/globals';
import { afterDays, MAX_BALANCE, MAX_CHARGE, orderId } from '@jumun/domain';
import { accepted, KIM_CHEOLSU, LEE_YOUNGHEE, NOON, refused } from '@jumun/domain/testing';
import { openShop } from '../testing/scenario/open-shop.js';

async function aShop() {
  const open = openShop();
  await open.charge(KIM_CHEOLSU, 100_000);
  const mouse = await open.shelve({ price: 25_000, stock: 50 });
  const coupon = await open.coupon(KIM_CHEOLSU, await open.campaign());
  const placed = await open.order(KIM_CHEOLSU, [[mouse, 3]], coupon);
  const cancelAs = (userId = KIM_CHEOLSU, id = placed.id) =>
    open.shop.cancelOrder({ userId, orderId: id });
  return { ...open, mouse, coupon, placed, cancelAs };
}

describe('Cancelling an order', () => {
  it('that was not paid frees its stock and its coupon, and moves no money', async () => {
    const { cancelAs, placed, mouse, stock, balance, shop, store, audit } = await aShop();
    expect(accepted(await cancelAs()).answer).toEqual({ ...placed, status: 'CANCELLED' });
    expect([await stock(mouse), await balance(KIM_CHEOLSU)]).toEqual([50, 100_000]);
    expect((await shop.listCoupons(KIM_CHEOLSU, null))[0]?.status).toBe('AVAILABLE');
    expect(store.sales.all()).toEqual([]);
    expect(audit()).toEqual([]);
  });

  it('that was paid gives back money, pieces and coupon, and takes the sale back', async () => {
    const { cancelAs, placed, pay, mouse, stock, balance, shop, store, clock, audit } =
      await aShop();
    const { paymentId } = await pay(KIM_CHEOLSU, placed.id);
    clock.set(afterDays(NOON, 2));
    const cancelled = accepted(await cancelAs()).answer;
    expect(cancelled).toEqual({ ...placed, status: 'CANCELLED', paidAt: NOON, paymentId });
    expect([await stock(mouse), await balance(KIM_CHEOLSU)]).toEqual([50, 100_000]);
    expect((await shop.listCoupons(KIM_CHEOLSU, null))[0]?.status).toBe('AVAILABLE');
    const [entry] = (await shop.listWalletEntries(KIM_CHEOLSU, null, 1)).items;
    expect(entry).toMatchObject({ kind: 'REFUND', amount: 67_500, balanceAfter: 100_000 });
    const day = 20_240_117;
    expect(store.sales.all().map((sale) => [sale.day, sale.quantity, sale.revenue])).toEqual([
      [day, 3, 67_500],
      [day, -3, -67_500],
    ]);
    expect(audit()).toEqual([]);
  });

  it('gives the money back even above the limit of a wallet', async () => {
    const { shelve, charge, order, pay, cancel, balance, audit } = openShop();
    const dear = await shelve({ price: 50_000 });
    await charge(KIM_CHEOLSU, 50_000);
    const placed = await order(KIM_CHEOLSU, [[dear, 1]]);
    await pay(KIM_CHEOLSU, placed.id);
    for (let charges = 0; charges < MAX_BALANCE / MAX_CHARGE; charges += 1) {
      await charge(KIM_CHEOLSU, MAX_CHARGE);
    }
    await cancel(KIM_CHEOLSU, placed.id);
    expect(await balance(KIM_CHEOLSU)).toBe(MAX_BALANCE + 50_000);
    expect(audit()).toEqual([]);
  });

  it('is done once when it is asked for many times at once', async () => {
    const { cancelAs, placed, pay, balance, audit } = await aShop();
    await pay(KIM_CHEOLSU, placed.id);
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => cancelAs()));
    expect(outcomes.filter((outcome) => outcome.isOk()).length).toBe(1);
    expect(await balance(KIM_CHEOLSU)).toBe(100_000);
    expect(audit()).toEqual([]);
  });

  it('lets the coupon be used again', async () => {
    const { cancelAs, order, mouse, coupon, audit } = await aShop();
    accepted(await cancelAs());
    const again = await order(KIM_CHEOLSU, [[mouse, 1]], coupon);
    expect(again.discount).toBe(2_500);
    expect(audit()).toEqual([]);
  });
});

describe('Cancelling an order is refused', () => {
  it('when the order is not there, or is somebody else’s', async () => {
    const { cancelAs, placed, audit } = await aShop();
    const missing = orderId(404);
    const code = 'ORDER_NOT_FOUND';
    expect(refused(await cancelAs(KIM_CHEOLSU, missing))).toEqual({ code, orderId: missing });
    expect(refused(await cancelAs(LEE_YOUNGHEE))).toEqual({ code, orderId: placed.id });
    expect(audit()).toEqual([]);
  });

  it('when it was cancelled before', async () => {
    const { cancelAs, placed } = await aShop();
    accepted(await cancelAs());
    expect(refused(await cancelAs())).toEqual({
      code: 'ORDER_NOT_CANCELLABLE',
      orderId: placed.id,
      orderStatus: 'CANCELLED',
    });
  });

  it('when its time is over, before and after the sweeper ran', async () => {
    const { cancelAs, placed, clock, shop, stock, mouse, audit } = await aShop();
    clock.set(placed.expiresAt);
    const code = 'ORDER_NOT_CANCELLABLE';
    const expired = { code, orderId: placed.id, orderStatus: 'EXPIRED' };
    expect(refused(await cancelAs())).toEqual(expired);
    await shop.expireOrders();
    expect(refused(await cancelAs())).toEqual(expired);
    expect(await stock(mouse)).toBe(50);
    expect(audit()).toEqual([]);
  });
});
