import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client } from '../testing/client.js';
import { openShop, type RunningShop, VARIANTS } from '../testing/running-shop.js';

/** Product ids of the demo catalogue. */
const WIRELESS_MOUSE = 101;
const BLUETOOTH_KEYBOARD = 102;
const GAMING_MOUSE = 103;
const MONITOR = 104;
/** Campaign ids of the demo catalogue. */
const TEN_PERCENT = 501;
const TWENTY_PERCENT = 502;
const FIVE_PERCENT = 503;

const one = (productId: number) => ({ items: [{ productId, quantity: 1 }] });

describe.each(VARIANTS)('The scenarios, $name', (variant) => {
  let shop: RunningShop;
  beforeAll(async () => {
    shop = await openShop({ variant });
  });
  afterAll(() => shop.close());

  const customerWith = async (userId: number, balance: number): Promise<Client> => {
    const customer = await shop.customer(userId);
    const charged = await customer.post('/wallet/charges', { amount: balance });
    expect(charged).toMatchObject({ status: 201, body: { balance } });
    return customer;
  };
  const stockOf = async (productId: number): Promise<number> =>
    (await shop.anybody.get(`/products/${productId}`)).body.stock;
  const balanceOf = async (customer: Client): Promise<number> =>
    (await customer.get('/wallet')).body.balance;

  it('1: 김철수 tops up, finds the 무선 마우스, orders and pays: 25,000 won and 49 pieces are left', async () => {
    const chulsoo = await shop.customer(1);
    expect(await chulsoo.get('/wallet')).toMatchObject({ status: 200, body: { balance: 0 } });
    const charged = await chulsoo.post('/wallet/charges', { amount: 50_000 });
    expect(charged).toMatchObject({ status: 201, body: { amount: 50_000, balance: 50_000 } });

    const list = await shop.anybody.get('/products?page=1&size=20');
    expect(list.body.items).toContainEqual({
      id: WIRELESS_MOUSE,
      name: '무선 마우스',
      price: 25_000,
      stock: 50,
      category: '마우스',
    });
    const details = await shop.anybody.get(`/products/${WIRELESS_MOUSE}`);
    expect(details.body).toMatchObject({ name: '무선 마우스', price: 25_000, stock: 50 });

    const placed = await chulsoo.post('/orders', one(WIRELESS_MOUSE));
    expect(placed).toMatchObject({
      status: 201,
      body: { status: 'PENDING', total: 25_000, paymentId: null },
    });
    expect(await stockOf(WIRELESS_MOUSE)).toBe(49);

    const orderId: number = placed.body.id;
    const paid = await chulsoo.post(`/orders/${orderId}/payment`, { amount: 25_000 });
    expect(paid).toMatchObject({
      status: 201,
      body: {
        orderId,
        status: 'SUCCESS',
        amount: 25_000,
        balance: 25_000,
        orderStatus: 'COMPLETED',
      },
    });
    expect((await chulsoo.get(`/orders/${orderId}`)).body).toMatchObject({
      status: 'COMPLETED',
      paymentId: paid.body.paymentId,
    });
    expect(await balanceOf(chulsoo)).toBe(25_000);
    expect(await stockOf(WIRELESS_MOUSE)).toBe(49);
  });

  it('2: 이영희 gets a 10 % coupon and saves 4,500 won: 59,500 won are left and the coupon is USED', async () => {
    const younghee = await customerWith(2, 100_000);
    const issued = await younghee.post(`/coupon-campaigns/${TEN_PERCENT}/coupons`);
    expect(issued).toMatchObject({
      status: 201,
      body: {
        couponCampaignId: TEN_PERCENT,
        discountRate: 10,
        status: 'AVAILABLE',
        issueNumber: 1,
      },
    });
    const couponId: number = issued.body.id;
    expect((await younghee.get('/coupons')).body.items).toMatchObject([
      { id: couponId, discountRate: 10 },
    ]);

    const placed = await younghee.post('/orders', { ...one(BLUETOOTH_KEYBOARD), couponId });
    expect(placed).toMatchObject({
      status: 201,
      body: { subtotal: 45_000, discount: 4_500, total: 40_500, couponId },
    });
    expect((await younghee.get('/coupons?status=RESERVED')).body.items).toHaveLength(1);

    const paid = await younghee.post(`/orders/${placed.body.id}/payment`, {});
    expect(paid.body).toMatchObject({ amount: 40_500, balance: 59_500 });
    expect(await balanceOf(younghee)).toBe(59_500);
    expect((await younghee.get('/coupons')).body.items).toMatchObject([
      { id: couponId, status: 'USED' },
    ]);
  });

  it('3: of two who want the last 게이밍 마우스, the most popular of all, one gets it, the other an alternative', async () => {
    const { operator } = shop;
    await operator.post(`/admin/products/${GAMING_MOUSE}/restock`, { quantity: 150 });
    const crowd = await customerWith(30, 9_750_000);
    const bought = await crowd.post('/orders', {
      items: [{ productId: GAMING_MOUSE, quantity: 150 }],
    });
    expect((await crowd.post(`/orders/${bought.body.id}/payment`)).status).toBe(201);
    await shop.shop.rollUpSales();
    const popular = await shop.anybody.get('/products/popular?days=3&limit=5');
    expect(popular.body.items[0]).toMatchObject({
      rank: 1,
      name: '게이밍 마우스',
      quantitySold: 150,
    });
    expect(popular.body.items.length).toBeLessThanOrEqual(5);

    const rivals = [await customerWith(31, 80_000), await customerWith(32, 80_000)];
    const details = await shop.anybody.get(`/products/${GAMING_MOUSE}`);
    expect(details.body).toMatchObject({ price: 65_000, stock: 1 });

    const answers = await Promise.all(
      rivals.map((rival) => rival.post('/orders', one(GAMING_MOUSE))),
    );
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 400]);

    const loser = answers.findIndex(({ status }) => status === 400);
    const refusal = answers[loser]?.body;
    expect(refusal).toMatchObject({
      code: 'OUT_OF_STOCK',
      items: [{ productId: GAMING_MOUSE, requested: 1, available: 0 }],
    });
    const offered = (await shop.anybody.get(`/products/${GAMING_MOUSE}/alternatives`)).body.items;
    expect(refusal.alternatives).toEqual(offered);
    expect(offered[0]).toMatchObject({ category: '마우스' });
    expect(offered[0].stock).toBeGreaterThan(0);

    const consoled = await rivals[loser]?.post('/orders', one(offered[0].id));
    expect(consoled).toMatchObject({ status: 201, body: { status: 'PENDING' } });
    expect(await stockOf(GAMING_MOUSE)).toBe(0);
  });

  it('4: 김철수 is short of money for a 모니터, tops up 110,000 won and has 5,000 left', async () => {
    const chulsoo = await customerWith(4, 15_000);
    expect(await chulsoo.post('/orders', one(MONITOR))).toMatchObject({
      status: 400,
      body: { code: 'INSUFFICIENT_BALANCE', balance: 15_000, required: 120_000 },
    });
    expect(await balanceOf(chulsoo)).toBe(15_000);
    const charged = await chulsoo.post('/wallet/charges', { amount: 110_000 });
    expect(charged.body).toMatchObject({ balance: 125_000 });

    const placed = await chulsoo.post('/orders', one(MONITOR));
    const paid = await chulsoo.post(`/orders/${placed.body.id}/payment`, { amount: 120_000 });
    expect(paid).toMatchObject({ status: 201, body: { balance: 5_000 } });
    expect(await balanceOf(chulsoo)).toBe(5_000);
    const { items } = (await chulsoo.get('/wallet/entries')).body;
    expect(items.map(({ amount }: { amount: number }) => amount)).toEqual([
      -120_000, 110_000, 15_000,
    ]);
  });

  it('5: the 20 % coupons are exhausted, so 이영희 takes 5 % off', async () => {
    const younghee = await customerWith(5, 100_000);
    expect(await younghee.post(`/coupon-campaigns/${TWENTY_PERCENT}/coupons`)).toMatchObject({
      status: 409,
      body: { code: 'COUPON_EXHAUSTED' },
    });
    const running = (await shop.anybody.get('/coupon-campaigns')).body.items;
    expect(running).toContainEqual(
      expect.objectContaining({ id: TWENTY_PERCENT, totalQuantity: 100, remainingQuantity: 0 }),
    );
    expect(running).toContainEqual(expect.objectContaining({ id: FIVE_PERCENT, discountRate: 5 }));

    const issued = await younghee.post(`/coupon-campaigns/${FIVE_PERCENT}/coupons`);
    expect(issued).toMatchObject({ status: 201, body: { discountRate: 5 } });
    const placed = await younghee.post('/orders', {
      ...one(BLUETOOTH_KEYBOARD),
      couponId: issued.body.id,
    });
    expect(placed).toMatchObject({
      status: 201,
      body: { subtotal: 45_000, discount: 2_250, total: 42_750 },
    });
    const paid = await younghee.post(`/orders/${placed.body.id}/payment`);
    expect(paid).toMatchObject({ status: 201, body: { balance: 57_250 } });
  });
});
