import { err, ok, type Result } from 'neverthrow';
import type { CouponCampaignId, CouponId, OrderId, UserId } from '../shared/ids.js';
import type { Instant } from '../shared/instant.js';
import { invariant } from '../shared/invariant.js';
import { type DiscountRate, percent } from './discount-rate.js';

/** What was promised when the coupon was issued; it never changes. */
export interface CouponTerms {
  readonly id: CouponId;
  readonly campaignId: CouponCampaignId;
  readonly userId: UserId;
  /** Its place in the queue of its campaign: 1 for the first, without a gap. */
  readonly issueNumber: number;
  readonly discountRate: DiscountRate;
  readonly issuedAt: Instant;
  /** The first moment at which it can no longer be put on an order. */
  readonly expiresAt: Instant;
}

/** What has become of a coupon so far. */
export type CouponUse =
  | { readonly status: 'AVAILABLE' }
  | { readonly status: 'RESERVED'; readonly orderId: OrderId }
  | { readonly status: 'USED'; readonly orderId: OrderId; readonly usedAt: Instant };

/** A coupon as it is stored. */
export type CouponSnapshot = CouponTerms & CouponUse;

/** `EXPIRED` is judged by the clock when the coupon is read; it is never stored. */
export type CouponStatus = CouponUse['status'] | 'EXPIRED';

/** The coupon is held by an order, used or expired. */
export interface CouponNotUsable {
  readonly code: 'COUPON_NOT_USABLE';
  readonly couponId: CouponId;
  readonly couponStatus: Exclude<CouponStatus, 'AVAILABLE'>;
}

/**
 * One customer's right to a discount. An order *reserves* it; paying *uses* it; cancelling or expiry of the order
 * *releases* it.
 */
export class Coupon {
  private constructor(
    private readonly terms: CouponTerms,
    private readonly state: CouponUse,
  ) {}

  /** A coupon fresh from its campaign. */
  static issue(terms: CouponTerms): Coupon {
    return Coupon.rehydrate({ ...terms, status: 'AVAILABLE' });
  }

  /** For repositories: a coupon as it was stored. Throws when the stored state breaks an invariant. */
  static rehydrate(snapshot: CouponSnapshot): Coupon {
    invariant(
      Number.isSafeInteger(snapshot.issueNumber) && snapshot.issueNumber >= 1,
      `issue number: ${snapshot.issueNumber}`,
    );
    invariant(snapshot.expiresAt > snapshot.issuedAt, 'a coupon expires after it was issued');
    percent(snapshot.discountRate);
    return new Coupon(termsOf(snapshot), useOf(snapshot));
  }

  get id(): CouponId {
    return this.terms.id;
  }

  get userId(): UserId {
    return this.terms.userId;
  }

  get campaignId(): CouponCampaignId {
    return this.terms.campaignId;
  }

  get discountRate(): DiscountRate {
    return this.terms.discountRate;
  }

  statusAt(now: Instant): CouponStatus {
    return statusOf(this.state.status, this.terms.expiresAt, now);
  }

  /** Holds the coupon for an order. Once held it stays good for that order, even past `expiresAt`. */
  reserve(orderId: OrderId, now: Instant): Result<Coupon, CouponNotUsable> {
    const couponStatus = this.statusAt(now);
    return couponStatus === 'AVAILABLE'
      ? ok(this.become({ status: 'RESERVED', orderId }))
      : err({ code: 'COUPON_NOT_USABLE', couponId: this.id, couponStatus });
  }

  /** The order that holds the coupon was paid. Throws when it does not hold it. */
  use(orderId: OrderId, now: Instant): Coupon {
    invariant(
      this.state.status === 'RESERVED' && this.state.orderId === orderId,
      `coupon ${this.id} is not held by order ${orderId}`,
    );
    return this.become({ status: 'USED', orderId, usedAt: now });
  }

  /** The order that holds or used the coupon gives it back. Throws when that order has no claim to it. */
  release(orderId: OrderId): Coupon {
    invariant(
      this.state.status !== 'AVAILABLE' && this.state.orderId === orderId,
      `coupon ${this.id} does not belong to order ${orderId}`,
    );
    return this.become({ status: 'AVAILABLE' });
  }

  toSnapshot(): CouponSnapshot {
    return { ...this.terms, ...this.state };
  }

  private become(use: CouponUse): Coupon {
    return new Coupon(this.terms, use);
  }
}

/** What a customer is told at `now`: an available coupon past its time is `EXPIRED`. */
export function couponStatusAt(
  coupon: { readonly status: CouponUse['status']; readonly expiresAt: Instant },
  now: Instant,
): CouponStatus {
  return statusOf(coupon.status, coupon.expiresAt, now);
}

const statusOf = (status: CouponUse['status'], expiresAt: Instant, now: Instant): CouponStatus =>
  status === 'AVAILABLE' && now >= expiresAt ? 'EXPIRED' : status;

function termsOf(snapshot: CouponSnapshot): CouponTerms {
  const { id, campaignId, userId, issueNumber, discountRate, issuedAt, expiresAt } = snapshot;
  return { id, campaignId, userId, issueNumber, discountRate, issuedAt, expiresAt };
}

function useOf(snapshot: CouponSnapshot): CouponUse {
  switch (snapshot.status) {
    case 'AVAILABLE':
      return { status: snapshot.status };
    case 'RESERVED':
      return { status: snapshot.status, orderId: snapshot.orderId };
    case 'USED':
      return { status: snapshot.status, orderId: snapshot.orderId, usedAt: snapshot.usedAt };
  }
}
