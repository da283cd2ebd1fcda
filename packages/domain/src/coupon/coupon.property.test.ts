import { fc, test } from '@fast-check/jest';
import { describe, expect } from '@jest/globals';
import type { OrderId } from '../shared/ids.js';
import { afterDays, type Instant } from '../shared/instant.js';
import {
  anyCoupon,
  anyCouponSnapshot,
  anyInstantNear,
  anyOrderId,
  isUntouchedBy,
} from '../testing/index.js';
import { Coupon } from './coupon.js';

type Decision = (coupon: Coupon, orderId: OrderId, now: Instant) => unknown;

const decisions: Readonly<Record<string, Decision>> = {
  reserve: (coupon, orderId, now) => coupon.reserve(orderId, now),
  use: (coupon, orderId, now) => coupon.use(orderId, now),
  release: (coupon, orderId) => coupon.release(orderId),
};

/** A coupon, an order (often the one that holds the coupon), and a moment around the expiry. */
const anyCase = () =>
  anyCoupon().chain((coupon) => {
    const snapshot = coupon.toSnapshot();
    const holders = snapshot.status === 'AVAILABLE' ? [] : [fc.constant(snapshot.orderId)];
    return fc.tuple(
      fc.constant(coupon),
      fc.oneof(anyOrderId(), ...holders),
      anyInstantNear(snapshot.expiresAt),
    );
  });

describe('Coupon', () => {
  test.prop([anyCouponSnapshot()])('survives being stored and read back', (snapshot) => {
    expect(Coupon.rehydrate(snapshot).toSnapshot()).toStrictEqual({ ...snapshot });
  });

  test.prop([anyCase(), fc.constantFrom(...Object.entries(decisions))])(
    'is never changed by a decision',
    ([coupon, orderId, now], [, decide]) => {
      expect(isUntouchedBy(coupon, (same) => decide(same, orderId, now))).toBe(true);
    },
  );

  test.prop([anyCase()])(
    'is granted exactly when it is AVAILABLE before its expiry',
    ([coupon, orderId, now]) => {
      const { status, expiresAt } = coupon.toSnapshot();
      const isGood = status === 'AVAILABLE' && now < expiresAt;
      expect(coupon.reserve(orderId, now).isOk()).toBe(isGood);
      expect(coupon.statusAt(now) === 'AVAILABLE').toBe(isGood);
    },
  );

  test.prop([anyCase(), fc.nat({ max: 1_000 })])(
    'once EXPIRED stays EXPIRED',
    ([coupon, orderId, now], days) => {
      fc.pre(coupon.statusAt(now) === 'EXPIRED');
      const later = afterDays(now, days);
      expect(coupon.statusAt(later)).toBe('EXPIRED');
      expect(coupon.reserve(orderId, later).isErr()).toBe(true);
    },
  );

  test.prop([anyCase()])(
    'returns to what it was when an order lets go of it, paid or not',
    ([coupon, orderId, now]) => {
      const held = coupon.reserve(orderId, now);
      fc.pre(held.isOk());
      const back = held.map((reserved) => [
        reserved.release(orderId).toSnapshot(),
        reserved.use(orderId, now).release(orderId).toSnapshot(),
      ]);
      expect(back.unwrapOr([])).toEqual([coupon.toSnapshot(), coupon.toSnapshot()]);
    },
  );
});
