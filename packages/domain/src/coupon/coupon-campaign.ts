import { err, ok, type Result } from 'neverthrow';
import type { CouponCampaignId, CouponId, UserId } from '../shared/ids.js';
import { afterDays, type Instant, instant } from '../shared/instant.js';
import { invariant } from '../shared/invariant.js';
import { Coupon } from './coupon.js';
import { type DiscountRate, percent } from './discount-rate.js';

/** The most characters of a campaign’s name. */
export const MAX_CAMPAIGN_NAME_LENGTH = 200;
/** The most coupons of one campaign. */
export const MAX_CAMPAIGN_QUANTITY = 10_000_000;
/** The longest that a coupon is good, in days. */
export const MAX_COUPON_VALID_DAYS = 3_650;

/** A campaign as it is stored. It runs from `startsAt` (included) to `endsAt` (excluded). */
export interface CouponCampaignSnapshot {
  readonly id: CouponCampaignId;
  readonly name: string;
  readonly discountRate: DiscountRate;
  readonly totalQuantity: number;
  readonly issued: number;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly couponValidDays: number;
}

/** What a campaign is opened with. */
export type CouponCampaignTerms = Omit<CouponCampaignSnapshot, 'issued'>;

/** Every coupon of the campaign is taken, and so it stays until `endsAt` unless coupons are added. */
export interface CouponExhausted {
  readonly code: 'COUPON_EXHAUSTED';
  readonly campaignId: CouponCampaignId;
  readonly endsAt: Instant;
}

/** The customer has a coupon of this campaign already. */
export interface CouponAlreadyIssued {
  readonly code: 'COUPON_ALREADY_ISSUED';
  readonly campaignId: CouponCampaignId;
}

/** The campaign has not begun, or is over. */
export interface CouponCampaignNotActive {
  readonly code: 'COUPON_CAMPAIGN_NOT_ACTIVE';
  readonly campaignId: CouponCampaignId;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
}

/** A campaign would hold more than {@link MAX_CAMPAIGN_QUANTITY} coupons. */
export interface CampaignLimitExceeded {
  readonly code: 'CAMPAIGN_LIMIT_EXCEEDED';
  readonly campaignId: CouponCampaignId;
  readonly totalQuantity: number;
  readonly limit: number;
}

/** What {@link CouponCampaign.issue} looks at. */
export interface CouponApplication {
  readonly couponId: CouponId;
  readonly userId: UserId;
  /** Whether this customer has a coupon of this campaign. */
  readonly alreadyIssued: boolean;
  readonly now: Instant;
}

/** A coupon that was given, and the campaign from now on. */
export interface CouponIssue {
  readonly next: CouponCampaign;
  readonly coupon: Coupon;
}

/** A 쿠폰 이벤트: a limited number of equal coupons, first come, first served, one for each customer. */
export class CouponCampaign {
  private constructor(private readonly state: CouponCampaignSnapshot) {}

  /** A new campaign, none issued. Throws when its terms break an invariant. */
  static open(terms: CouponCampaignTerms): CouponCampaign {
    return CouponCampaign.rehydrate({ ...terms, issued: 0 });
  }

  /** For repositories: a campaign as it was stored. Throws when the stored state breaks an invariant. */
  static rehydrate(snapshot: CouponCampaignSnapshot): CouponCampaign {
    const { name, totalQuantity, issued, startsAt, endsAt, couponValidDays } = snapshot;
    percent(snapshot.discountRate);
    invariant(name.length >= 1 && name.length <= MAX_CAMPAIGN_NAME_LENGTH, `name: ${name.length}`);
    invariant(isIntegerWithin(totalQuantity, 1, MAX_CAMPAIGN_QUANTITY), `total: ${totalQuantity}`);
    invariant(isIntegerWithin(issued, 0, totalQuantity), `${issued} issued of ${totalQuantity}`);
    invariant(startsAt < endsAt, 'a campaign ends after it starts');
    invariant(
      isIntegerWithin(couponValidDays, 1, MAX_COUPON_VALID_DAYS),
      `${couponValidDays} days`,
    );
    return new CouponCampaign({ ...snapshot });
  }

  get id(): CouponCampaignId {
    return this.state.id;
  }

  get remaining(): number {
    return this.state.totalQuantity - this.state.issued;
  }

  isActiveAt(now: Instant): boolean {
    return now >= this.state.startsAt && now < this.state.endsAt;
  }

  /**
   * Gives the next coupon, numbered one after the last. Refusals in this order: not active, exhausted, already issued.
   * Exhausted comes before already issued, so that a sold-out campaign has one answer for everybody.
   */
  issue({
    couponId,
    userId,
    alreadyIssued,
    now,
  }: CouponApplication): Result<
    CouponIssue,
    CouponCampaignNotActive | CouponExhausted | CouponAlreadyIssued
  > {
    const { id: campaignId, startsAt, endsAt, discountRate, couponValidDays } = this.state;
    if (!this.isActiveAt(now)) {
      return err({ code: 'COUPON_CAMPAIGN_NOT_ACTIVE', campaignId, startsAt, endsAt });
    }
    if (this.remaining === 0) return err({ code: 'COUPON_EXHAUSTED', campaignId, endsAt });
    if (alreadyIssued) return err({ code: 'COUPON_ALREADY_ISSUED', campaignId });
    const issueNumber = this.state.issued + 1;
    const coupon = Coupon.issue({
      id: couponId,
      campaignId,
      userId,
      issueNumber,
      discountRate,
      issuedAt: now,
      expiresAt: afterDays(now, couponValidDays),
    });
    return ok({ next: new CouponCampaign({ ...this.state, issued: issueNumber }), coupon });
  }

  /** Adds coupons to hand out. */
  grow(quantity: number): Result<CouponCampaign, CampaignLimitExceeded> {
    const { id: campaignId, totalQuantity } = this.state;
    invariant(Number.isSafeInteger(quantity) && quantity >= 1, `coupons added: ${quantity}`);
    if (totalQuantity + quantity > MAX_CAMPAIGN_QUANTITY) {
      return err({
        code: 'CAMPAIGN_LIMIT_EXCEEDED',
        campaignId,
        totalQuantity,
        limit: MAX_CAMPAIGN_QUANTITY,
      });
    }
    return ok(new CouponCampaign({ ...this.state, totalQuantity: totalQuantity + quantity }));
  }

  /**
   * Ends a campaign that runs, exhausted or not: from `now` on it is over. Coupons that were given stay good. Refused where it
   * has not begun, or is over already.
   */
  end(now: Instant): Result<CouponCampaign, CouponCampaignNotActive> {
    const { id: campaignId, startsAt, endsAt } = this.state;
    if (!this.isActiveAt(now)) {
      return err({ code: 'COUPON_CAMPAIGN_NOT_ACTIVE', campaignId, startsAt, endsAt });
    }
    // In the very millisecond of its start it has run for that millisecond.
    const over = instant(Math.max(now, startsAt + 1));
    return ok(new CouponCampaign({ ...this.state, endsAt: over }));
  }

  toSnapshot(): CouponCampaignSnapshot {
    return { ...this.state };
  }
}

const isIntegerWithin = (value: number, least: number, most: number): boolean =>
  Number.isSafeInteger(value) && value >= least && value <= most;
