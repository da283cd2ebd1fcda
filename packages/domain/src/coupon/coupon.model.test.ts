import { fc, test } from '@fast-check/jest';
import { describe, expect } from '@jest/globals';
import { orderId } from '../shared/ids.js';
import { afterDays, type Instant, instant } from '../shared/instant.js';
import { InvariantViolation } from '../shared/invariant.js';
import { command } from '../testing/command.js';
import { aCoupon, NOON } from '../testing/index.js';
import type { Coupon } from './coupon.js';

/** A paper voucher: in the customer's hand, or on the desk with an order, stamped or not. */
interface Voucher {
  now: Instant;
  order: number | null;
  isStamped: boolean;
}
interface Real {
  coupon: Coupon;
}

const EXPIRY = afterDays(NOON, 1);

const statusOf = ({ now, order, isStamped }: Voucher): string => {
  if (order !== null) return isStamped ? 'USED' : 'RESERVED';
  return now < EXPIRY ? 'AVAILABLE' : 'EXPIRED';
};

const agree = (voucher: Voucher, { coupon }: Real): void => {
  const snapshot = coupon.toSnapshot();
  expect(coupon.statusAt(voucher.now)).toBe(statusOf(voucher));
  expect(snapshot.status === 'AVAILABLE' ? null : snapshot.orderId).toBe(voucher.order);
};

const reserve = (order: number) =>
  command<Voucher, Real>(`reserve for ${order}`, (voucher, real) => {
    const result = real.coupon.reserve(orderId(order), voucher.now);
    const couponStatus = statusOf(voucher);
    if (couponStatus === 'AVAILABLE') {
      voucher.order = order;
      real.coupon = result._unsafeUnwrap();
    } else {
      expect(result._unsafeUnwrapErr()).toEqual({
        code: 'COUPON_NOT_USABLE',
        couponId: 3001,
        couponStatus,
      });
    }
    agree(voucher, real);
  });

const use = (order: number) =>
  command<Voucher, Real>(`use by ${order}`, (voucher, real) => {
    if (voucher.order === order && !voucher.isStamped) {
      voucher.isStamped = true;
      real.coupon = real.coupon.use(orderId(order), voucher.now);
      expect(real.coupon.toSnapshot()).toMatchObject({ usedAt: voucher.now });
    } else {
      expect(() => real.coupon.use(orderId(order), voucher.now)).toThrow(InvariantViolation);
    }
    agree(voucher, real);
  });

const release = (order: number) =>
  command<Voucher, Real>(`release by ${order}`, (voucher, real) => {
    if (voucher.order === order) {
      voucher.order = null;
      voucher.isStamped = false;
      real.coupon = real.coupon.release(orderId(order));
    } else {
      expect(() => real.coupon.release(orderId(order))).toThrow(InvariantViolation);
    }
    agree(voucher, real);
  });

const wait = (hours: number) =>
  command<Voucher, Real>(`wait ${hours} h`, (voucher, real) => {
    voucher.now = instant(voucher.now + hours * 3_600_000);
    agree(voucher, real);
  });

const orders = fc.constantFrom(1, 2);
const commands = fc.commands(
  [orders.map(reserve), orders.map(use), orders.map(release), fc.constantFrom(1, 8, 12).map(wait)],
  { maxCommands: 40 },
);

describe('Coupon', () => {
  test.prop([commands])('does what a paper voucher does', (steps) => {
    fc.modelRun(
      () => ({
        model: { now: NOON, order: null, isStamped: false },
        real: { coupon: aCoupon({ expiresAt: EXPIRY }) },
      }),
      steps,
    );
  });
});
