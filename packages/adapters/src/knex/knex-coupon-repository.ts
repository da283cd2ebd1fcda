import type { CouponHolder, CouponRepository } from '@jumun/application';
import {
  Coupon,
  type CouponCampaignId,
  type CouponId,
  type CouponSnapshot,
  type CouponUse,
  type DiscountRate,
  type Instant,
  invariant,
  type OrderId,
  type UserId,
} from '@jumun/domain';
import { KeyedTable } from './keyed-table.js';
import type { SqlSession } from './sql-session.js';

/** A row of `coupons`. */
export type CouponRow = {
  readonly id: CouponId;
  readonly campaign_id: CouponCampaignId;
  readonly user_id: UserId;
  readonly issue_number: number;
  readonly discount_rate: DiscountRate;
  readonly issued_at: Instant;
  readonly expires_at: Instant;
  readonly status: CouponUse['status'];
  readonly order_id: OrderId | null;
  readonly used_at: Instant | null;
};

const FIXED = [
  'campaign_id',
  'user_id',
  'issue_number',
  'discount_rate',
  'issued_at',
  'expires_at',
] as const;
const CHANGING = ['status', 'order_id', 'used_at'] as const;

export const COUPON_COLUMNS = ['id', ...FIXED, ...CHANGING] as const;

export class KnexCouponRepository
  extends KeyedTable<CouponId, Coupon, CouponRow>
  implements CouponRepository
{
  constructor(private readonly connection: SqlSession) {
    super(connection, {
      table: 'coupons',
      key: 'id',
      fixed: FIXED,
      changing: CHANGING,
      idOf: (coupon) => coupon.id,
      toRow: toCouponRow,
      fromRow: (row) => Coupon.rehydrate(toCouponSnapshot(row)),
    });
  }

  async findHolders(holders: readonly CouponHolder[]): Promise<readonly CouponHolder[]> {
    const rows = await this.connection.selectByKeys<Pick<CouponRow, 'campaign_id' | 'user_id'>>(
      { select: 'SELECT campaign_id, user_id FROM coupons', key: ['campaign_id', 'user_id'] },
      holders.map(({ campaignId, userId }) => [campaignId, userId]),
    );
    return rows.map((row) => ({ campaignId: row.campaign_id, userId: row.user_id }));
  }
}

function toCouponRow(coupon: Coupon): CouponRow {
  const snapshot = coupon.toSnapshot();
  return {
    id: snapshot.id,
    campaign_id: snapshot.campaignId,
    user_id: snapshot.userId,
    issue_number: snapshot.issueNumber,
    discount_rate: snapshot.discountRate,
    issued_at: snapshot.issuedAt,
    expires_at: snapshot.expiresAt,
    status: snapshot.status,
    order_id: snapshot.status === 'AVAILABLE' ? null : snapshot.orderId,
    used_at: snapshot.status === 'USED' ? snapshot.usedAt : null,
  };
}

export const toCouponSnapshot = (row: CouponRow): CouponSnapshot => ({
  id: row.id,
  campaignId: row.campaign_id,
  userId: row.user_id,
  issueNumber: row.issue_number,
  discountRate: row.discount_rate,
  issuedAt: row.issued_at,
  expiresAt: row.expires_at,
  ...toCouponUse(row),
});

function toCouponUse({ id, status, order_id: orderId, used_at: usedAt }: CouponRow): CouponUse {
  if (status === 'AVAILABLE') return { status };
  invariant(orderId !== null, `coupon ${id} is ${status} by an order`);
  if (status === 'RESERVED') return { status, orderId };
  invariant(usedAt !== null, `coupon ${id} was used at some time`);
  return { status, orderId, usedAt };
}
