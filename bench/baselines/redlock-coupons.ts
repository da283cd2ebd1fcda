import type { CouponView, Idempotency, IssueCoupon, Shop } from '@jumun/application';
import { couponId, err, instant, ok, percent } from '@jumun/domain';
import { Redis } from 'ioredis';
import type { Knex } from 'knex';
import Redlock from 'redlock';
import { openKnex } from './textbook-database.ts';
import type { AnswerRow } from './textbook-rows.ts';

// The coupon rush as it is usually written: for each request the campaign's Redlock, with retries, around a transaction
// that reads the campaign, checks, inserts the coupon and counts it, and remembers the answer under its idempotency key.

export interface RedlockSettings {
  readonly databaseUrl: string;
  readonly redisUrl: string;
  /** How often the lock is asked for again, and how long the pause before it is, in milliseconds, plus up to the jitter. */
  readonly retryCount: number;
  readonly retryDelay: number;
  readonly retryJitter: number;
}

/** Longer than any transaction takes. */
const LOCK_TTL_MS = 30_000;
const DAY_MS = 86_400_000;
const COUPONS_PER_CAMPAIGN = 1_000_000;

interface CampaignRow {
  readonly discount_rate: number;
  readonly starts_at: number;
  readonly ends_at: number;
  readonly coupon_valid_days: number;
  readonly total_quantity: number;
  readonly issued: number;
}

interface CouponHolderRow {
  readonly campaign_id: number;
  readonly user_id: number;
}

type CouponShop = Pick<
  Shop,
  'issueCoupon' | 'listCoupons' | 'isBusyWithOrders' | 'isBusyWithCoupons' | 'close'
>;

/** For `startFront`. */
export async function openShop({ databaseUrl, redisUrl, ...retries }: RedlockSettings) {
  const knex = openKnex(databaseUrl);
  const redis = new Redis(redisUrl);
  const redlock = new Redlock([redis], retries);
  const shop: CouponShop = {
    async issueCoupon(command, key) {
      const lock = await redlock.lock([`coupon-campaign:${command.campaignId}`], LOCK_TTL_MS);
      try {
        return await knex.transaction((tx) => once(tx, key, () => issue(tx, command)));
      } finally {
        await lock.unlock();
      }
    },
    // Whoever waits for a coupon has none.
    listCoupons: () => Promise.resolve([]),
    isBusyWithOrders: () => false,
    isBusyWithCoupons: () => false,
    close: () => Promise.resolve(),
  };
  return {
    shop,
    async close() {
      await Promise.all([knex.destroy(), redis.quit()]);
    },
  };
}

type Issued = ReturnType<CouponShop['issueCoupon']>;

/** The first answer again for a key that was used before; else what `work` answers, remembered if it is a coupon. */
async function once(
  tx: Knex.Transaction,
  key: Idempotency | undefined,
  work: () => Issued,
): Issued {
  if (key === undefined) return work();
  const name = { user_id: key.userId, idempotency_key: key.key };
  const earlier = await tx<AnswerRow>('idempotency_answers').where(name).first();
  if (earlier !== undefined) {
    return earlier.fingerprint === key.fingerprint
      ? ok({ answer: JSON.parse(earlier.answer) as CouponView, replayed: true })
      : err({ code: 'IDEMPOTENCY_KEY_REUSED' });
  }
  const issued = await work();
  if (issued.isErr()) return err(issued.error);
  await tx<AnswerRow>('idempotency_answers').insert({
    ...name,
    fingerprint: key.fingerprint,
    answer: JSON.stringify(issued.value.answer),
    created_at: Date.now(),
  });
  return ok(issued.value);
}

async function issue(tx: Knex.Transaction, { campaignId, userId }: IssueCoupon): Issued {
  const campaign = await tx<CampaignRow>('coupon_campaigns').where('id', campaignId).first();
  if (campaign === undefined) return err({ code: 'COUPON_CAMPAIGN_NOT_FOUND', campaignId });
  const startsAt = instant(campaign.starts_at);
  const endsAt = instant(campaign.ends_at);
  const now = instant(Date.now());
  if (now < startsAt || now >= endsAt) {
    return err({ code: 'COUPON_CAMPAIGN_NOT_ACTIVE', campaignId, startsAt, endsAt });
  }
  const { issued, total_quantity: total } = campaign;
  if (issued >= total) return err({ code: 'COUPON_EXHAUSTED', campaignId, endsAt });
  const holder = { campaign_id: campaignId, user_id: userId };
  const held = await tx<CouponHolderRow>('coupons').where(holder).first();
  if (held !== undefined) return err({ code: 'COUPON_ALREADY_ISSUED', campaignId });
  const coupon: CouponView = {
    id: couponId(campaignId * COUPONS_PER_CAMPAIGN + issued + 1),
    couponCampaignId: campaignId,
    issueNumber: issued + 1,
    discountRate: percent(campaign.discount_rate),
    status: 'AVAILABLE',
    issuedAt: now,
    expiresAt: instant(now + campaign.coupon_valid_days * DAY_MS),
  };
  await tx('coupons').insert({
    id: coupon.id,
    campaign_id: campaignId,
    user_id: userId,
    issue_number: coupon.issueNumber,
    discount_rate: coupon.discountRate,
    issued_at: now,
    expires_at: coupon.expiresAt,
    status: coupon.status,
  });
  await tx('coupon_campaigns')
    .where('id', campaignId)
    .update({ issued: issued + 1 });
  return ok({ answer: coupon, replayed: false });
}
