import type {
  AuditQueries,
  BooksTotals,
  CampaignTotal,
  CouponTotal,
  LedgerTotal,
  OrderTotal,
} from '@jumun/application';
import type { Instant } from '@jumun/domain';
import type { Database } from './database.js';
import type { SqlSession } from './sql-session.js';

/** What a database calls a sum: a number, a text where it may be longer than one, or nothing over no rows. */
type Sum = number | string | null;

/** The rows of a select, every column that is not named a number. */
type Sums<Row> = { readonly [Name in keyof Row]: Row[Name] extends number ? Sum : Row[Name] };

/**
 * Adds up whole tables, one after another, in a transaction that locks nothing and sees one moment. Always of the primary:
 * a replica may be in the middle of what it copies.
 */
export class KnexAuditQueries implements AuditQueries {
  constructor(private readonly database: Database) {}

  totals(now: Instant): Promise<BooksTotals> {
    return this.database.readSnapshot(async (session) => ({
      wallets: await one(session, 'SELECT COUNT(*) AS count, SUM(balance) AS balance FROM wallets'),
      ledger: await ledgerOf(session),
      stocks: await one(
        session,
        'SELECT COUNT(*) AS count, SUM(on_hand) AS onHand, SUM(reserved) AS reserved FROM stocks',
      ),
      orders: await ordersOf(session),
      pendingPieces: await pendingPieces(session),
      sales: await one(
        session,
        'SELECT SUM(quantity) AS quantity, SUM(revenue) AS revenue FROM sales_records',
      ),
      coupons: await couponsOf(session, now),
      campaigns: await session.all<CampaignTotal>(
        `SELECT id, name, total_quantity AS totalQuantity, issued FROM coupon_campaigns
         ORDER BY id DESC`,
      ),
    }));
  }
}

/** The one row of a select that has only sums. */
async function one<Row extends Readonly<Record<keyof Row, number>>>(
  session: SqlSession,
  sql: string,
): Promise<Row> {
  const [row] = await session.all<Readonly<Record<string, Sum>>>(sql);
  const sums = Object.entries(row ?? {}).map(([name, sum]) => [name, Number(sum ?? 0)]);
  return Object.fromEntries(sums) as Row;
}

async function ledgerOf(session: SqlSession): Promise<readonly LedgerTotal[]> {
  const rows = await session.all<Sums<LedgerTotal>>(
    'SELECT kind, COUNT(*) AS count, SUM(amount) AS amount FROM wallet_entries GROUP BY kind',
  );
  return rows.map(({ kind, count, amount }) => ({
    kind,
    count: Number(count),
    amount: Number(amount),
  }));
}

async function ordersOf(session: SqlSession): Promise<readonly OrderTotal[]> {
  const rows = await session.all<Sums<OrderTotal>>(
    `SELECT status, COUNT(*) AS count, SUM(total) AS total, COUNT(payment_id) AS paid,
      SUM(CASE WHEN payment_id IS NULL THEN 0 ELSE total END) AS paidTotal,
      COUNT(coupon_id) AS withCoupon
     FROM orders GROUP BY status`,
  );
  return rows.map(({ status, count, total, paid, paidTotal, withCoupon }) => ({
    status,
    count: Number(count),
    total: Number(total),
    paid: Number(paid),
    paidTotal: Number(paidTotal),
    withCoupon: Number(withCoupon),
  }));
}

async function pendingPieces(session: SqlSession): Promise<number> {
  const { pieces } = await one<{ pieces: number }>(
    session,
    `SELECT SUM(order_lines.quantity) AS pieces
     FROM orders JOIN order_lines ON order_lines.order_id = orders.id
     WHERE orders.status = 'PENDING'`,
  );
  return pieces;
}

async function couponsOf(session: SqlSession, now: Instant): Promise<readonly CouponTotal[]> {
  const rows = await session.all<Sums<CouponTotal>>(
    `SELECT campaign_id AS campaignId,
      CASE WHEN status = 'AVAILABLE' AND expires_at <= ? THEN 'EXPIRED' ELSE status END AS status,
      COUNT(*) AS count
     FROM coupons GROUP BY 1, 2`,
    [now],
  );
  return rows.map(({ campaignId, status, count }) => ({
    campaignId: Number(campaignId) as CouponTotal['campaignId'],
    status,
    count: Number(count),
  }));
}
