import type { CouponQueries } from '@jumun/application';
import type {
  CouponCampaignId,
  CouponCampaignSnapshot,
  CouponSnapshot,
  Instant,
  UserId,
} from '@jumun/domain';
import type { Database } from './database.js';
import {
  CAMPAIGN_COLUMNS,
  type CampaignRow,
  toCampaignSnapshot,
} from './knex-coupon-campaign-repository.js';
import { COUPON_COLUMNS, type CouponRow, toCouponSnapshot } from './knex-coupon-repository.js';

export class KnexCouponQueries implements CouponQueries {
  constructor(private readonly database: Database) {}

  async ofUser(userId: UserId): Promise<readonly CouponSnapshot[]> {
    const rows = await this.database.read((session) =>
      session.all<CouponRow>(
        `SELECT ${COUPON_COLUMNS.join(', ')} FROM coupons
         WHERE user_id = ? ORDER BY issued_at DESC, id DESC`,
        [userId],
      ),
    );
    return rows.map(toCouponSnapshot);
  }

  async runningCampaigns(now: Instant): Promise<readonly CouponCampaignSnapshot[]> {
    const rows = await this.database.read((session) =>
      session.all<CampaignRow>(
        `SELECT ${CAMPAIGN_COLUMNS.join(', ')} FROM coupon_campaigns
         WHERE starts_at <= ? AND ends_at > ? ORDER BY id`,
        [now, now],
      ),
    );
    return rows.map(toCampaignSnapshot);
  }

  async campaigns(
    before: CouponCampaignId | null,
    limit: number,
  ): Promise<readonly CouponCampaignSnapshot[]> {
    const rows = await this.database.read((session) =>
      session.all<CampaignRow>(
        `SELECT ${CAMPAIGN_COLUMNS.join(', ')} FROM coupon_campaigns
         WHERE id < ? ORDER BY id DESC LIMIT ?`,
        [before ?? Number.MAX_SAFE_INTEGER, limit],
      ),
    );
    return rows.map(toCampaignSnapshot);
  }
}
