import Sqlite from 'better-sqlite3';
import {
  expiryOf,
  FINGERPRINT,
  MESSAGE_TYPE,
  nameOf,
  type RawOrder,
  type RawStore,
} from './raw.ts';

/** One prepared statement for each kind of row, and each batch in one transaction with a full sync. */
export function openRawSqlite(filename: string): RawStore {
  const db = new Sqlite(filename);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  const place = placer(db);
  const pay = payer(db);
  return {
    async place(orders) {
      db.transaction(() => orders.forEach(place)).immediate();
    },
    async pay(orders) {
      db.transaction(() => orders.forEach(pay)).immediate();
    },
    async close() {
      db.close();
    },
  };
}

function placer(db: Sqlite.Database): (order: RawOrder) => void {
  const order = db.prepare(
    `INSERT INTO orders (id, user_id, coupon_id, subtotal, discount, total, created_at, expires_at, status)
     VALUES (?, ?, NULL, ?, 0, ?, ?, ?, 'PENDING')`,
  );
  const line = db.prepare(
    `INSERT INTO order_lines (order_id, line_number, product_id, name, unit_price, quantity, amount, discount)
     VALUES (?, 1, ?, ?, ?, 1, ?, 0)`,
  );
  const stock = db.prepare('UPDATE stocks SET reserved = reserved + 1 WHERE product_id = ?');
  const answer = answering(db);
  return (each) => {
    const { id, customer, product, price, createdAt, placeKey, placeAnswer } = each;
    order.run(id, customer, price, price, createdAt, expiryOf(each));
    line.run(id, product, nameOf(product), price, price);
    stock.run(product);
    answer(customer, placeKey, placeAnswer, createdAt);
  };
}

function payer(db: Sqlite.Database): (order: RawOrder) => void {
  const order = db.prepare(
    `UPDATE orders SET status = 'COMPLETED', payment_id = ?, paid_at = ? WHERE id = ?`,
  );
  const wallet = db.prepare(
    'UPDATE wallets SET balance = ?, entries = ?, updated_at = ? WHERE user_id = ?',
  );
  const entry = db.prepare(
    `INSERT INTO wallet_entries (user_id, sequence, id, kind, amount, balance_after, order_id, created_at)
     VALUES (?, ?, ?, 'PAYMENT', ?, ?, ?, ?)`,
  );
  const stock = db.prepare(
    'UPDATE stocks SET on_hand = on_hand - 1, reserved = reserved - 1 WHERE product_id = ?',
  );
  const sale = db.prepare(
    `INSERT INTO sales_records (order_id, product_id, sign, day, quantity, revenue)
     VALUES (?, ?, 1, ?, 1, ?)`,
  );
  const delivery = db.prepare(
    `INSERT INTO deliveries (id, order_id, sequence, type, payload, created_at, status, attempts, next_attempt_at)
     VALUES (?, ?, 1, '${MESSAGE_TYPE}', ?, ?, 'PENDING', 0, ?)`,
  );
  const answer = answering(db);
  return (each) => {
    const { id, customer, product, price, createdAt, balance, sequence } = each;
    order.run(each.paymentId, createdAt, id);
    wallet.run(balance, sequence, createdAt, customer);
    entry.run(customer, sequence, each.entryId, -price, balance, id, createdAt);
    stock.run(product);
    sale.run(id, product, each.day, price);
    delivery.run(id, id, each.message, createdAt, createdAt);
    answer(customer, each.payKey, each.payAnswer, createdAt);
  };
}

function answering(
  db: Sqlite.Database,
): (customer: number, key: string, answer: string, at: number) => void {
  const statement = db.prepare(
    `INSERT INTO idempotency_answers (user_id, idempotency_key, fingerprint, answer, created_at)
     VALUES (?, ?, '${FINGERPRINT}', ?, ?)`,
  );
  return (customer, key, answer, at) => {
    statement.run(customer, key, answer, at);
  };
}
