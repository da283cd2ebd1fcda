import type { Seed } from '../lib/database.ts';
import type { LongSql } from './sql.ts';

/** Orders that were placed and paid long ago: one piece of one product each, the customers and the products in turn. */
export interface Past {
  readonly orders: number;
  readonly seed: Seed;
}

/** Past orders have ids from here; it keeps them clear of those that are given out now. */
export const FIRST_PAST_ID = 1_000_000_000;

const ROWS_AT_ONCE = 250_000;
/** Two years ago, in epoch milliseconds as SQL; an order came every ten seconds since. */
const BEGAN = '(UNIX_TIMESTAMP() - 63072000) * 1000';
const EVERY_MS = 10_000;

/**
 * Writes the past with the server's own sequences, each table in the order of its primary key, so that it takes minutes
 * and not hours. The books are right afterwards: every rule of the audit holds.
 */
export async function fillPast(
  sql: LongSql,
  { orders, seed }: Past,
  onProgress: (line: string) => void,
): Promise<void> {
  const [times] = await sql.all<{ began: number }>(`SELECT ${BEGAN} AS began`);
  const began = Number(times?.began);
  await sql.run('SET SESSION unique_checks = 0');
  for (const [table, insert] of Object.entries(inserts(seed, began))) {
    const start = performance.now();
    for (let at = 0; at < orders; at += ROWS_AT_ONCE) {
      await sql.run(insert(at, Math.min(at + ROWS_AT_ONCE, orders) - 1));
    }
    onProgress(`${orders} rows of ${table}: ${Math.round((performance.now() - start) / 1_000)} s`);
  }
  await fillLedgers(sql, { orders, seed }, began, onProgress);
  await settle(sql, { orders, seed });
  await sql.run(
    'ANALYZE TABLE orders, order_lines, wallets, wallet_entries, sales_records, deliveries, stocks',
  );
}

/** What order number `seq` is, counted from 0. */
const termsOf = ({ customers, products }: Seed, began: number) => ({
  id: `${FIRST_PAST_ID} + seq`,
  user: `seq % ${customers} + 1`,
  product: `seq % ${products} + 1`,
  at: `${began} + seq * ${EVERY_MS}`,
  day: `DATE_FORMAT(FROM_UNIXTIME((${began} + seq * ${EVERY_MS}) DIV 1000), '%Y%m%d') + 0`,
});

/** By table, the statement for the orders of these numbers. */
function inserts(
  seed: Seed,
  began: number,
): Readonly<Record<string, (from: number, to: number) => string>> {
  const { price } = seed;
  const { id, user, product, at, day } = termsOf(seed, began);
  const payload = `CONCAT('{"type":"jumun.order.completed.v1","data":{"orderId":', ${id}, ',"sequence":1,"userId":',
    ${user}, ',"paymentId":', ${id}, ',"couponId":null,"items":[{"productId":', ${product},
    ',"name":"상품 ', ${product}, '","unitPrice":${price},"quantity":1,"amount":${price},"discount":0}],',
    '"subtotal":${price},"discount":0,"total":${price}}}')`;
  return {
    orders: (from, to) =>
      `INSERT INTO orders (id, user_id, coupon_id, subtotal, discount, total, created_at, expires_at, status, payment_id,
       paid_at, closed_at)
       SELECT ${id}, ${user}, NULL, ${price}, 0, ${price}, ${at}, ${at} + 900000, 'COMPLETED', ${id}, ${at} + 1000, NULL
       FROM seq_${from}_to_${to}`,
    order_lines: (from, to) =>
      `INSERT INTO order_lines (order_id, line_number, product_id, name, unit_price, quantity, amount, discount)
       SELECT ${id}, 1, ${product}, CONCAT('상품 ', ${product}), ${price}, 1, ${price}, 0 FROM seq_${from}_to_${to}`,
    sales_records: (from, to) =>
      `INSERT INTO sales_records (order_id, product_id, sign, day, quantity, revenue)
       SELECT ${id}, ${product}, 1, ${day}, 1, ${price} FROM seq_${from}_to_${to}`,
    deliveries: (from, to) =>
      `INSERT INTO deliveries (id, order_id, sequence, type, payload, created_at, status, attempts, last_error,
       next_attempt_at, delivered_at)
       SELECT ${id}, ${id}, 1, 'jumun.order.completed.v1', ${payload}, ${at} + 1000, 'DELIVERED', 1, NULL, NULL,
       ${at} + 2000 FROM seq_${from}_to_${to}`,
  };
}

/** Ledgers lie customer by customer. Order `turn * customers + user - 1` is the customer's order number `turn`. */
async function fillLedgers(
  sql: LongSql,
  { orders, seed: { customers, balance, price } }: Past,
  began: number,
  onProgress: (line: string) => void,
): Promise<void> {
  const start = performance.now();
  const turns = Math.ceil(orders / customers);
  const usersAtOnce = Math.max(1, Math.floor(ROWS_AT_ONCE / turns));
  const number = `(t.seq * ${customers} + u.seq - 1)`;
  for (let first = 1; first <= customers; first += usersAtOnce) {
    const last = Math.min(first + usersAtOnce - 1, customers);
    await sql.run(
      `INSERT INTO wallet_entries (user_id, sequence, id, kind, amount, balance_after, order_id, created_at)
       SELECT u.seq, t.seq + 2, ${FIRST_PAST_ID} + ${number}, 'PAYMENT', ${-price}, ${balance} - (t.seq + 1) * ${price},
       ${FIRST_PAST_ID} + ${number}, ${began} + ${number} * ${EVERY_MS} + 1000
       FROM seq_${first}_to_${last} AS u JOIN seq_0_to_${turns - 1} AS t
       WHERE ${number} < ${orders} ORDER BY u.seq, t.seq`,
    );
  }
  onProgress(
    `${orders} rows of wallet_entries: ${Math.round((performance.now() - start) / 1_000)} s`,
  );
}

/** Wallets and stocks as all those orders left them. */
async function settle(
  sql: LongSql,
  { orders, seed: { customers, products, balance, price, stock } }: Past,
): Promise<void> {
  const each = (of: number, number: string): string =>
    `(${Math.floor(orders / of)} + (${number} <= ${orders % of}))`;
  await sql.run(
    `UPDATE wallets SET balance = ${balance} - ${each(customers, 'user_id')} * ${price},
     entries = 1 + ${each(customers, 'user_id')}`,
  );
  await sql.run(`UPDATE stocks SET on_hand = ${stock} - ${each(products, 'product_id')}`);
}
