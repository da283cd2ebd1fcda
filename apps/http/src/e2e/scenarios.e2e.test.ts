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
    const charged = await customer.api.POST('/api/v1/wallet/charges', {
      body: { amount: balance },
    });
    expect(charged).toMatchObject({ response: { status: 201 }, data: { balance } });
    return customer;
  };
  const stockOf = async (productId: number): Promise<number> =>
    (await shop.anybody.api.GET('/api/v1/products/{id}', { params: { path: { id: productId } } }))
      .data?.stock ?? Number.NaN;
  const balanceOf = async (customer: Client): Promise<number> =>
    (await customer.api.GET('/api/v1/wallet')).data?.balance ?? Number.NaN;

  it('1: 김철수 tops up, finds the 무선 마우스, orders and pays: 25,000 won and 49 pieces are left', async () => {
    const chulsoo = await shop.customer(1);
    expect(await chulsoo.api.GET('/api/v1/wallet')).toMatchObject({
      response: { status: 200 },
      data: { balance: 0 },
    });
    const charged = await chulsoo.api.POST('/api/v1/wallet/charges', { body: { amount: 50_000 } });
    expect(charged).toMatchObject({
      response: { status: 201 },
      data: { amount: 50_000, balance: 50_000 },
    });

    const list = await shop.anybody.api.GET('/api/v1/products', {
      params: { query: { page: 1, size: 20 } },
    });
    expect(list.data?.items).toContainEqual({
      id: WIRELESS_MOUSE,
      name: '무선 마우스',
      price: 25_000,
      stock: 50,
      category: '마우스',
    });
    const details = await shop.anybody.api.GET('/api/v1/products/{id}', {
      params: { path: { id: WIRELESS_MOUSE } },
    });
    expect(details.data).toMatchObject({ name: '무선 마우스', price: 25_000, stock: 50 });

    const placed = await chulsoo.api.POST('/api/v1/orders', { body: one(WIRELESS_MOUSE) });
    expect(placed).toMatchObject({
      response: { status: 201 },
      data: { status: 'PENDING', total: 25_000, paymentId: null },
    });
    expect(await stockOf(WIRELESS_MOUSE)).toBe(49);

    const orderId: number = placed.data?.id ?? 0;
    const paid = await chulsoo.api.POST('/api/v1/orders/{id}/payment', {
      params: { path: { id: orderId } },
      body: { amount: 25_000 },
    });
    expect(paid).toMatchObject({
      response: { status: 201 },
      data: {
        orderId,
        status: 'SUCCESS',
        amount: 25_000,
        balance: 25_000,
        orderStatus: 'COMPLETED',
      },
    });
    expect(
      (await chulsoo.api.GET('/api/v1/orders/{id}', { params: { path: { id: orderId } } })).data,
    ).toMatchObject({
      status: 'COMPLETED',
      paymentId: paid.data?.paymentId,
    });
    expect(await balanceOf(chulsoo)).toBe(25_000);
    expect(await stockOf(WIRELESS_MOUSE)).toBe(49);
  });

  it('2: 이영희 gets a 10 % coupon and saves 4,500 won: 59,500 won are left and the coupon is USED', async () => {
    const younghee = await customerWith(2, 100_000);
    const issued = await younghee.api.POST('/api/v1/coupon-campaigns/{id}/coupons', {
      params: { path: { id: TEN_PERCENT } },
    });
    expect(issued).toMatchObject({
      response: { status: 201 },
      data: {
        couponCampaignId: TEN_PERCENT,
        discountRate: 10,
        status: 'AVAILABLE',
        issueNumber: 1,
      },
    });
    const couponId: number = issued.data?.id ?? 0;
    expect((await younghee.api.GET('/api/v1/coupons')).data?.items).toMatchObject([
      { id: couponId, discountRate: 10 },
    ]);

    const placed = await younghee.api.POST('/api/v1/orders', {
      body: { ...one(BLUETOOTH_KEYBOARD), couponId },
    });
    expect(placed).toMatchObject({
      response: { status: 201 },
      data: { subtotal: 45_000, discount: 4_500, total: 40_500, couponId },
    });
    expect(
      (await younghee.api.GET('/api/v1/coupons', { params: { query: { status: 'RESERVED' } } }))
        .data?.items,
    ).toHaveLength(1);

    const paid = await younghee.api.POST('/api/v1/orders/{id}/payment', {
      params: { path: { id: placed.data?.id ?? 0 } },
      body: {},
    });
    expect(paid.data).toMatchObject({ amount: 40_500, balance: 59_500 });
    expect(await balanceOf(younghee)).toBe(59_500);
    expect((await younghee.api.GET('/api/v1/coupons')).data?.items).toMatchObject([
      { id: couponId, status: 'USED' },
    ]);
  });

  it('3: of two who want the last 게이밍 마우스, the most popular of all, one gets it, the other an alternative', async () => {
    const { operator } = shop;
    await operator.api.POST('/api/v1/admin/products/{id}/restock', {
      params: { path: { id: GAMING_MOUSE } },
      body: { quantity: 150 },
    });
    const crowd = await customerWith(30, 9_750_000);
    const bought = await crowd.api.POST('/api/v1/orders', {
      body: {
        items: [{ productId: GAMING_MOUSE, quantity: 150 }],
      },
    });
    expect(
      await crowd.api.POST('/api/v1/orders/{id}/payment', {
        params: { path: { id: bought.data?.id ?? 0 } },
      }),
    ).toMatchObject({ response: { status: 201 } });
    await shop.shop.rollUpSales();
    const popular = await shop.anybody.api.GET('/api/v1/products/popular', {
      params: { query: { days: 3, limit: 5 } },
    });
    expect(popular.data?.items[0]).toMatchObject({
      rank: 1,
      name: '게이밍 마우스',
      quantitySold: 150,
    });
    expect(popular.data?.items.length).toBeLessThanOrEqual(5);

    const rivals = [await customerWith(31, 80_000), await customerWith(32, 80_000)];
    const details = await shop.anybody.api.GET('/api/v1/products/{id}', {
      params: { path: { id: GAMING_MOUSE } },
    });
    expect(details.data).toMatchObject({ price: 65_000, stock: 1 });

    const answers = await Promise.all(
      rivals.map((rival) => rival.api.POST('/api/v1/orders', { body: one(GAMING_MOUSE) })),
    );
    const statuses = answers.map(({ response }) => response.status);
    expect(statuses.toSorted((x, y) => x - y)).toEqual([201, 400]);

    const loser = statuses.indexOf(400);
    const refusal = answers[loser]?.error;
    if (refusal?.code !== 'OUT_OF_STOCK') throw new Error(`refused by ${refusal?.code}`);
    expect(refusal.items).toEqual([{ productId: GAMING_MOUSE, requested: 1, available: 0 }]);
    const alternatives = await shop.anybody.api.GET('/api/v1/products/{id}/alternatives', {
      params: { path: { id: GAMING_MOUSE } },
    });
    const offered = alternatives.data?.items ?? [];
    expect(refusal.alternatives).toEqual(offered);
    const [best] = offered;
    expect(best).toMatchObject({ category: '마우스' });
    expect(best?.stock).toBeGreaterThan(0);

    const consoled = await rivals[loser]?.api.POST('/api/v1/orders', { body: one(best?.id ?? 0) });
    expect(consoled).toMatchObject({ response: { status: 201 }, data: { status: 'PENDING' } });
    expect(await stockOf(GAMING_MOUSE)).toBe(0);
  });

  it('4: 김철수 is short of money for a 모니터, tops up 110,000 won and has 5,000 left', async () => {
    const chulsoo = await customerWith(4, 15_000);
    expect(await chulsoo.api.POST('/api/v1/orders', { body: one(MONITOR) })).toMatchObject({
      response: { status: 400 },
      error: { code: 'INSUFFICIENT_BALANCE', balance: 15_000, required: 120_000 },
    });
    expect(await balanceOf(chulsoo)).toBe(15_000);
    const charged = await chulsoo.api.POST('/api/v1/wallet/charges', { body: { amount: 110_000 } });
    expect(charged.data).toMatchObject({ balance: 125_000 });

    const placed = await chulsoo.api.POST('/api/v1/orders', { body: one(MONITOR) });
    const paid = await chulsoo.api.POST('/api/v1/orders/{id}/payment', {
      params: { path: { id: placed.data?.id ?? 0 } },
      body: { amount: 120_000 },
    });
    expect(paid).toMatchObject({ response: { status: 201 }, data: { balance: 5_000 } });
    expect(await balanceOf(chulsoo)).toBe(5_000);
    const entries = await chulsoo.api.GET('/api/v1/wallet/entries');
    expect(entries.data?.items.map(({ amount }) => amount)).toEqual([-120_000, 110_000, 15_000]);
  });

  it('5: the 20 % coupons are exhausted, so 이영희 takes 5 % off', async () => {
    const younghee = await customerWith(5, 100_000);
    expect(
      await younghee.api.POST('/api/v1/coupon-campaigns/{id}/coupons', {
        params: { path: { id: TWENTY_PERCENT } },
      }),
    ).toMatchObject({
      response: { status: 409 },
      error: { code: 'COUPON_EXHAUSTED' },
    });
    const running = (await shop.anybody.api.GET('/api/v1/coupon-campaigns')).data?.items;
    expect(running).toContainEqual(
      expect.objectContaining({ id: TWENTY_PERCENT, totalQuantity: 100, remainingQuantity: 0 }),
    );
    expect(running).toContainEqual(expect.objectContaining({ id: FIVE_PERCENT, discountRate: 5 }));

    const issued = await younghee.api.POST('/api/v1/coupon-campaigns/{id}/coupons', {
      params: { path: { id: FIVE_PERCENT } },
    });
    expect(issued).toMatchObject({ response: { status: 201 }, data: { discountRate: 5 } });
    const placed = await younghee.api.POST('/api/v1/orders', {
      body: {
        ...one(BLUETOOTH_KEYBOARD),
        couponId: issued.data?.id ?? 0,
      },
    });
    expect(placed).toMatchObject({
      response: { status: 201 },
      data: { subtotal: 45_000, discount: 2_250, total: 42_750 },
    });
    const paid = await younghee.api.POST('/api/v1/orders/{id}/payment', {
      params: { path: { id: placed.data?.id ?? 0 } },
    });
    expect(paid).toMatchObject({ response: { status: 201 }, data: { balance: 57_250 } });
  });
});
