import { fc, test } from '@fast-check/jest';
import { describe, expect, it } from '@jest/globals';
import { orderId, productId } from '../shared/ids.js';
import { anyCompletedOrder } from '../testing/index.js';
import { dailySalesOf } from './daily-sales.js';
import { refundedSalesOf, type Sale, type SalesDay, salesOf } from './sale.js';

const DAYS = [20_240_115, 20_240_116, 20_240_117].map((day) => day as SalesDay);

const sale = (day: number, product: number, quantity: number, revenue: number): Sale => ({
  orderId: orderId(1001),
  productId: productId(product),
  day: day as SalesDay,
  quantity,
  revenue,
});

const anySales = () =>
  fc.array(
    fc
      .tuple(fc.constantFrom(...DAYS), fc.integer({ min: 1, max: 4 }), fc.integer(), fc.integer())
      .map((fields) => sale(...fields)),
  );

describe('Sales added up by day and product', () => {
  it('are one sum for each pair, by day and then by product', () => {
    const sums = dailySalesOf([
      sale(20_240_117, 103, 100, 6_500_000),
      sale(20_240_116, 104, 1, 120_000),
      sale(20_240_117, 101, 2, 50_000),
      sale(20_240_117, 103, 50, 3_250_000),
    ]);
    expect(sums).toEqual([
      { day: 20_240_116, productId: 104, quantity: 1, revenue: 120_000 },
      { day: 20_240_117, productId: 101, quantity: 2, revenue: 50_000 },
      { day: 20_240_117, productId: 103, quantity: 150, revenue: 9_750_000 },
    ]);
  });

  it('are none for no sales', () => {
    expect(dailySalesOf([])).toEqual([]);
  });

  test.prop([anySales()])('lose and add nothing, day by day and product by product', (sales) => {
    const sums = dailySalesOf(sales);
    for (const { day, productId: id, quantity, revenue } of sums) {
      const own = sales.filter((each) => each.day === day && each.productId === id);
      expect(quantity).toBe(own.reduce((total, each) => total + each.quantity, 0));
      expect(revenue).toBe(own.reduce((total, each) => total + each.revenue, 0));
    }
    const pairs = new Set(sales.map((each) => `${each.day} ${each.productId}`));
    expect(sums.map((each) => `${each.day} ${each.productId}`).toSorted()).toEqual(
      [...pairs].toSorted(),
    );
  });

  test.prop([anySales(), anySales()])(
    'are the same counted at once or in two goes',
    (some, more) => {
      const parts = [...dailySalesOf(some), ...dailySalesOf(more)].map((sum) => ({
        ...sum,
        orderId: orderId(1001),
      }));
      expect(dailySalesOf(parts)).toEqual(dailySalesOf([...some, ...more]));
    },
  );

  test.prop([anyCompletedOrder()])('of an order and its refund are nothing', (order) => {
    const day = DAYS[0] as SalesDay;
    const sums = dailySalesOf([...salesOf(order, day), ...refundedSalesOf(order, day)]);
    for (const { quantity, revenue } of sums) expect([quantity, revenue]).toEqual([0, 0]);
  });
});
