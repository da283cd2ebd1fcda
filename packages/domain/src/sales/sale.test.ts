import { describe, expect, it } from '@jest/globals';
import { aCompletedOrder, aProduct, aReservedCoupon, GAMING_MOUSE } from '../testing/index.js';
import { refundedSalesOf, type SalesDay, salesOf } from './sale.js';

const DAY = 20_240_117 as SalesDay;
const GIFT = aProduct({ id: 900, name: '사은품', price: 0 });

const order = aCompletedOrder({
  items: [
    [GAMING_MOUSE, 150],
    [GIFT, 1],
  ],
});

describe('The sales of a paid order', () => {
  it('are its pieces and its revenue: 150 게이밍 마우스 make 9,750,000 won (scenario 6)', () => {
    expect(salesOf(order, DAY)).toEqual([
      { orderId: 1001, productId: 103, day: 20_240_117, quantity: 150, revenue: 9_750_000 },
      { orderId: 1001, productId: 900, day: 20_240_117, quantity: 1, revenue: 0 },
    ]);
  });

  it('count what was paid, after the discount', () => {
    const discounted = aCompletedOrder({ coupon: aReservedCoupon({ discountRate: 10 }) });
    expect(salesOf(discounted, DAY)).toMatchObject([{ quantity: 1, revenue: 22_500 }]);
  });

  it('are taken back by a refund, with no zero turned negative', () => {
    expect(refundedSalesOf(order, DAY)).toEqual([
      { orderId: 1001, productId: 103, day: 20_240_117, quantity: -150, revenue: -9_750_000 },
      { orderId: 1001, productId: 900, day: 20_240_117, quantity: -1, revenue: 0 },
    ]);
  });
});
