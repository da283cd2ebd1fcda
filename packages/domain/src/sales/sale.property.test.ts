import { test } from '@fast-check/jest';
import { describe, expect } from '@jest/globals';
import { anyCompletedOrder } from '../testing/index.js';
import { refundedSalesOf, type Sale, type SalesDay, salesOf } from './sale.js';

const DAY = 20_240_117 as SalesDay;
const revenueOf = (sales: readonly Sale[]): number =>
  sales.reduce((total, { revenue }) => total + revenue, 0);

describe('The sales of a paid order', () => {
  test.prop([anyCompletedOrder()])('are its total, product by product', (order) => {
    const sales = salesOf(order, DAY);
    expect(revenueOf(sales)).toBe(order.total);
    expect(sales.map(({ productId, quantity }) => ({ productId, quantity }))).toEqual(
      order.lines.map(({ productId, quantity }) => ({ productId, quantity })),
    );
  });

  test.prop([anyCompletedOrder()])('and its refund cancel each other out', (order) => {
    const refunds = refundedSalesOf(order, DAY);
    for (const [line, sale] of salesOf(order, DAY).entries()) {
      const refund = refunds[line];
      expect({ ...sale, quantity: 0, revenue: 0 }).toEqual({
        ...refund,
        quantity: sale.quantity + (refund?.quantity ?? 0),
        revenue: sale.revenue + (refund?.revenue ?? 0),
      });
    }
  });
});
