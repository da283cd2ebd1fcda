import { fc, test } from '@fast-check/jest';
import { describe, expect } from '@jest/globals';
import { couponId, userId } from '../shared/ids.js';
import { afterDays, type Instant, instant } from '../shared/instant.js';
import { command } from '../testing/command.js';
import { aCampaign, NOON } from '../testing/index.js';
import { type CouponCampaign, MAX_CAMPAIGN_QUANTITY } from './coupon-campaign.js';

/** A roll of numbered tickets, a list of who took one, and the opening hours of the counter. */
interface TicketRoll {
  now: Instant;
  size: number;
  closes: Instant;
  readonly taken: number[];
}
interface Real {
  campaign: CouponCampaign;
}

const START = afterDays(NOON, 1);
const END = afterDays(NOON, 2);

const refusalOf = ({ now, size, taken, closes }: TicketRoll, customer: number): string | null => {
  if (now < START || now >= closes) return 'COUPON_CAMPAIGN_NOT_ACTIVE';
  if (taken.length === size) return 'COUPON_EXHAUSTED';
  return taken.includes(customer) ? 'COUPON_ALREADY_ISSUED' : null;
};

const agree = ({ size, taken, now, closes }: TicketRoll, { campaign }: Real): void => {
  expect(campaign.toSnapshot()).toMatchObject({ totalQuantity: size, issued: taken.length });
  expect(campaign.remaining).toBe(size - taken.length);
  expect(campaign.isActiveAt(now)).toBe(now >= START && now < closes);
};

const issue = (customer: number) =>
  command<TicketRoll, Real>(`issue to ${customer}`, (roll, real) => {
    const result = real.campaign.issue({
      couponId: couponId(1),
      userId: userId(customer),
      alreadyIssued: roll.taken.includes(customer),
      now: roll.now,
    });
    const refusal = refusalOf(roll, customer);
    if (refusal === null) {
      roll.taken.push(customer);
      const { next, coupon } = result._unsafeUnwrap();
      real.campaign = next;
      expect(coupon.toSnapshot()).toMatchObject({
        userId: customer,
        issueNumber: roll.taken.length,
      });
    } else {
      expect(result._unsafeUnwrapErr().code).toBe(refusal);
    }
    agree(roll, real);
  });

const grow = (quantity: number) =>
  command<TicketRoll, Real>(`grow by ${quantity}`, (roll, real) => {
    const result = real.campaign.grow(quantity);
    if (roll.size + quantity > MAX_CAMPAIGN_QUANTITY) {
      expect(result._unsafeUnwrapErr()).toMatchObject({
        code: 'CAMPAIGN_LIMIT_EXCEEDED',
        totalQuantity: roll.size,
      });
    } else {
      roll.size += quantity;
      real.campaign = result._unsafeUnwrap();
    }
    agree(roll, real);
  });

const end = () =>
  command<TicketRoll, Real>('end', (roll, real) => {
    const result = real.campaign.end(roll.now);
    if (roll.now < START || roll.now >= roll.closes) {
      expect(result._unsafeUnwrapErr().code).toBe('COUPON_CAMPAIGN_NOT_ACTIVE');
    } else {
      roll.closes = instant(Math.max(roll.now, START + 1));
      real.campaign = result._unsafeUnwrap();
    }
    agree(roll, real);
  });

const wait = (hours: number) =>
  command<TicketRoll, Real>(`wait ${hours} h`, (roll, real) => {
    roll.now = instant(roll.now + hours * 3_600_000);
    agree(roll, real);
  });

const issues = fc.integer({ min: 1, max: 9 }).map(issue);
const commands = fc.commands(
  [
    issues,
    issues,
    issues,
    fc.constantFrom(1, 2, MAX_CAMPAIGN_QUANTITY - 4).map(grow),
    fc.constantFrom(1, 6, 24).map(wait),
    fc.constant(null).map(end),
  ],
  { maxCommands: 50 },
);

describe('CouponCampaign', () => {
  test.prop([
    fc.integer({ min: 1, max: 6 }),
    fc.constantFrom(NOON, instant(START - 1), START, instant(END - 1)),
    commands,
  ])('does what a roll of tickets does', (size, now, steps) => {
    fc.modelRun(
      () => ({
        model: { now, size, taken: [], closes: END },
        real: { campaign: aCampaign({ totalQuantity: size, startsAt: START, endsAt: END }) },
      }),
      steps,
    );
  });
});
