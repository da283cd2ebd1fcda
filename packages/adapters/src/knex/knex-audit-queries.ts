import type {
  AuditQueries,
  BooksTotals,
  CampaignTotal,
  CouponTotal,
  LedgerTotal,
  OrderTotal,
} from '@jumun/application';
import type { Instant } from '@jumun/domain';
import { endOfTurn } from '../local/end-of-turn.js';
import type { Database } from './database.js';
import type { SqlSession, SqlValue } from './sql-session.js';

/** What a database calls a sum: a number, a text where it may be longer than one, or nothing over no rows. */
type Sum = number | string | null;

type Reading = Pick<SqlSession, 'all'>;

/** The rows of a select, every column that is not named a number. */
type Sums<Row> = { readonly [Name in keyof Row]: Row[Name] extends number ? Sum : Row[Name] };

/**
 * Adds up whole tables, one after another, in a transaction that locks nothing and sees one moment. Always of the primary:
 * a replica may be in the middle of what it copies.
 */
export class KnexAuditQueries implements AuditQueries {
  constructor(private readonly database: Database) {}

  totals(now: Instant): Promise<BooksTotals> {
    return this.database.readSnapshot(async (connected) => {
      const session = takingTurns(connected);
      return {
        wallets: await one(
          session,
          'SELECT COUNT(*) AS count, SUM(balance) AS balance FROM wallets',
        ),
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
      };
    });
  }
}

/** An embedded database works in this process: whoever waits for it meanwhile gets a turn after each statement. */
const takingTurns = (session: SqlSession): Reading => ({
  async all<Row>(sql: string, values?: readonly SqlValue[]) {
    const rows = await session.all<Row>(sql, values);
    await endOfTurn();
    return rows;
  },
});

/** The one row of a select that has only sums. */
async function one<Row extends Readonly<Record<keyof Row, number>>>(
  session: Reading,
  sql: string,
): Promise<Row> {
  const [row] = await session.all<Readonly<Record<string, Sum>>>(sql);
  const sums = Object.entries(row ?? {}).map(([name, sum]) => [name, Number(sum ?? 0)]);
  return Object.fromEntries(sums) as Row;
}

const KINDS = ['CHARGE', 'PAYMENT', 'REFUND'] as const satisfies readonly LedgerTotal['kind'][];

/** One pass without a GROUP BY, for which SQLite would sort the whole ledger. */
async function ledgerOf(session: Reading): Promise<readonly LedgerTotal[]> {
  const columns = KINDS.map(
    (kind) =>
      `COUNT(CASE WHEN kind = '${kind}' THEN 1 END) AS count${kind},
       SUM(CASE WHEN kind = '${kind}' THEN amount END) AS amount${kind}`,
  );
  const sums = await one<Record<string, number>>(
    session,
    `SELECT ${columns.join(', ')} FROM wallet_entries`,
  );
  return KINDS.map((kind) => ({
    kind,
    count: sums[`count${kind}`] ?? 0,
    amount: sums[`amount${kind}`] ?? 0,
  })).filter(({ count }) => count > 0);
}

const STATUSES = [
  'PENDING',
  'COMPLETED',
  'CANCELLED',
  'EXPIRED',
] as const satisfies readonly OrderTotal['status'][];

async function ordersOf(session: Reading): Promise<readonly OrderTotal[]> {
  const columns = STATUSES.map((status) => {
    const is = `status = '${status}'`;
    return `COUNT(CASE WHEN ${is} THEN 1 END) AS count${status},
      SUM(CASE WHEN ${is} THEN total END) AS total${status},
      COUNT(CASE WHEN ${is} THEN payment_id END) AS paid${status},
      SUM(CASE WHEN ${is} AND payment_id IS NOT NULL THEN total END) AS paidTotal${status},
      COUNT(CASE WHEN ${is} THEN coupon_id END) AS withCoupon${status}`;
  });
  const sums = await one<Record<string, number>>(
    session,
    `SELECT ${columns.join(', ')} FROM orders`,
  );
  const of = (name: string, status: string): number => sums[`${name}${status}`] ?? 0;
  return STATUSES.map((status) => ({
    status,
    count: of('count', status),
    total: of('total', status),
    paid: of('paid', status),
    paidTotal: of('paidTotal', status),
    withCoupon: of('withCoupon', status),
  })).filter(({ count }) => count > 0);
}

async function pendingPieces(session: Reading): Promise<number> {
  const { pieces } = await one<{ pieces: number }>(
    session,
    `SELECT SUM(order_lines.quantity) AS pieces
     FROM orders JOIN order_lines ON order_lines.order_id = orders.id
     WHERE orders.status = 'PENDING'`,
  );
  return pieces;
}

async function couponsOf(session: Reading, now: Instant): Promise<readonly CouponTotal[]> {
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
