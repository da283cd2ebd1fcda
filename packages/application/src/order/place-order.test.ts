import { describe, expect, it } from '@jest/globals';
import { afterDays, afterSeconds, couponId } from '@jumun/domain';
import { aBasket, accepted, KIM_CHEOLSU, LEE_YOUNGHEE, NOON, refused } from '@jumun/domain/testing';
import type { CatalogueQueries, Queries } from '../ports/queries.js';
import { openShop } from '../testing/scenario/open-shop.js';

/** 김철수 with 1,000,000 won, a mouse (101), a keyboard (102), and a coupon of 10 %. */
async function aShop() {
  const open = openShop();
  await open.charge(KIM_CHEOLSU, 1_000_000);
  const mouse = await open.shelve({ name: '무선 마우스', price: 25_000, stock: 50 });
  const keyboard = await open.shelve({ name: '키보드', category: '키보드', price: 333, stock: 10 });
  const campaignId = await open.campaign({ couponValidDays: 7 });
  const coupon = await open.coupon(KIM_CHEOLSU, campaignId);
  const place = (items: readonly (readonly [number, number])[], id: number | null = null) =>
    open.shop.placeOrder({
      userId: KIM_CHEOLSU,
      basket: aBasket(...items),
      couponId: id === null ? null : couponId(id),
    });
  return { ...open, mouse, keyboard, campaignId, coupon, place };
}

describe('Placing an order', () => {
  it('agrees on names, prices and discount, and holds stock and coupon for 15 minutes', async () => {
    const { place, mouse, keyboard, coupon, stock, balance, shop, audit } = await aShop();
    const placed = accepted(
      await place(
        [
          [keyboard, 2],
          [mouse, 3],
        ],
        coupon,
      ),
    ).answer;
    expect(placed).toEqual({
      id: 1001,
      status: 'PENDING',
      items: [
        { productId: keyboard, name: '키보드', unitPrice: 333, quantity: 2, amount: 666 },
        { productId: mouse, name: '무선 마우스', unitPrice: 25_000, quantity: 3, amount: 75_000 },
      ],
      couponId: coupon,
      subtotal: 75_666,
      discount: 7_566,
      total: 68_100,
      createdAt: NOON,
      expiresAt: afterSeconds(NOON, 900),
      paidAt: null,
      paymentId: null,
    });
    expect([await stock(mouse), await stock(keyboard)]).toEqual([47, 8]);
    expect((await shop.listCoupons(KIM_CHEOLSU, null))[0]?.status).toBe('RESERVED');
    expect(await balance(KIM_CHEOLSU)).toBe(1_000_000);
    expect(audit()).toEqual([]);
  });

  it('keeps what was agreed when the product is revised afterwards', async () => {
    const { place, mouse, shop } = await aShop();
    const placed = accepted(await place([[mouse, 1]])).answer;
    accepted(await shop.reviseProduct({ productId: mouse, changes: { name: '새 마우스' } }));
    expect(accepted(await shop.readOrder(KIM_CHEOLSU, placed.id))).toEqual(placed);
    expect(accepted(await place([[mouse, 1]])).answer.items[0]?.name).toBe('새 마우스');
  });

  it('sells the last piece to one of a crowd', async () => {
    const { shop, shelve, charge, audit, store } = await aShop();
    const last = await shelve({ stock: 1 });
    await charge(LEE_YOUNGHEE, 1_000_000);
    const crowd = Array.from({ length: 50 }, (_, at) =>
      shop.placeOrder({
        userId: at % 2 === 0 ? KIM_CHEOLSU : LEE_YOUNGHEE,
        basket: aBasket([last, 1]),
        couponId: null,
      }),
    );
    const outcomes = await Promise.all(crowd);
    expect(outcomes.map((outcome) => outcome.isOk())).toEqual([
      true,
      ...Array.from({ length: 49 }, () => false),
    ]);
    expect(store.orders.all().length).toBe(1);
    expect(audit()).toEqual([]);
  });

  it('takes the whole balance, to the won', async () => {
    const { place, shelve } = await aShop();
    const dear = await shelve({ price: 1_000_000 });
    expect(accepted(await place([[dear, 1]])).answer.total).toBe(1_000_000);
  });
});

describe('Placing an order is refused', () => {
  it('with a coupon that is not there', async () => {
    const { place, mouse } = await aShop();
    const refusal = refused(await place([[mouse, 1]], 404));
    expect(refusal).toEqual({ code: 'COUPON_NOT_FOUND', couponId: 404 });
  });

  it('with a coupon of somebody else, as if it were not there', async () => {
    const { place, mouse, campaignId, shop } = await aShop();
    const issued = await shop.issueCoupon({ userId: LEE_YOUNGHEE, campaignId });
    const foreign = accepted(issued).answer.id;
    const refusal = refused(await place([[mouse, 1]], foreign));
    expect(refusal).toEqual({ code: 'COUPON_NOT_FOUND', couponId: foreign });
  });

  it('for a product that is not there', async () => {
    const { place, mouse, stock, audit } = await aShop();
    const refusal = refused(
      await place([
        [mouse, 1],
        [404, 1],
      ]),
    );
    expect(refusal).toEqual({ code: 'PRODUCT_NOT_FOUND', productId: 404 });
    expect(await stock(mouse)).toBe(50);
    expect(audit()).toEqual([]);
  });

  it('with a coupon that another order holds, or used, or that has expired', async () => {
    const { place, mouse, coupon, pay, cancel, clock } = await aShop();
    const notUsable = (couponStatus: string) => ({
      code: 'COUPON_NOT_USABLE',
      couponId: coupon,
      couponStatus,
    });
    const first = accepted(await place([[mouse, 1]], coupon)).answer;
    expect(refused(await place([[mouse, 1]], coupon))).toEqual(notUsable('RESERVED'));
    await pay(KIM_CHEOLSU, first.id);
    expect(refused(await place([[mouse, 1]], coupon))).toEqual(notUsable('USED'));
    await cancel(KIM_CHEOLSU, first.id);
    clock.set(afterDays(NOON, 7));
    expect(refused(await place([[mouse, 1]], coupon))).toEqual(notUsable('EXPIRED'));
  });

  it('when products are short: all of them are named, and nothing is held', async () => {
    const { place, mouse, keyboard, stock, shelve } = await aShop();
    const plenty = await shelve({ name: '웹캠', category: '웹캠' });
    const refusal = refused(
      await place([
        [keyboard, 11],
        [plenty, 1],
        [mouse, 51],
      ]),
    );
    expect(refusal).toMatchObject({
      code: 'OUT_OF_STOCK',
      items: [
        { productId: keyboard, requested: 11, available: 10 },
        { productId: mouse, requested: 51, available: 50 },
      ],
    });
    expect([await stock(keyboard), await stock(mouse), await stock(plenty)]).toEqual([10, 50, 50]);
  });

  it('when the balance does not cover the total, and then nothing is held', async () => {
    const { place, mouse, coupon, stock, shop, audit } = await aShop();
    const refusal = refused(await place([[mouse, 50]], coupon));
    expect(refusal).toEqual({
      code: 'INSUFFICIENT_BALANCE',
      balance: 1_000_000,
      required: 1_125_000,
    });
    expect(await stock(mouse)).toBe(50);
    expect((await shop.listCoupons(KIM_CHEOLSU, null))[0]?.status).toBe('AVAILABLE');
    expect(audit()).toEqual([]);
  });

  it('in the documented order when several things are wrong', async () => {
    const { shop, shelve, charge, campaign, coupon, order, restock } = openShop();
    const mouse = await shelve({ price: 25_000 });
    const scarce = await shelve({ price: 25_000, stock: 0 });
    await charge(LEE_YOUNGHEE, 22_500);
    const held = await coupon(LEE_YOUNGHEE, await campaign());
    const free = await coupon(LEE_YOUNGHEE, await campaign({ discountRate: 5 }));
    await order(LEE_YOUNGHEE, [[mouse, 1]], held);
    const place = (product: number, id: number) => {
      const basket = aBasket([product, 1]);
      return shop.placeOrder({ userId: LEE_YOUNGHEE, basket, couponId: couponId(id) });
    };
    expect(refused(await place(404, 404)).code).toBe('COUPON_NOT_FOUND');
    expect(refused(await place(404, held)).code).toBe('PRODUCT_NOT_FOUND');
    expect(refused(await place(scarce, held)).code).toBe('COUPON_NOT_USABLE');
    expect(refused(await place(scarce, free)).code).toBe('OUT_OF_STOCK');
    await restock(scarce, 1);
    expect(refused(await place(scarce, free)).code).toBe('INSUFFICIENT_BALANCE');
    await charge(LEE_YOUNGHEE, 1_250);
    expect(accepted(await place(scarce, free)).answer.total).toBe(23_750);
  });
});

describe('An order that is out of stock', () => {
  it('offers what is in stock of the same category, for the first short product first', async () => {
    const { shop, shelve, charge, order, pay } = openShop();
    await charge(LEE_YOUNGHEE, 1_000_000);
    const mouse = await shelve({ price: 65_000, stock: 1 });
    const monitor = await shelve({ category: '모니터', price: 120_000, stock: 0 });
    const far = await shelve({ price: 10_000 });
    const near = await shelve({ price: 60_000 });
    const popular = await shelve({ price: 40_000 });
    const bigMonitor = await shelve({ category: '모니터', price: 200_000 });
    await shelve({ price: 64_000, stock: 0 });
    await shelve({ category: '웹캠', price: 65_000 });
    const sale = await order(LEE_YOUNGHEE, [[popular, 2]]);
    await pay(LEE_YOUNGHEE, sale.id);
    await shop.rollUpSales();
    const basket = aBasket([mouse, 2], [monitor, 1]);
    const refusal = refused(
      await shop.placeOrder({ userId: LEE_YOUNGHEE, basket, couponId: null }),
    );
    expect(refusal).toMatchObject({ code: 'OUT_OF_STOCK' });
    const alternatives = refusal.code === 'OUT_OF_STOCK' ? refusal.alternatives : [];
    expect(alternatives.map(({ id }) => id)).toEqual([popular, near, far, bigMonitor]);
    expect(alternatives[0]).toEqual({
      id: popular,
      name: '무선 마우스',
      category: '마우스',
      price: 40_000,
      stock: 48,
    });
  });

  it('offers five products at most, and never one that is short itself', async () => {
    const { shop, shelve } = openShop();
    const wanted = await shelve({ stock: 1 });
    const alsoShort = await shelve({ stock: 1 });
    for (let more = 0; more < 7; more += 1) await shelve();
    const basket = aBasket([wanted, 2], [alsoShort, 2]);
    const refusal = refused(
      await shop.placeOrder({ userId: LEE_YOUNGHEE, basket, couponId: null }),
    );
    const alternatives = refusal.code === 'OUT_OF_STOCK' ? refusal.alternatives : [];
    expect(alternatives.map(({ id }) => id)).toEqual([103, 104, 105, 106, 107]);
  });

  it('looks for alternatives once for a crowd', async () => {
    const inner = openShop();
    let searches = 0;
    const { queries } = inner.ports;
    const catalogue: CatalogueQueries = {
      ...queries.catalogue,
      nearPrice: (category, price, limit) => {
        searches += 1;
        return queries.catalogue.nearPrice(category, price, limit);
      },
    };
    const counting = Object.assign(Object.create(queries) as Queries, { catalogue });
    const { shop, shelve } = openShop({ ports: { ...inner.ports, queries: counting } });
    const wanted = await shelve({ stock: 0 });
    const other = await shelve();
    const crowd = Array.from({ length: 50 }, () => {
      const basket = aBasket([wanted, 1]);
      return shop.placeOrder({ userId: LEE_YOUNGHEE, basket, couponId: null });
    });
    for (const refusal of (await Promise.all(crowd)).map(refused)) {
      expect(refusal).toMatchObject({ code: 'OUT_OF_STOCK', alternatives: [{ id: other }] });
    }
    expect(searches).toBe(1);
  });

  it('offers nothing when there is nothing like it', async () => {
    const { shop, shelve } = openShop();
    const wanted = await shelve({ stock: 0 });
    const basket = aBasket([wanted, 1]);
    const refusal = refused(
      await shop.placeOrder({ userId: LEE_YOUNGHEE, basket, couponId: null }),
    );
    expect(refusal).toEqual({
      code: 'OUT_OF_STOCK',
      items: [{ productId: wanted, requested: 1, available: 0 }],
      alternatives: [],
    });
  });
});
