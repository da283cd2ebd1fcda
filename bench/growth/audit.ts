import type { Seed } from '../lib/database.ts';
import type { LongSql } from './sql.ts';

/**
 * The rules of the audit as statements that the server answers for millions of rows: each finds what breaks a rule, and
 * should find nothing.
 */
const rules = ({ stock }: Seed): Readonly<Record<string, string>> => ({
  'a stock that is not what was shelved less what was sold, or holds for nobody': `
    SELECT stocks.product_id FROM stocks LEFT JOIN (
      SELECT product_id, SUM(IF(status = 'COMPLETED', quantity, 0)) AS sold, SUM(IF(status = 'PENDING', quantity, 0)) AS held
      FROM order_lines JOIN orders ON orders.id = order_id GROUP BY product_id
    ) AS lines_of ON lines_of.product_id = stocks.product_id
    WHERE on_hand + COALESCE(sold, 0) <> ${stock} OR reserved <> COALESCE(held, 0)`,
  'a wallet that its ledger does not sum up to': `
    SELECT wallets.user_id FROM wallets LEFT JOIN (
      SELECT user_id, SUM(amount) AS total, COUNT(*) AS entries, MAX(sequence) AS latest FROM wallet_entries GROUP BY user_id
    ) AS ledger ON ledger.user_id = wallets.user_id
    WHERE balance <> COALESCE(total, 0) OR wallets.entries <> COALESCE(ledger.entries, 0)
    OR wallets.entries <> COALESCE(latest, 0)`,
  'a ledger entry that does not follow from those before it': `
    SELECT user_id FROM (
      SELECT user_id, balance_after, SUM(amount) OVER (PARTITION BY user_id ORDER BY sequence) AS running FROM wallet_entries
    ) AS chain WHERE balance_after <> running`,
  'a payment entry that is not of a COMPLETED order and its total': `
    SELECT wallet_entries.id FROM wallet_entries LEFT JOIN orders ON orders.id = order_id
    WHERE kind = 'PAYMENT' AND (status IS NULL OR status <> 'COMPLETED' OR orders.user_id <> wallet_entries.user_id
    OR amount <> -total)`,
  'COMPLETED orders and payment entries that are not as many': `
    SELECT paid FROM (SELECT COUNT(*) AS paid FROM orders WHERE status = 'COMPLETED') AS a
    JOIN (SELECT COUNT(*) AS entries, COUNT(DISTINCT order_id) AS orders FROM wallet_entries WHERE kind = 'PAYMENT') AS b
    WHERE paid <> entries OR paid <> b.orders`,
  'a line of a COMPLETED order that is not counted as sold, or the other way round': `
    SELECT id FROM orders JOIN order_lines ON order_lines.order_id = id
    LEFT JOIN sales_records ON sales_records.order_id = id AND sales_records.product_id = order_lines.product_id
    WHERE (status = 'COMPLETED') <> (sign IS NOT NULL) OR sales_records.quantity <> order_lines.quantity
    OR revenue <> amount - order_lines.discount`,
  'a COMPLETED order that the platform is not told of, or the other way round': `
    SELECT orders.id FROM orders LEFT JOIN deliveries ON order_id = orders.id AND sequence = 1
    WHERE (orders.status = 'COMPLETED') <> (deliveries.id IS NOT NULL)`,
});

/** What is wrong with the books, as sentences. */
export async function auditBySql(sql: LongSql, seed: Seed): Promise<readonly string[]> {
  const complaints: string[] = [];
  for (const [what, select] of Object.entries(rules(seed))) {
    const found = await sql.all<Readonly<Record<string, unknown>>>(`${select} LIMIT 5`);
    complaints.push(...found.map((row) => `${what}: ${JSON.stringify(row)}`));
  }
  return complaints;
}
