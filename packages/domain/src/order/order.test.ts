import { describe, expect, it } from '@jest/globals';
import { orderId, paymentId, productId } from '../shared/ids.js';
import { afterDays, afterSeconds, instant } from '../shared/instant.js';
import { InvariantViolation } from '../shared/invariant.js';
import { won } from '../shared/money.js';
import { pieces } from '../shared/quantity.js';
import {
  aBasket,
  accepted,
  aCancelledOrder,
  aCompletedOrder,
  anExpiredOrder,
  anOrder,
  aProduct,
  aRefundedOrder,
  aReservedCoupon,
  BLUETOOTH_KEYBOARD,
  catalogueOf,
  KIM_CHEOLSU,
  LEE_YOUNGHEE,
  MONITOR,
  NOON,
  refused,
  WIRELESS_MOUSE,
} from '../testing/index.js';
import { Order, type OrderSnapshot, orderStatusAt } from './order.js';

const EXPIRY = afterSeconds(NOON, 900);
const BEFORE_EXPIRY = instant(EXPIRY - 1);
const LATER = afterSeconds(NOON, 60);
const payment = { paymentId: paymentId(2001), amount: null, now: LATER };

const request = {
  id: orderId(1001),
  userId: KIM_CHEOLSU,
  basket: aBasket([101, 1]),
  products: catalogueOf(WIRELESS_MOUSE, BLUETOOTH_KEYBOARD),
  coupon: null,
  now: NOON,
  holdSeconds: 900,
};

describe('Order', () => {
  describe('when placed', () => {
    it('is PENDING at the price of the day (scenario 1)', () => {
      const { next, event } = accepted(Order.place(request));
      expect(next.toSnapshot()).toEqual({
        id: 1001,
        userId: KIM_CHEOLSU,
        lines: [
          {
            productId: 101,
            name: '무선 마우스',
            unitPrice: 25_000,
            quantity: 1,
            amount: 25_000,
            discount: 0,
          },
        ],
        couponId: null,
        subtotal: 25_000,
        discount: 0,
        total: 25_000,
        createdAt: NOON,
        expiresAt: EXPIRY,
        status: 'PENDING',
      });
      expect(event).toEqual({
        type: 'OrderPlaced',
        orderId: 1001,
        userId: KIM_CHEOLSU,
        total: 25_000,
        at: NOON,
      });
    });

    it('costs 40,500 won with the 10 % coupon: 4,500 off 45,000 (scenario 2)', () => {
      const { next, event } = accepted(
        Order.place({
          ...request,
          userId: LEE_YOUNGHEE,
          basket: aBasket([102, 1]),
          coupon: aReservedCoupon({ id: 3001, discountRate: 10 }),
        }),
      );
      expect(next.toSnapshot()).toMatchObject({
        couponId: 3001,
        subtotal: 45_000,
        discount: 4_500,
        total: 40_500,
      });
      expect(event.total).toBe(40_500);
      expect(next).toMatchObject({ id: 1001, userId: LEE_YOUNGHEE, couponId: 3001, total: 40_500 });
    });

    it('spreads the discount over its lines, in the order of the basket', () => {
      const pen = aProduct({ id: 7, name: '펜', price: 15 });
      const pad = aProduct({ id: 8, name: '메모지', price: 5 });
      const order = anOrder({
        items: [
          [pen, 1],
          [pad, 3],
        ],
        coupon: aReservedCoupon({ discountRate: 10 }),
      });
      expect(order.lines).toEqual([
        { productId: 7, name: '펜', unitPrice: 15, quantity: 1, amount: 15, discount: 2 },
        { productId: 8, name: '메모지', unitPrice: 5, quantity: 3, amount: 15, discount: 1 },
      ]);
      expect(order.total).toBe(27);
    });

    it('keeps its name and price when the product is revised afterwards', () => {
      const products = new Map(request.products);
      const { next } = accepted(Order.place({ ...request, products }));
      products.set(productId(101), WIRELESS_MOUSE.revise({ name: '새 마우스', price: won(1) }));
      expect(next.lines).toMatchObject([{ name: '무선 마우스', unitPrice: 25_000 }]);
      expect(next.total).toBe(25_000);
    });

    it('names the first product that is not in the catalogue', () => {
      const basket = aBasket([101, 1], [998, 1], [999, 1]);
      expect(refused(Order.place({ ...request, basket }))).toEqual({
        code: 'PRODUCT_NOT_FOUND',
        productId: 998,
      });
    });

    it('takes no coupon of somebody else', () => {
      const coupon = aReservedCoupon({ userId: 2 });
      expect(() => Order.place({ ...request, coupon })).toThrow(InvariantViolation);
      expect(Order.place({ ...request, userId: coupon.userId, coupon }).isOk()).toBe(true);
    });

    it('may have no time to be paid at all, but not less', () => {
      const { next } = accepted(Order.place({ ...request, holdSeconds: 0 }));
      expect(next.statusAt(NOON)).toBe('EXPIRED');
      expect(() => Order.place({ ...request, holdSeconds: -1 })).toThrow(InvariantViolation);
      expect(() => Order.place({ ...request, holdSeconds: Number.NaN })).toThrow(
        InvariantViolation,
      );
    });
  });

  describe('when read back', () => {
    const stored = anOrder({ items: [[MONITOR, 2]], coupon: aReservedCoupon() }).toSnapshot();
    const line = {
      productId: MONITOR.id,
      name: '모니터',
      unitPrice: won(120_000),
      quantity: pieces(2),
      amount: won(240_000),
      discount: won(24_000),
    };

    it('starts from what was agreed', () => {
      expect(stored).toMatchObject({ lines: [line], discount: 24_000, total: 216_000 });
    });

    it.each<[string, Partial<OrderSnapshot>]>([
      ['an order without a line', { lines: [], subtotal: won(0), discount: won(0), total: won(0) }],
      [
        'a line that costs something else than unit price × quantity',
        { lines: [{ ...line, quantity: pieces(1) }] },
      ],
      [
        'a subtotal that is not the sum of its lines',
        { subtotal: won(240_001), total: won(216_001) },
      ],
      [
        'a discount that is not the sum of its line discounts',
        { discount: won(23_999), total: won(216_001) },
      ],
      ['a total that is not subtotal − discount', { total: won(216_001) }],
      [
        'a line discounted by more than it costs',
        {
          lines: [
            { ...line, discount: won(240_001) },
            { ...line, discount: won(0) },
          ],
          subtotal: won(480_000),
          discount: won(240_001),
          total: won(239_999),
        },
      ],
      [
        'one line of two whose amount is not unit price × quantity',
        {
          lines: [line, { ...line, amount: won(1), discount: won(0) }],
          subtotal: won(240_001),
          total: won(216_001),
        },
      ],
      ['an expiry before it was placed', { expiresAt: instant(NOON - 1) }],
    ])('throws at %s', (_, broken) => {
      const snapshot = { ...stored, ...broken } as OrderSnapshot;
      expect(() => Order.rehydrate(snapshot)).toThrow(InvariantViolation);
    });

    it('may expire in the moment in which it was placed, and is told as its row says', () => {
      const row = { ...stored, status: 'PENDING', createdAt: NOON, expiresAt: NOON } as const;
      expect(Order.rehydrate(row).statusAt(NOON)).toBe('EXPIRED');
      expect(orderStatusAt(row, NOON)).toBe('EXPIRED');
      expect(orderStatusAt({ ...row, expiresAt: instant(NOON + 1) }, NOON)).toBe('PENDING');
    });

    it('may have a line that is discounted away', () => {
      const free = anOrder({ coupon: aReservedCoupon({ discountRate: 100 }) }).toSnapshot();
      expect(Order.rehydrate(free).total).toBe(0);
    });

    it('is not changed when the stored snapshot is changed afterwards', () => {
      const row = { ...stored, total: won(216_000) };
      const order = Order.rehydrate(row);
      row.total = won(1);
      expect(order.total).toBe(216_000);
    });
  });

  describe('when PENDING', () => {
    const order = anOrder({
      userId: 2,
      items: [[BLUETOOTH_KEYBOARD, 1]],
      coupon: aReservedCoupon(),
    });

    it('is COMPLETED by its payment, and tells everything about it (scenario 2)', () => {
      const { next, event } = accepted(order.pay(payment));
      expect(next.toSnapshot()).toEqual({
        ...order.toSnapshot(),
        status: 'COMPLETED',
        payment: { id: 2001, paidAt: LATER },
      });
      expect(event).toEqual({
        type: 'OrderCompleted',
        orderId: 1001,
        userId: LEE_YOUNGHEE,
        paymentId: 2001,
        couponId: 3001,
        lines: order.lines,
        discount: 4_500,
        total: 40_500,
        at: LATER,
      });
    });

    it('takes exactly its total', () => {
      expect(order.pay({ ...payment, amount: 40_500 }).isOk()).toBe(true);
    });

    it.each([40_499, 40_501, 45_000, 0, -40_500, Number.NaN])(
      'refuses %d won for 40,500',
      (amount) => {
        expect(refused(order.pay({ ...payment, amount }))).toEqual({
          code: 'AMOUNT_MISMATCH',
          orderId: 1001,
          required: 40_500,
        });
      },
    );

    it('can be paid up to the last millisecond before expiresAt', () => {
      expect(order.statusAt(BEFORE_EXPIRY)).toBe('PENDING');
      expect(order.pay({ ...payment, now: BEFORE_EXPIRY }).isOk()).toBe(true);
    });

    it.each([
      ['at expiresAt', EXPIRY],
      ['after expiresAt', afterDays(EXPIRY, 1)],
    ])('is EXPIRED and refuses payment %s', (_, now) => {
      expect(order.statusAt(now)).toBe('EXPIRED');
      expect(refused(order.pay({ ...payment, now }))).toEqual({
        code: 'ORDER_NOT_PAYABLE',
        orderId: 1001,
        orderStatus: 'EXPIRED',
      });
    });

    it('says that it cannot be paid before it says that the amount is wrong', () => {
      const late = order.pay({ ...payment, amount: 1, now: EXPIRY });
      expect(refused(late).code).toBe('ORDER_NOT_PAYABLE');
    });

    it('can be cancelled, and there is nothing to refund', () => {
      const { next, event } = accepted(order.cancel(LATER));
      expect(next.toSnapshot()).toEqual({
        ...order.toSnapshot(),
        status: 'CANCELLED',
        payment: null,
        cancelledAt: LATER,
      });
      expect(event).toEqual({
        type: 'OrderCancelled',
        orderId: 1001,
        userId: LEE_YOUNGHEE,
        paymentId: null,
        couponId: 3001,
        lines: order.lines,
        discount: 4_500,
        total: order.total,
        refund: 0,
        at: LATER,
      });
    });

    it('can be cancelled up to the last millisecond, and not once it has expired', () => {
      expect(order.cancel(BEFORE_EXPIRY).isOk()).toBe(true);
      expect(refused(order.cancel(EXPIRY))).toEqual({
        code: 'ORDER_NOT_CANCELLABLE',
        orderId: 1001,
        orderStatus: 'EXPIRED',
      });
    });

    it('is given up from expiresAt on, and not before', () => {
      expect(refused(order.expire(BEFORE_EXPIRY))).toEqual({
        code: 'ORDER_NOT_DUE',
        orderId: 1001,
      });
      const { next, event } = accepted(order.expire(EXPIRY));
      expect(next.toSnapshot()).toEqual({
        ...order.toSnapshot(),
        status: 'EXPIRED',
        expiredAt: EXPIRY,
      });
      expect(event).toEqual({
        type: 'OrderExpired',
        orderId: 1001,
        userId: LEE_YOUNGHEE,
        at: EXPIRY,
      });
    });
  });

  describe('when it is free', () => {
    it('can be paid with 0 won', () => {
      const free = anOrder({ coupon: aReservedCoupon({ discountRate: 100 }) });
      expect(accepted(free.pay({ ...payment, amount: 0 })).event).toMatchObject({
        total: 0,
        discount: 25_000,
      });
    });
  });

  describe('when COMPLETED', () => {
    const order = aCompletedOrder();

    it('refuses to be paid again', () => {
      expect(refused(order.pay(payment))).toEqual({
        code: 'ORDER_NOT_PAYABLE',
        orderId: 1001,
        orderStatus: 'COMPLETED',
      });
    });

    it('can be cancelled at any time, with its total to be refunded', () => {
      const muchLater = afterDays(NOON, 365);
      const { next, event } = accepted(order.cancel(muchLater));
      expect(next.toSnapshot()).toMatchObject({
        status: 'CANCELLED',
        payment: { id: 2001, paidAt: LATER },
        cancelledAt: muchLater,
      });
      expect(event).toEqual({
        type: 'OrderCancelled',
        orderId: 1001,
        userId: KIM_CHEOLSU,
        paymentId: 2001,
        couponId: null,
        lines: order.lines,
        discount: 0,
        total: 25_000,
        refund: 25_000,
        at: muchLater,
      });
    });

    it('never expires', () => {
      expect(order.statusAt(afterDays(EXPIRY, 365))).toBe('COMPLETED');
      expect(refused(order.expire(EXPIRY))).toEqual({ code: 'ORDER_NOT_DUE', orderId: 1001 });
    });
  });

  describe.each([
    ['CANCELLED', aCancelledOrder()],
    ['CANCELLED', aRefundedOrder()],
    ['EXPIRED', anExpiredOrder()],
  ] as const)('when %s', (orderStatus, order) => {
    it('refuses payment', () => {
      expect(refused(order.pay(payment))).toEqual({
        code: 'ORDER_NOT_PAYABLE',
        orderId: 1001,
        orderStatus,
      });
    });

    it('refuses to be cancelled', () => {
      expect(refused(order.cancel(LATER))).toEqual({
        code: 'ORDER_NOT_CANCELLABLE',
        orderId: 1001,
        orderStatus,
      });
    });

    it('is not due to expire', () => {
      expect(refused(order.expire(EXPIRY))).toEqual({ code: 'ORDER_NOT_DUE', orderId: 1001 });
    });
  });
});
