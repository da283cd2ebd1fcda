import type {
  RankingQueries,
  SalesMoment,
  SoldOrder,
  SoldPage,
  StatisticsProgress,
  StatisticsQueries,
  StoredRanking,
} from '@jumun/application';
import type {
  DailySales,
  Instant,
  OrderId,
  OrderStatus,
  ProductId,
  RankingSort,
  Sale,
  SalesDay,
} from '@jumun/domain';
import type { Database } from './database.js';
import { SALE_COLUMNS, type SaleRow, toSale } from './sale-rows.js';
import type { SqlSession } from './sql-session.js';
import { RANKING_COLUMNS, type RankingRow, readProgress, toRanking } from './statistics-rows.js';

const SELECT_RANKINGS = `SELECT ${RANKING_COLUMNS.join(', ')} FROM rankings`;

/** The rankings as they are shown: from the replica, where there is one. */
export class KnexRankingQueries implements RankingQueries {
  constructor(private readonly database: Database) {}

  async find(days: number, sort: RankingSort): Promise<StoredRanking | undefined> {
    const [row] = await this.database.browse((session) =>
      session.all<RankingRow>(`${SELECT_RANKINGS} WHERE days = ? AND sort = ?`, [days, sort]),
    );
    return row === undefined ? undefined : toRanking(row);
  }

  async version(): Promise<number> {
    const [row] = await this.database.browse((session) =>
      session.all<{ version: number }>('SELECT version FROM statistics WHERE id = 1'),
    );
    return row?.version ?? 0;
  }
}

/** What the statistics are made from: always of the primary. */
export class KnexStatisticsQueries implements StatisticsQueries {
  constructor(private readonly database: Database) {}

  progress(): Promise<StatisticsProgress> {
    return this.database.read(readProgress);
  }

  daily(day: SalesDay): Promise<readonly DailySales[]> {
    return this.database.read((session) => readDaily(session, day));
  }

  async rankings(): Promise<readonly StoredRanking[]> {
    const rows = await this.database.read((session) => session.all<RankingRow>(SELECT_RANKINGS));
    return rows.map(toRanking);
  }

  atOneMoment<T>(look: (moment: SalesMoment) => Promise<T>): Promise<T> {
    return this.database.readSnapshot((session) => look(new KnexSalesMoment(session)));
  }
}

/** Named as they are told, so that the rows of a long day need not be made again. */
const readDaily = (session: SqlSession, day: SalesDay): Promise<readonly DailySales[]> =>
  session.all<DailySales>(
    'SELECT day, product_id AS productId, quantity, revenue FROM sales_daily WHERE day = ?',
    [day],
  );

interface LineRow {
  readonly order_id: OrderId;
  readonly product_id: ProductId;
  readonly quantity: number;
  readonly amount: number;
  readonly discount: number;
}

class KnexSalesMoment implements SalesMoment {
  constructor(private readonly session: SqlSession) {}

  progress(): Promise<StatisticsProgress> {
    return readProgress(this.session);
  }

  /** By ranges of the key alone, so that a page costs what its rows cost. */
  async sold(after: OrderId | null, limit: number): Promise<SoldPage> {
    const page = await this.session.all<{
      id: OrderId;
      status: OrderStatus;
      paid_at: Instant | null;
    }>('SELECT id, status, paid_at FROM orders WHERE id > ? ORDER BY id LIMIT ?', [
      after ?? 0,
      limit,
    ]);
    const last = page.at(-1)?.id ?? null;
    if (last === null) return { orders: [], last };
    const lines = await this.session.all<LineRow>(
      `SELECT order_id, product_id, quantity, amount, discount FROM order_lines
       WHERE order_id > ? AND order_id <= ?`,
      [after ?? 0, last],
    );
    const linesOf = Map.groupBy(lines, ({ order_id }) => order_id);
    const orders = page.flatMap(({ id, status, paid_at }): readonly SoldOrder[] =>
      status === 'COMPLETED' && paid_at !== null
        ? [{ id, paidAt: paid_at, lines: (linesOf.get(id) ?? []).map(toSoldLine) }]
        : [],
    );
    return { orders, last };
  }

  async uncounted(after: OrderId | null, last: OrderId): Promise<readonly Sale[]> {
    const rows = await this.session.all<SaleRow>(
      `SELECT ${SALE_COLUMNS.join(', ')} FROM sales_records
       WHERE counted = 0 AND order_id > ? AND order_id <= ?`,
      [after ?? 0, last],
    );
    return rows.map(toSale);
  }

  async days(): Promise<readonly SalesDay[]> {
    const rows = await this.session.all<{ day: SalesDay }>(
      'SELECT DISTINCT day FROM sales_daily ORDER BY day',
    );
    return rows.map(({ day }) => day);
  }

  daily(day: SalesDay): Promise<readonly DailySales[]> {
    return readDaily(this.session, day);
  }
}

const toSoldLine = ({
  product_id,
  quantity,
  amount,
  discount,
}: LineRow): SoldOrder['lines'][number] => ({
  productId: product_id,
  quantity,
  revenue: amount - discount,
});
