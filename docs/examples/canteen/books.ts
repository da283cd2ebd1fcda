import { DatabaseSync } from 'node:sqlite';
import { instant, type ProductId, Stock, type UserId, Wallet } from '@jumun/domain';
import { type WalletEntry, won } from '@jumun/domain';

/** The canteen's own tables: nothing in them is Jumun's but the meaning of the numbers. */
const TABLES = `
  CREATE TABLE IF NOT EXISTS staff (
    id INTEGER PRIMARY KEY, balance INTEGER NOT NULL, movements INTEGER NOT NULL, changed_at INTEGER NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS movements (
    id INTEGER PRIMARY KEY, staff_id INTEGER NOT NULL, number INTEGER NOT NULL, amount INTEGER NOT NULL,
    balance_after INTEGER NOT NULL, UNIQUE (staff_id, number)) STRICT;
  CREATE TABLE IF NOT EXISTS shelf (
    id INTEGER PRIMARY KEY, price INTEGER NOT NULL, pieces INTEGER NOT NULL, held INTEGER NOT NULL) STRICT;`;

type Row = Readonly<Record<string, number>> | undefined;

export class Books {
  private readonly db: DatabaseSync;

  constructor(file: string) {
    this.db = new DatabaseSync(file);
    this.db.exec(`PRAGMA journal_mode = WAL; PRAGMA busy_timeout = 5000; ${TABLES}`);
  }

  /** All of `work` or nothing. It is synchronous: one request at a time decides and saves. */
  inTransaction<T>(work: () => T): T {
    this.db.exec('BEGIN IMMEDIATE');
    try {
      const done = work();
      this.db.exec('COMMIT');
      return done;
    } catch (fault) {
      this.db.exec('ROLLBACK');
      throw fault;
    }
  }

  /** A wallet as it was stored, or a new one. */
  wallet(userId: UserId, now: number): Wallet {
    const row = this.row('SELECT balance, movements, changed_at FROM staff WHERE id = ?', userId);
    if (row === undefined) return Wallet.open(userId, instant(now));
    const { balance = 0, movements: entries = 0, changed_at: at = 0 } = row;
    return Wallet.rehydrate({ userId, balance: won(balance), entries, updatedAt: instant(at) });
  }

  saveWallet(wallet: Wallet, { id, sequence, amount, balanceAfter }: WalletEntry): void {
    const { userId, balance, entries, updatedAt } = wallet.toSnapshot();
    this.row('REPLACE INTO staff VALUES (?, ?, ?, ?)', userId, balance, entries, updatedAt);
    const values = [id, userId, sequence, amount, balanceAfter];
    this.row('INSERT INTO movements VALUES (?, ?, ?, ?, ?)', ...values);
  }

  /** What is on the shelf, and what a piece costs. */
  dish(productId: ProductId): { readonly stock: Stock; readonly price: number } | undefined {
    const row = this.row('SELECT price, pieces, held FROM shelf WHERE id = ?', productId);
    if (row === undefined) return undefined;
    const { price = 0, pieces: onHand = 0, held: reserved = 0 } = row;
    return { stock: Stock.rehydrate({ productId, onHand, reserved }), price };
  }

  saveStock(stock: Stock, price: number): void {
    const { productId, onHand, reserved } = stock.toSnapshot();
    this.row('REPLACE INTO shelf VALUES (?, ?, ?, ?)', productId, price, onHand, reserved);
  }

  /** The number of the next movement. */
  nextId(): number {
    return this.row('SELECT COALESCE(MAX(id), 0) + 1 AS id FROM movements')?.['id'] ?? 1;
  }

  close(): void {
    this.db.close();
  }

  private row(sql: string, ...values: readonly number[]): Row {
    return this.db.prepare(sql).get(...values) as Row;
  }
}
