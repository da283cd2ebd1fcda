import type { CouponCampaignRepository } from '@jumun/application';
import {
  CouponCampaign,
  type CouponCampaignId,
  type CouponCampaignSnapshot,
  type DiscountRate,
  type Instant,
} from '@jumun/domain';
import { KeyedTable } from './keyed-table.js';
import type { SqlSession } from './sql-session.js';

/** A row of `coupon_campaigns`. */
export type CampaignRow = {
  readonly id: CouponCampaignId;
  readonly name: string;
  readonly discount_rate: DiscountRate;
  readonly starts_at: Instant;
  readonly ends_at: Instant;
  readonly coupon_valid_days: number;
  readonly total_quantity: number;
  readonly issued: number;
};

const FIXED = ['name', 'discount_rate', 'starts_at', 'coupon_valid_days'] as const;
const CHANGING = ['ends_at', 'total_quantity', 'issued'] as const;

export const CAMPAIGN_COLUMNS = ['id', ...FIXED, ...CHANGING] as const;

export class KnexCouponCampaignRepository
  extends KeyedTable<CouponCampaignId, CouponCampaign, CampaignRow>
  implements CouponCampaignRepository
{
  constructor(session: SqlSession) {
    super(session, {
      table: 'coupon_campaigns',
      key: 'id',
      fixed: FIXED,
      changing: CHANGING,
      idOf: (campaign) => campaign.id,
      toRow: toCampaignRow,
      fromRow: (row) => CouponCampaign.rehydrate(toCampaignSnapshot(row)),
    });
  }
}

function toCampaignRow(campaign: CouponCampaign): CampaignRow {
  const snapshot = campaign.toSnapshot();
  return {
    id: snapshot.id,
    name: snapshot.name,
    discount_rate: snapshot.discountRate,
    starts_at: snapshot.startsAt,
    ends_at: snapshot.endsAt,
    coupon_valid_days: snapshot.couponValidDays,
    total_quantity: snapshot.totalQuantity,
    issued: snapshot.issued,
  };
}

export const toCampaignSnapshot = (row: CampaignRow): CouponCampaignSnapshot => ({
  id: row.id,
  name: row.name,
  discountRate: row.discount_rate,
  totalQuantity: row.total_quantity,
  issued: row.issued,
  startsAt: row.starts_at,
  endsAt: row.ends_at,
  couponValidDays: row.coupon_valid_days,
});
