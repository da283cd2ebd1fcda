import { createConnection, escape } from 'mysql2';
import {
  expiryOf,
  FINGERPRINT,
  MESSAGE_TYPE,
  nameOf,
  type RawOrder,
  type RawStore,
} from './raw.ts';

/** One connection, and each batch as one packet of multi-row statements: a single round trip. */
export async function openRawMysql(url: string): Promise<RawStore> {
  const connection = createConnection({ uri: url, multipleStatements: true });
  const send = (statements: readonly string[]): Promise<void> =>
    new Promise((resolve, reject) => {
      connection.query(['START TRANSACTION', ...statements, 'COMMIT'].join(';'), (fault) => {
        if (fault === null) resolve();
        else reject(fault);
      });
    });
  return {
    place: (orders) => send(placing(orders)),
    pay: (orders) => send(paying(orders)),
    async close() {
      connection.destroy();
    },
  };
}

const placing = (orders: readonly RawOrder[]): readonly string[] => [
  `INSERT INTO orders (id, user_id, coupon_id, subtotal, discount, total, created_at, expires_at, status, payment_id,
   paid_at, closed_at) VALUES ${rows(
     orders,
     (order) =>
       `${order.id},${order.customer},NULL,${order.price},0,${order.price},${order.createdAt},${expiryOf(order)},` +
       `'PENDING',NULL,NULL,NULL`,
   )}`,
  `INSERT INTO order_lines (order_id, line_number, product_id, name, unit_price, quantity, amount, discount) VALUES ${rows(
    orders,
    ({ id, product, price }) =>
      `${id},1,${product},${escape(nameOf(product))},${price},1,${price},0`,
  )}`,
  moveStocks(orders, (pieces) => `reserved = reserved + ${pieces}`),
  answers(
    orders,
    ({ placeKey }) => placeKey,
    ({ placeAnswer }) => placeAnswer,
  ),
];

const paying = (orders: readonly RawOrder[]): readonly string[] => [
  `UPDATE orders SET status = 'COMPLETED', payment_id = id, paid_at = ${orders[0]?.createdAt} WHERE id IN (${orders
    .map(({ id }) => id)
    .join()})`,
  `INSERT INTO wallets (user_id, balance, entries, updated_at) VALUES ${rows(
    orders,
    ({ customer, balance, sequence, createdAt }) =>
      `${customer},${balance},${sequence},${createdAt}`,
  )} ON DUPLICATE KEY UPDATE balance = VALUES(balance), entries = VALUES(entries), updated_at = VALUES(updated_at)`,
  `INSERT INTO wallet_entries (user_id, sequence, id, kind, amount, balance_after, order_id, created_at) VALUES ${rows(
    orders,
    ({ customer, sequence, entryId, price, balance, id, createdAt }) =>
      `${customer},${sequence},${entryId},'PAYMENT',${-price},${balance},${id},${createdAt}`,
  )}`,
  moveStocks(orders, (pieces) => `on_hand = on_hand - ${pieces}, reserved = reserved - ${pieces}`),
  `INSERT INTO sales_records (order_id, product_id, sign, day, quantity, revenue) VALUES ${rows(
    orders,
    ({ id, product, day, price }) => `${id},${product},1,${day},1,${price}`,
  )}`,
  `INSERT INTO deliveries (id, order_id, sequence, type, payload, created_at, status, attempts, last_error,
   next_attempt_at, delivered_at) VALUES ${rows(
     orders,
     ({ id, message, createdAt }) =>
       `${id},${id},1,'${MESSAGE_TYPE}',${escape(message)},${createdAt},'PENDING',0,NULL,${createdAt},NULL`,
   )}`,
  answers(
    orders,
    ({ payKey }) => payKey,
    ({ payAnswer }) => payAnswer,
  ),
];

const rows = (orders: readonly RawOrder[], row: (order: RawOrder) => string): string =>
  orders.map((order) => `(${row(order)})`).join();

const answers = (
  orders: readonly RawOrder[],
  keyOf: (order: RawOrder) => string,
  answerOf: (order: RawOrder) => string,
): string =>
  `INSERT INTO idempotency_answers (user_id, idempotency_key, fingerprint, answer, created_at) VALUES ${rows(
    orders,
    (order) =>
      `${order.customer},'${keyOf(order)}','${FINGERPRINT}',${escape(answerOf(order))},${order.createdAt}`,
  )}`;

/** One statement for all products of the batch. */
function moveStocks(orders: readonly RawOrder[], set: (pieces: string) => string): string {
  const pieces = new Map<number, number>();
  for (const { product } of orders) pieces.set(product, (pieces.get(product) ?? 0) + 1);
  const cases = [...pieces].map(([product, count]) => `WHEN ${product} THEN ${count}`).join(' ');
  return `UPDATE stocks SET ${set(`CASE product_id ${cases} END`)} WHERE product_id IN (${[...pieces.keys()].join()})`;
}
