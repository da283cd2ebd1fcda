import { auditBooks, type BooksAudit } from '@jumun/application/testing';
import type { Database } from '../knex/database.js';
import type { SqlSession } from '../knex/sql-session.js';

/** Pieces ever put on the shelf, by product. Of a product not named here, only what is held is checked. */
export type Shelved = Readonly<Record<number, number>>;

/** Every rule between the tables that is broken, as a sentence. It reads the tables themselves, past all our mappings. */
export const auditDatabase = (
  database: Database,
  shelved: Shelved = {},
): Promise<readonly string[]> =>
  database.read(async (session) => auditBooks(await readTables(session, shelved)));

async function readTables(session: SqlSession, shelved: Shelved): Promise<BooksAudit> {
  const sold = new Map(
    (
      await session.all<{ id: number; pieces: number | string }>(
        `SELECT product_id AS id, SUM(quantity) AS pieces
         FROM order_lines JOIN orders ON orders.id = order_lines.order_id
         WHERE status = 'COMPLETED' GROUP BY product_id`,
      )
    ).map(({ id, pieces }) => [id, Number(pieces)]),
  );
  const stocks = await session.all<{ productId: number; onHand: number; reserved: number }>(
    'SELECT product_id AS productId, on_hand AS onHand, reserved FROM stocks',
  );
  return {
    stocks: stocks.map((stock) => ({
      ...stock,
      shelved: shelved[stock.productId] ?? stock.onHand + (sold.get(stock.productId) ?? 0),
    })),
    wallets: await session.all('SELECT user_id AS userId, balance, entries FROM wallets'),
    entries: await session.all(
      `SELECT user_id AS userId, sequence, kind, amount, balance_after AS balanceAfter,
       order_id AS orderId FROM wallet_entries`,
    ),
    orders: await readOrders(session),
    coupons: await session.all(
      `SELECT id, campaign_id AS campaignId, user_id AS userId, issue_number AS issueNumber, status,
       order_id AS orderId FROM coupons`,
    ),
    campaigns: await session.all(
      'SELECT id, total_quantity AS totalQuantity, issued FROM coupon_campaigns',
    ),
    ...(await readSales(session)),
    deliveries: await session.all('SELECT order_id AS orderId, sequence, type FROM deliveries'),
  };
}

async function readSales(session: SqlSession): Promise<Pick<BooksAudit, 'sales' | 'sums'>> {
  const sales = await session.all<
    Omit<NonNullable<BooksAudit['sales']>[number], 'isCounted'> & { readonly counted: number }
  >(
    `SELECT order_id AS orderId, product_id AS productId, day, quantity, revenue, counted
     FROM sales_records`,
  );
  return {
    sales: sales.map(({ counted, ...sale }) => ({ ...sale, isCounted: counted === 1 })),
    sums: await session.all(
      'SELECT day, product_id AS productId, quantity, revenue FROM sales_daily',
    ),
  };
}

type Orders = BooksAudit['orders'];

async function readOrders(session: SqlSession): Promise<Orders> {
  const lines = Map.groupBy(
    await session.all<{ orderId: number; productId: number; quantity: number }>(
      'SELECT order_id AS orderId, product_id AS productId, quantity FROM order_lines',
    ),
    ({ orderId }) => orderId,
  );
  const orders = await session.all<
    Omit<Orders[number], 'lines' | 'paid'> & { paymentId: number | null }
  >(
    `SELECT id, user_id AS userId, status, payment_id AS paymentId, total, coupon_id AS couponId
     FROM orders`,
  );
  return orders.map(({ paymentId, ...order }) => ({
    ...order,
    paid: paymentId !== null,
    lines: lines.get(order.id) ?? [],
  }));
}
