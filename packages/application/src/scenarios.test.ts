import { describe, expect, it } from '@jest/globals';
import { userId } from '@jumun/domain';
import { aBasket, accepted, KIM_CHEOLSU, LEE_YOUNGHEE, refused } from '@jumun/domain/testing';
import { openShop } from './testing/scenario/open-shop.js';

// The user scenarios 1 to 5 and 7, with their numbers.

describe('Scenario 1: a first order', () => {
  it('leaves 김철수 25,000 won and the shop 49 mice', async () => {
    const { shop, shelve, stock, balance, audit } = openShop();
    const mouse = await shelve({ name: '무선 마우스', price: 25_000, stock: 50 });
    expect(mouse).toBe(101);

    expect(await balance(KIM_CHEOLSU)).toBe(0);
    const charged = await shop.chargeWallet({ userId: KIM_CHEOLSU, amount: 50_000 });
    expect(accepted(charged).answer.balance).toBe(50_000);

    const list = await shop.listProducts({ text: null, category: null }, 1, 20);
    expect(list.items).toEqual([
      { id: 101, name: '무선 마우스', category: '마우스', price: 25_000, stock: 50 },
    ]);
    expect(accepted(await shop.readProduct(mouse))).toMatchObject({ price: 25_000, stock: 50 });

    const basket = aBasket([mouse, 1]);
    const placed = await shop.placeOrder({ userId: KIM_CHEOLSU, basket, couponId: null });
    const { answer: order } = accepted(placed);
    expect(order).toMatchObject({ id: 1001, status: 'PENDING', total: 25_000 });

    const command = { userId: KIM_CHEOLSU, orderId: order.id, amount: 25_000 };
    expect(accepted(await shop.payOrder(command)).answer).toEqual({
      paymentId: 2001,
      orderId: 1001,
      status: 'SUCCESS',
      amount: 25_000,
      balance: 25_000,
      orderStatus: 'COMPLETED',
    });
    expect(accepted(await shop.readOrder(KIM_CHEOLSU, order.id)).status).toBe('COMPLETED');
    expect([await balance(KIM_CHEOLSU), await stock(mouse)]).toEqual([25_000, 49]);
    expect(audit()).toEqual([]);
  });
});

describe('Scenario 2: an order with a coupon', () => {
  it('saves 이영희 4,500 won and leaves her 59,500', async () => {
    const { shop, shelve, charge, campaign, balance, audit } = openShop();
    const keyboard = await shelve({ name: '블루투스 키보드', price: 45_000 });
    await charge(LEE_YOUNGHEE, 100_000);
    const campaignId = await campaign({ discountRate: 10, totalQuantity: 100 });
    expect(campaignId).toBe(501);

    const issued = accepted(await shop.issueCoupon({ userId: LEE_YOUNGHEE, campaignId })).answer;
    expect(issued).toMatchObject({ id: 3001, discountRate: 10, status: 'AVAILABLE' });
    const [held] = await shop.listCoupons(LEE_YOUNGHEE, null);
    expect(held).toEqual(issued);

    const basket = aBasket([keyboard, 1]);
    const placing = await shop.placeOrder({ userId: LEE_YOUNGHEE, basket, couponId: issued.id });
    const order = accepted(placing).answer;
    expect(order).toMatchObject({ discount: 4_500, total: 40_500 });

    const command = { userId: LEE_YOUNGHEE, orderId: order.id, amount: 40_500 };
    expect(accepted(await shop.payOrder(command)).answer.balance).toBe(59_500);
    expect(await balance(LEE_YOUNGHEE)).toBe(59_500);
    expect((await shop.listCoupons(LEE_YOUNGHEE, null))[0]?.status).toBe('USED');
    expect(audit()).toEqual([]);
  });
});

describe('Scenario 3: too few in stock', () => {
  it('sells the last gaming mouse to the first, and offers 김철수 something like it', async () => {
    const { shop, shelve, charge, stock, audit } = openShop();
    const gaming = await shelve({ name: '게이밍 마우스', price: 65_000, stock: 1 });
    const similar = await shelve({ name: '무선 마우스', price: 70_000 });
    await charge(KIM_CHEOLSU, 80_000);
    await charge(LEE_YOUNGHEE, 80_000);
    const place = (customer: typeof KIM_CHEOLSU, id: number) => {
      const command = { userId: customer, basket: aBasket([id, 1]), couponId: null };
      return shop.placeOrder(command);
    };
    const [first, second] = await Promise.all([
      place(LEE_YOUNGHEE, gaming),
      place(KIM_CHEOLSU, gaming),
    ]);
    expect(accepted(first).answer.status).toBe('PENDING');
    expect(refused(second)).toEqual({
      code: 'OUT_OF_STOCK',
      items: [{ productId: gaming, requested: 1, available: 0 }],
      alternatives: [
        { id: similar, name: '무선 마우스', category: '마우스', price: 70_000, stock: 50 },
      ],
    });
    expect(accepted(await place(KIM_CHEOLSU, similar)).answer.total).toBe(70_000);
    expect([await stock(gaming), await stock(similar)]).toEqual([0, 49]);
    expect(audit()).toEqual([]);
  });
});

describe('Scenario 4: too little money', () => {
  it('refuses 김철수 the monitor at 15,000 won, and sells it after a charge of 110,000', async () => {
    const { shop, shelve, charge, order, pay, balance, audit } = openShop();
    const monitor = await shelve({ name: '모니터', category: '모니터', price: 120_000 });
    await charge(KIM_CHEOLSU, 15_000);
    const basket = aBasket([monitor, 1]);
    const refusal = refused(await shop.placeOrder({ userId: KIM_CHEOLSU, basket, couponId: null }));
    expect(refusal).toEqual({ code: 'INSUFFICIENT_BALANCE', balance: 15_000, required: 120_000 });

    await charge(KIM_CHEOLSU, 110_000);
    expect(await balance(KIM_CHEOLSU)).toBe(125_000);
    const placed = await order(KIM_CHEOLSU, [[monitor, 1]]);
    expect(await pay(KIM_CHEOLSU, placed.id)).toMatchObject({ amount: 120_000, balance: 5_000 });
    expect(audit()).toEqual([]);
  });
});

describe('Scenario 5: a coupon campaign that is sold out', () => {
  it('refuses 이영희 the 20 %, and gives her the 5 % that still run', async () => {
    const { shop, shelve, charge, campaign, coupon, order, audit } = openShop();
    const mouse = await shelve({ price: 25_000 });
    await charge(LEE_YOUNGHEE, 50_000);
    const wanted = await campaign({ discountRate: 20, totalQuantity: 100 });
    const other = await campaign({ discountRate: 5 });
    const crowd = Array.from({ length: 100 }, (_, at) => coupon(userId(1_000 + at), wanted));
    await Promise.all(crowd);

    const late = await shop.issueCoupon({ userId: LEE_YOUNGHEE, campaignId: wanted });
    expect(refused(late).code).toBe('COUPON_EXHAUSTED');
    const running = await shop.listRunningCampaigns();
    expect(running.map((each) => [each.id, each.remainingQuantity])).toEqual([
      [wanted, 0],
      [other, 100],
    ]);
    const held = await coupon(LEE_YOUNGHEE, other);
    const placed = await order(LEE_YOUNGHEE, [[mouse, 1]], held);
    expect(placed).toMatchObject({ discount: 1_250, total: 23_750 });
    expect(audit()).toEqual([]);
  });
});

describe('Scenario 7: a thousand customers for the last coupon', () => {
  it('issues exactly one, number 100', async () => {
    const { shop, campaign, coupon, audit } = openShop();
    const campaignId = await campaign({ totalQuantity: 100 });
    for (let taken = 1; taken < 100; taken += 1) await coupon(userId(taken), campaignId);
    const crowd = Array.from({ length: 1_000 }, (_, at) =>
      shop.issueCoupon({ userId: userId(1_000 + at), campaignId }),
    );
    const outcomes = await Promise.all(crowd);
    const winners = outcomes.filter((outcome) => outcome.isOk()).map(accepted);
    expect(winners.map(({ answer }) => answer.issueNumber)).toEqual([100]);
    const refusals = outcomes.filter((outcome) => outcome.isErr()).map(refused);
    expect(new Set(refusals.map(({ code }) => code))).toEqual(new Set(['COUPON_EXHAUSTED']));
    expect(audit()).toEqual([]);
  });
});
