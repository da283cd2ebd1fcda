import { describe, expect, it } from '@jest/globals';
import { orderId } from '../shared/ids.js';
import { afterDays, afterSeconds, instant } from '../shared/instant.js';
import { InvariantViolation } from '../shared/invariant.js';
import { accepted, aCoupon, aReservedCoupon, NOON, refused } from '../testing/index.js';
import { Coupon, couponStatusAt } from './coupon.js';

const OUR_ORDER = orderId(1001);
const OTHER_ORDER = orderId(1002);
const LATER = afterSeconds(NOON, 60);
const EXPIRY = afterDays(NOON, 30);
const BEFORE_EXPIRY = instant(EXPIRY - 1);

const available = aCoupon();
const reserved = aReservedCoupon();
const used = reserved.use(OUR_ORDER, LATER);

describe('Coupon', () => {
  describe('when issued', () => {
    it('is AVAILABLE, with the rate and the number it was given (scenario 2)', () => {
      expect(available.toSnapshot()).toEqual({
        id: 3001,
        campaignId: 501,
        userId: 2,
        issueNumber: 1,
        discountRate: 10,
        issuedAt: NOON,
        expiresAt: EXPIRY,
        status: 'AVAILABLE',
      });
      expect(available).toMatchObject({ id: 3001, campaignId: 501, userId: 2, discountRate: 10 });
    });
  });

  describe('when read back', () => {
    const stored = available.toSnapshot();

    it.each<[string, object]>([
      ['issue number 0', { issueNumber: 0 }],
      ['issue number 1.5', { issueNumber: 1.5 }],
      ['an expiry at the moment of issue', { expiresAt: NOON }],
      ['an expiry before the issue', { expiresAt: instant(NOON - 1) }],
      ['a discount of 0 %', { discountRate: 0 }],
      ['a discount of 101 %', { discountRate: 101 }],
    ])('throws at %s', (_, broken) => {
      expect(() => Coupon.rehydrate({ ...stored, ...broken })).toThrow(InvariantViolation);
    });

    it('may expire a millisecond after its issue', () => {
      const shortest = Coupon.rehydrate({ ...stored, expiresAt: instant(NOON + 1) });
      expect(shortest.statusAt(NOON)).toBe('AVAILABLE');
    });

    it('is not changed when the stored snapshot is changed afterwards', () => {
      const row = { ...stored, issueNumber: 1, status: 'AVAILABLE' as const };
      const coupon = Coupon.rehydrate(row);
      row.issueNumber = 99;
      expect(coupon.toSnapshot()).toEqual(stored);
    });
  });

  describe('when AVAILABLE', () => {
    it('can be held by an order', () => {
      expect(accepted(available.reserve(OUR_ORDER, LATER)).toSnapshot()).toEqual({
        ...available.toSnapshot(),
        status: 'RESERVED',
        orderId: 1001,
      });
    });

    it('can be held up to the last millisecond, and is EXPIRED from then on', () => {
      expect(available.statusAt(BEFORE_EXPIRY)).toBe('AVAILABLE');
      expect(available.reserve(OUR_ORDER, BEFORE_EXPIRY).isOk()).toBe(true);
      expect(available.statusAt(EXPIRY)).toBe('EXPIRED');
      expect(refused(available.reserve(OUR_ORDER, EXPIRY))).toEqual({
        code: 'COUPON_NOT_USABLE',
        couponId: 3001,
        couponStatus: 'EXPIRED',
      });
    });

    it('throws when an order uses or releases it that never held it', () => {
      expect(() => available.use(OUR_ORDER, LATER)).toThrow(InvariantViolation);
      expect(() => available.release(OUR_ORDER)).toThrow(InvariantViolation);
    });
  });

  describe('when RESERVED', () => {
    it('is refused to every order, with the reason', () => {
      for (const order of [OUR_ORDER, OTHER_ORDER]) {
        expect(refused(reserved.reserve(order, LATER))).toEqual({
          code: 'COUPON_NOT_USABLE',
          couponId: 3001,
          couponStatus: 'RESERVED',
        });
      }
    });

    it('is USED when its order is paid (scenario 2)', () => {
      expect(used.toSnapshot()).toEqual({
        ...available.toSnapshot(),
        status: 'USED',
        orderId: 1001,
        usedAt: LATER,
      });
    });

    it('stays good for its order past the expiry', () => {
      expect(reserved.statusAt(EXPIRY)).toBe('RESERVED');
      expect(reserved.use(OUR_ORDER, EXPIRY).statusAt(EXPIRY)).toBe('USED');
    });

    it('throws when another order uses or releases it', () => {
      expect(() => reserved.use(OTHER_ORDER, LATER)).toThrow(InvariantViolation);
      expect(() => reserved.release(OTHER_ORDER)).toThrow(InvariantViolation);
    });

    it('is what it was before when its order gives it back', () => {
      expect(reserved.release(OUR_ORDER).toSnapshot()).toEqual(available.toSnapshot());
    });
  });

  describe('when USED', () => {
    it('is refused to every order', () => {
      expect(refused(used.reserve(OTHER_ORDER, LATER))).toEqual({
        code: 'COUPON_NOT_USABLE',
        couponId: 3001,
        couponStatus: 'USED',
      });
    });

    it('throws when it is used again', () => {
      expect(() => used.use(OUR_ORDER, LATER)).toThrow(InvariantViolation);
    });

    it('comes back when its order is refunded, as far as it has not expired', () => {
      const back = used.release(OUR_ORDER);
      expect(back.toSnapshot()).toEqual(available.toSnapshot());
      expect(back.statusAt(BEFORE_EXPIRY)).toBe('AVAILABLE');
      expect(back.statusAt(EXPIRY)).toBe('EXPIRED');
    });

    it('throws when another order gives it back', () => {
      expect(() => used.release(OTHER_ORDER)).toThrow(InvariantViolation);
    });
  });
});

describe('couponStatusAt', () => {
  it.each(['RESERVED', 'USED'] as const)('never calls a %s coupon expired', (status) => {
    expect(couponStatusAt({ status, expiresAt: NOON }, LATER)).toBe(status);
  });
});
