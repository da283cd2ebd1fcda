import { describe, expect, it } from '@jest/globals';
import { productId } from '@jumun/domain';
import { aBasket, accepted, KIM_CHEOLSU, LEE_YOUNGHEE, refused } from '@jumun/domain/testing';
import { keyOf, openShop } from './testing/scenario/open-shop.js';

describe('Shop', () => {
  it('sheds what does not fit into the queue, and does what was accepted', async () => {
    const { shop, balance } = openShop({ desk: { maxQueued: 3 } });
    const charges = Array.from({ length: 5 }, () =>
      shop.chargeWallet({ userId: KIM_CHEOLSU, amount: 1_000 }),
    );
    const outcomes = await Promise.all(charges);
    expect(outcomes.map((outcome) => outcome.isOk())).toEqual([true, true, true, false, false]);
    const shed = outcomes.filter((outcome) => outcome.isErr()).map(refused);
    expect(shed).toEqual([{ code: 'SERVICE_BUSY' }, { code: 'SERVICE_BUSY' }]);
    expect(await balance(KIM_CHEOLSU)).toBe(3_000);
  });

  it('finishes what was accepted when it closes, takes nothing more, and can still be read', async () => {
    const { shop, shelve, campaign, balance, stock } = openShop();
    const [mouse, campaignId] = [await shelve(), await campaign()];
    const charging = shop.chargeWallet({ userId: KIM_CHEOLSU, amount: 1_000 });
    const issuing = shop.issueCoupon({ userId: KIM_CHEOLSU, campaignId });
    await shop.close();
    expect(accepted(await charging).answer.balance).toBe(1_000);
    expect(accepted(await issuing).answer.issueNumber).toBe(1);
    const busy = { code: 'SERVICE_BUSY' };
    expect(refused(await shop.chargeWallet({ userId: KIM_CHEOLSU, amount: 1 }))).toEqual(busy);
    expect(refused(await shop.growCampaign({ campaignId, quantity: 1 }))).toEqual(busy);
    expect(refused(await shop.reviseProduct({ productId: mouse, changes: {} }))).toEqual(busy);
    expect([await balance(KIM_CHEOLSU), await stock(mouse)]).toEqual([1_000, 50]);
  });

  it('does not let a customer with many orders hold up the others', async () => {
    const { shop, shelve, charge } = openShop({ desk: { maxBatch: 2 } });
    const product = await shelve({ price: 1 });
    await Promise.all([charge(KIM_CHEOLSU, 100), charge(LEE_YOUNGHEE, 100)]);
    const served: string[] = [];
    const order = async (userId: typeof KIM_CHEOLSU, name: string): Promise<void> => {
      const basket = aBasket([product, 1]);
      accepted(await shop.placeOrder({ userId, basket, couponId: null }));
      served.push(name);
    };
    const many = ['1', '2', '3', '4', '5', '6'].map((name) => order(KIM_CHEOLSU, `김${name}`));
    await Promise.all([...many, order(LEE_YOUNGHEE, '이')]);
    expect(served.slice(0, 2)).toEqual(['김1', '이']);
  });

  it('takes payments while new orders are refused', async () => {
    const { shop, shelve, charge, order } = openShop({ desk: { maxQueued: 4 } });
    const product = await shelve({ price: 1 });
    await charge(KIM_CHEOLSU, 100);
    const placed = await order(KIM_CHEOLSU, [[product, 1]]);
    const basket = aBasket([product, 1]);
    const place = () => shop.placeOrder({ userId: KIM_CHEOLSU, basket, couponId: null });
    const rush = [place(), place(), place()];
    expect([shop.isBusyWithOrders(true), shop.isBusyWithOrders(false)]).toEqual([true, false]);
    expect(refused(await place())).toEqual({ code: 'SERVICE_BUSY' });
    const paid = await shop.payOrder({ userId: KIM_CHEOLSU, orderId: placed.id, amount: null });
    expect(accepted(paid).answer.orderStatus).toBe('COMPLETED');
    for (const each of await Promise.all(rush)) accepted(each);
  });

  it('counts what each desk has done', async () => {
    const { shop, shelve, campaign, charge } = openShop();
    await shelve();
    await campaign();
    await Promise.all([charge(KIM_CHEOLSU, 1), charge(KIM_CHEOLSU, 2)]);
    const counts = { queued: 0, retries: 0, splits: 0 };
    const read = await Promise.all([shop.readWallet(KIM_CHEOLSU), shop.readWallet(KIM_CHEOLSU)]);
    expect(read.map((wallet) => accepted(wallet).balance)).toEqual([3, 3]);
    expect(accepted(await shop.readProduct(productId(101))).stock).toBe(50);
    expect(shop.counts()).toMatchObject({
      orders: { ...counts, batches: 1, items: 2 },
      coupons: { ...counts, batches: 1, items: 1 },
      catalogue: { ...counts, batches: 1, items: 1 },
      wallets: { ...counts, batches: 1, items: 2 },
      stocks: { ...counts, batches: 1, items: 1 },
    });
  });

  it('counts what customers got done, and what was answered again only once', async () => {
    const { shop, shelve, campaign, coupon, order, pay, cancel } = openShop();
    const [mouse, campaignId] = [await shelve(), await campaign()];
    const key = keyOf(KIM_CHEOLSU, 'charge');
    for (const _ of [1, 2]) {
      accepted(await shop.chargeWallet({ userId: KIM_CHEOLSU, amount: 100_000 }, key));
    }
    refused(await shop.chargeWallet({ userId: KIM_CHEOLSU, amount: 0 }));
    await coupon(KIM_CHEOLSU, campaignId);
    refused(await shop.issueCoupon({ userId: KIM_CHEOLSU, campaignId }));
    const [first] = [
      await order(KIM_CHEOLSU, [[mouse, 1]]),
      await order(KIM_CHEOLSU, [[mouse, 1]]),
    ];
    await pay(KIM_CHEOLSU, first.id);
    await cancel(KIM_CHEOLSU, first.id);
    expect(shop.counts().accepted).toEqual({
      chargeWallet: 1,
      placeOrder: 2,
      payOrder: 1,
      cancelOrder: 1,
      issueCoupon: 1,
    });
  });
});
