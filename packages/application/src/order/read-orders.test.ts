import { describe, expect, it } from '@jest/globals';
import { orderId } from '@jumun/domain';
import { accepted, KIM_CHEOLSU, LEE_YOUNGHEE, refused } from '@jumun/domain/testing';
import { openShop } from '../testing/scenario/open-shop.js';

describe('Reading orders', () => {
  it('shows a customer their own orders, and nobody else’s', async () => {
    const { shop, shelve, charge, order } = openShop();
    const mouse = await shelve();
    await charge(KIM_CHEOLSU, 50_000);
    const placed = await order(KIM_CHEOLSU, [[mouse, 1]]);
    expect(accepted(await shop.readOrder(KIM_CHEOLSU, placed.id))).toEqual(placed);
    const code = 'ORDER_NOT_FOUND';
    const foreign = refused(await shop.readOrder(LEE_YOUNGHEE, placed.id));
    expect(foreign).toEqual({ code, orderId: placed.id });
    const missing = refused(await shop.readOrder(KIM_CHEOLSU, orderId(404)));
    expect(missing).toEqual({ code, orderId: 404 });
    expect((await shop.listOrders(LEE_YOUNGHEE, null, 10)).items).toEqual([]);
  });

  it('pages through them, newest first, to the end', async () => {
    const { shop, shelve, charge, order, clock } = openShop();
    const mouse = await shelve({ price: 1 });
    await charge(KIM_CHEOLSU, 50_000);
    for (let placed = 0; placed < 5; placed += 1) {
      await order(KIM_CHEOLSU, [[mouse, 1]]);
      if (placed % 2 === 1) clock.advance(1);
    }
    const seen: number[] = [];
    let cursor: Parameters<typeof shop.listOrders>[1] = null;
    const sizes: number[] = [];
    do {
      const page: Awaited<ReturnType<typeof shop.listOrders>> = await shop.listOrders(
        KIM_CHEOLSU,
        cursor,
        2,
      );
      seen.push(...page.items.map(({ id }) => id));
      sizes.push(page.items.length);
      cursor = page.next;
    } while (cursor !== null);
    expect(seen).toEqual([1005, 1004, 1003, 1002, 1001]);
    expect(sizes).toEqual([2, 2, 1]);
  });
});
