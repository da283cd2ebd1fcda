import { SalesCalendar, type SalesDay } from '@jumun/domain';
import { instant } from '@jumun/domain';
import { LongSql } from '../growth/sql.ts';
import type { BenchDatabase } from '../lib/database.ts';

/** Sales of the last week, all counted: the records, and the daily sums that were made from them. */
export interface PastSales {
  readonly records: number;
  readonly products: number;
}

/** It is always the same noon here, so that sales which are kept from one run to the next stay those of the last week. */
export const NOON = instant(Date.UTC(2026, 0, 7, 3));
export const CALENDAR = new SalesCalendar('Asia/Seoul');
export const DAYS = 7;
export const LAST_DAYS: readonly SalesDay[] = Array.from({ length: DAYS }, (_, at) =>
  CALENDAR.firstOfLastDays(DAYS - at, NOON),
);

/** Past records have order ids from here; what is sold during the bench has ids from {@link FIRST_NEW_ORDER}. */
const FIRST_ORDER = 1_000_000_000;
const FIRST_NEW_ORDER = 2_000_000_000;
const ROWS_AT_ONCE = 250_000;

/** Popular products have low ids, and the tenth with the lowest ones sells nearly half of all; every one sells every day. */
const productOf = (seed: string, products: number): string =>
  `1 + FLOOR(POW(CRC32(${seed}) / 4294967296, 3) * ${products})`;

const insertRecords = (
  { products }: PastSales,
  rows: string,
  {
    order,
    day,
    counted,
  }: { readonly order: string; readonly day: string; readonly counted: 0 | 1 },
): string =>
  `INSERT INTO sales_records (order_id, product_id, sign, day, quantity, revenue, counted)
   SELECT order_id, product_id, 1, day, quantity, quantity * (1000 + product_id), ${counted} FROM (
     SELECT ${order} AS order_id, ${productOf(order, products)} AS product_id, ${day} AS day, 1 + seq % 3 AS quantity
     FROM ${rows}
   ) AS sold`;

const COUNT_ALL = `INSERT INTO sales_daily (day, product_id, quantity, revenue)
  SELECT day, product_id, SUM(quantity), SUM(revenue) FROM sales_records GROUP BY day, product_id`;

/** A database with past sales, and the way to sell more. */
export class SalesHistory {
  readonly past: PastSales;
  readonly db: BenchDatabase;
  readonly sql: LongSql;
  private sold = 0;

  private constructor(past: PastSales, db: BenchDatabase) {
    this.past = past;
    this.db = db;
    this.sql = new LongSql(db.url);
  }

  /** Fills the database, unless it has these sales already: then it undoes what an earlier run has sold since. */
  static async open(
    past: PastSales,
    db: BenchDatabase,
    onProgress: (line: string) => void,
  ): Promise<SalesHistory> {
    const history = new SalesHistory(past, db);
    const { sql } = history;
    const [kept] = await sql.all<{ records: number }>(
      `SELECT COUNT(*) AS records FROM sales_records WHERE order_id < ${FIRST_NEW_ORDER}`,
    );
    const start = performance.now();
    if (Number(kept?.records) === past.records) {
      await sql.run(`DELETE FROM sales_records WHERE order_id >= ${FIRST_NEW_ORDER}`);
      await sql.run('DELETE FROM sales_daily');
    } else await history.fill();
    await sql.run(COUNT_ALL);
    await sql.run('ANALYZE TABLE sales_records, sales_daily');
    await sql.run('UPDATE statistics SET revision = revision + 1');
    const seconds = Math.round((performance.now() - start) / 1_000);
    onProgress(`${past.records} sales records: ${seconds} s`);
    return history;
  }

  /** So many records that were not counted yet, of yesterday and today. */
  async sell(records: number): Promise<void> {
    const first = FIRST_NEW_ORDER + this.sold;
    const [yesterday, today] = LAST_DAYS.slice(-2);
    await this.sql.run(
      insertRecords(this.past, `seq_0_to_${records - 1}`, {
        order: `${first} + seq`,
        day: `IF(seq % 2, ${yesterday}, ${today})`,
        counted: 0,
      }),
    );
    this.sold += records;
  }

  /** What is wrong with the statistics, as sentences: sums that are not those of the records, or records not counted. */
  async audit(): Promise<readonly string[]> {
    const wrong = await this.sql.all<object>(
      `SELECT day, product_id, SUM(quantity), SUM(revenue) FROM (
         SELECT day, product_id, quantity, revenue FROM sales_records
         UNION ALL SELECT day, product_id, -quantity, -revenue FROM sales_daily
       ) AS both_sides GROUP BY day, product_id HAVING SUM(quantity) <> 0 OR SUM(revenue) <> 0 LIMIT 5`,
    );
    const left = await this.sql.all<object>(
      'SELECT order_id, product_id FROM sales_records WHERE counted = 0 LIMIT 5',
    );
    return [
      ...wrong.map((sum) => `a daily sum that is not that of its records: ${JSON.stringify(sum)}`),
      ...left.map((record) => `a record that was not counted: ${JSON.stringify(record)}`),
    ];
  }

  close(): void {
    this.sql.close();
  }

  private async fill(): Promise<void> {
    const { sql, past } = this;
    await sql.run('SET SESSION unique_checks = 0');
    const days = LAST_DAYS.join(', ');
    for (let at = 0; at < past.records; at += ROWS_AT_ONCE) {
      const last = Math.min(at + ROWS_AT_ONCE, past.records) - 1;
      await sql.run(
        insertRecords(past, `seq_${at}_to_${last}`, {
          order: `${FIRST_ORDER} + seq`,
          day: `ELT(1 + seq * ${DAYS} DIV ${past.records}, ${days})`,
          counted: 1,
        }),
      );
    }
  }
}
