import { describe, expect, it } from '@jest/globals';
import { InvariantViolation, productId } from '@jumun/domain';
import { accepted, KIM_CHEOLSU, LEE_YOUNGHEE, NOON, refused } from '@jumun/domain/testing';
import { openShop } from '../testing/scenario/open-shop.js';

/** 김철수 has bought a mouse; 이영희 has not. */
async function aShop() {
  const open = openShop();
  await open.charge(KIM_CHEOLSU, 1_000_000);
  await open.charge(LEE_YOUNGHEE, 1_000_000);
  const mouse = await open.shelve();
  const bought = await open.order(KIM_CHEOLSU, [[mouse, 1]]);
  await open.pay(KIM_CHEOLSU, bought.id);
  const write = (userId = KIM_CHEOLSU, rating = 5, id = mouse) =>
    open.shop.writeReview({ userId, productId: id, rating, text: '좋아요' });
  return { ...open, mouse, bought, write };
}

describe('Writing a review', () => {
  it('is for buyers, and shows on the product’s page at once', async () => {
    const { write, shop, mouse } = await aShop();
    accepted(await shop.readProduct(mouse));
    const written = accepted(await write()).answer;
    expect(written).toEqual({ id: 1, rating: 5, text: '좋아요', createdAt: NOON });
    const page = accepted(await shop.readProduct(mouse));
    expect(page.rating).toEqual({ average: 5, count: 1 });
    expect(page.reviews).toEqual([written]);
  });

  it('counts into the mean; the page shows the latest five, the list all of them', async () => {
    const { write, shop, mouse, charge, order, pay, clock } = await aShop();
    const buyers = [11, 12, 13, 14, 15, 16].map((id) => id as typeof KIM_CHEOLSU);
    for (const [at, buyer] of buyers.entries()) {
      await charge(buyer, 25_000);
      await pay(buyer, (await order(buyer, [[mouse, 1]])).id);
      clock.advance(1);
      accepted(await write(buyer, (at % 5) + 1));
    }
    const page = accepted(await shop.readProduct(mouse));
    expect(page.rating).toEqual({ average: 16 / 6, count: 6 });
    expect(page.reviews.map(({ id }) => id)).toEqual([6, 5, 4, 3, 2]);
    const first = accepted(await shop.listReviews(mouse, null, 4));
    expect(first.items.map(({ id }) => id)).toEqual([6, 5, 4, 3]);
    const last = accepted(await shop.listReviews(mouse, first.next, 4));
    expect(last.items.map(({ id }) => id)).toEqual([2, 1]);
    expect(last.next).toBeNull();
  });

  it('throws for a rating that is not 1 to 5', async () => {
    const { write, store } = await aShop();
    await expect(write(KIM_CHEOLSU, 6)).rejects.toThrow(InvariantViolation);
    expect(store.reviews.all()).toEqual([]);
  });
});

describe('Writing a review is refused', () => {
  it('for a product that is not there', async () => {
    const { write } = await aShop();
    const missing = productId(404);
    const refusal = refused(await write(KIM_CHEOLSU, 5, missing));
    expect(refusal).toEqual({ code: 'PRODUCT_NOT_FOUND', productId: missing });
  });

  it('to who never bought it, has not paid, did not pay in time, or gave it back', async () => {
    const { write, mouse, order, pay, cancel, clock, shop } = await aShop();
    const notAllowed = { code: 'REVIEW_NOT_ALLOWED', productId: mouse };
    expect(refused(await write(LEE_YOUNGHEE))).toEqual(notAllowed);
    const placed = await order(LEE_YOUNGHEE, [[mouse, 1]]);
    expect(refused(await write(LEE_YOUNGHEE))).toEqual(notAllowed);
    await pay(LEE_YOUNGHEE, placed.id);
    await cancel(LEE_YOUNGHEE, placed.id);
    expect(refused(await write(LEE_YOUNGHEE))).toEqual(notAllowed);
    await order(LEE_YOUNGHEE, [[mouse, 1]]);
    clock.advance(900_000);
    await shop.expireOrders();
    expect(refused(await write(LEE_YOUNGHEE))).toEqual(notAllowed);
  });

  it('to who has bought something else', async () => {
    const { write, shelve } = await aShop();
    const keyboard = await shelve();
    expect(refused(await write(KIM_CHEOLSU, 5, keyboard)).code).toBe('REVIEW_NOT_ALLOWED');
  });

  it('to who has written one, also at the same time', async () => {
    const { write, mouse, store, shop } = await aShop();
    const outcomes = await Promise.all([write(), write()]);
    const already = { code: 'REVIEW_ALREADY_WRITTEN', productId: mouse };
    expect(refused(outcomes[1])).toEqual(already);
    expect(shop.counts().catalogue).toMatchObject({ retries: 0, splits: 0 });
    expect(refused(await write())).toEqual(already);
    expect(store.reviews.all().length).toBe(1);
  });

  it('as not allowed rather than already written, to who gave the product back', async () => {
    const { write, bought, cancel } = await aShop();
    accepted(await write());
    await cancel(KIM_CHEOLSU, bought.id);
    expect(refused(await write()).code).toBe('REVIEW_NOT_ALLOWED');
  });
});
