import { describe, expect, it } from '@jest/globals';
import { couponId, orderId, paymentId, pieces, walletEntryId, won } from './index.js';
import {
  accepted,
  aCampaign,
  anOrder,
  aStock,
  aWallet,
  BLUETOOTH_KEYBOARD,
  GAMING_MOUSE,
  LEE_YOUNGHEE,
  MONITOR,
  NOON,
  refused,
  WIRELESS_MOUSE,
} from './testing/index.js';

/** The user scenarios, told by the aggregates alone: what a batch of commands decides on its working set. */
const now = NOON;
const entryId = walletEntryId(1);
const ORDER = orderId(1001);
const payment = { paymentId: paymentId(2001), now };

describe('Scenario 1: 김철수 buys a 무선 마우스', () => {
  it('leaves 25,000 won and 49 pieces', () => {
    const charged = accepted(aWallet().charge({ entryId, amount: 50_000, at: now })).next;
    const held = accepted(aStock({ onHand: 50 }).reserve(pieces(1)));
    const order = anOrder({ items: [[WIRELESS_MOUSE, 1]] });

    const paid = accepted(order.pay({ ...payment, amount: 25_000 }));
    const wallet = accepted(
      charged.pay({ entryId, orderId: ORDER, amount: paid.event.total, at: now }),
    ).next;
    const stock = held.post(pieces(1));

    expect(paid.next.statusAt(now)).toBe('COMPLETED');
    expect(wallet.balance).toBe(25_000);
    expect(stock.toSnapshot()).toMatchObject({ onHand: 49, reserved: 0 });
  });
});

describe('Scenario 2: 이영희 uses a coupon of 10 %', () => {
  it('saves 4,500 won, and leaves 59,500 and a USED coupon', () => {
    const { coupon } = accepted(
      aCampaign().issue({
        couponId: couponId(3001),
        userId: LEE_YOUNGHEE,
        alreadyIssued: false,
        now,
      }),
    );
    const reserved = accepted(coupon.reserve(ORDER, now));
    const order = anOrder({ userId: 2, items: [[BLUETOOTH_KEYBOARD, 1]], coupon: reserved });

    const { event } = accepted(order.pay({ ...payment, amount: 40_500 }));
    const { next: wallet } = accepted(
      aWallet({ userId: 2, balance: 100_000 }).pay({
        entryId,
        orderId: ORDER,
        amount: event.total,
        at: now,
      }),
    );

    expect(event).toMatchObject({ couponId: 3001, discount: 4_500, total: 40_500 });
    expect(wallet.balance).toBe(59_500);
    expect(reserved.use(ORDER, now).statusAt(now)).toBe('USED');
  });
});

describe('Scenario 3: two customers want the last 게이밍 마우스', () => {
  it('gives it to the first, and tells the second that none is left', () => {
    const first = accepted(aStock({ productId: GAMING_MOUSE.id, onHand: 1 }).reserve(pieces(1)));
    expect(refused(first.reserve(pieces(1)))).toMatchObject({ code: 'OUT_OF_STOCK', available: 0 });
  });
});

describe('Scenario 4: 김철수 has not enough for the 모니터', () => {
  it('is told so, charges 110,000 won, and has 5,000 left after paying', () => {
    const wallet = aWallet({ balance: 15_000 });
    const { total } = anOrder({ items: [[MONITOR, 1]] });
    expect(refused(wallet.afford(total))).toEqual({
      code: 'INSUFFICIENT_BALANCE',
      balance: 15_000,
      required: 120_000,
    });

    const charged = accepted(wallet.charge({ entryId, amount: 110_000, at: now })).next;
    const paid = accepted(charged.pay({ entryId, orderId: ORDER, amount: total, at: now }));
    expect(paid.next.balance).toBe(won(5_000));
  });
});

describe('Scenario 5: the coupons of 20 % are gone', () => {
  it('offers the coupon of 5 % instead', () => {
    const application = {
      couponId: couponId(3002),
      userId: LEE_YOUNGHEE,
      alreadyIssued: false,
      now,
    };
    const gone = aCampaign({ id: 502, discountRate: 20, totalQuantity: 100, issued: 100 });
    expect(refused(gone.issue(application)).code).toBe('COUPON_EXHAUSTED');

    const { coupon } = accepted(aCampaign({ id: 503, discountRate: 5 }).issue(application));
    const order = anOrder({
      userId: 2,
      items: [[BLUETOOTH_KEYBOARD, 1]],
      coupon: accepted(coupon.reserve(ORDER, now)),
    });
    expect(order.total).toBe(42_750);
  });
});
