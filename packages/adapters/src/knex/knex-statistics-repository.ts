import type { StatisticsProgress, StatisticsRepository, StoredRanking } from '@jumun/application';
import { type DailySales, type Instant, orderId, type Sale } from '@jumun/domain';
import { valuesOf } from './keyed-table.js';
import { type SaleRow, SALE_COLUMNS, toSale } from './sale-rows.js';
import type { SqlSession } from './sql-session.js';
import { RANKING_COLUMNS, readProgress, toRankingRow } from './statistics-rows.js';

/** A ranking is some 40 kB long: so many of them in one statement stay well under what a packet may hold. */
const RANKINGS_PER_STATEMENT = 20;

const FIRST_ORDER = orderId(1);

export class KnexStatisticsRepository implements StatisticsRepository {
  constructor(private readonly session: SqlSession) {}

  async takeTurn(): Promise<boolean> {
    const turn = { columns: ['id'], table: 'statistics', where: 'id = 1' };
    return (await this.session.selectFree(turn, 1)).length === 1;
  }

  async awaitTurn(): Promise<void> {
    const turn = { select: 'SELECT id FROM statistics', key: ['id'], lock: true };
    await this.session.selectByKeys(turn, [[1]]);
  }

  progress(): Promise<StatisticsProgress> {
    return readProgress(this.session);
  }

  async takeUncounted(limit: number, from = FIRST_ORDER): Promise<readonly Sale[]> {
    const rows = await this.session.selectFree<SaleRow>(
      {
        columns: SALE_COLUMNS,
        table: 'sales_records',
        index: 'sales_records_uncounted',
        where: 'counted = 0 AND order_id >= ?',
        values: [from],
        orderBy: 'order_id',
      },
      limit,
    );
    const keys = rows.map(({ order_id, product_id, sign }) => [order_id, product_id, sign]);
    await this.session.setMany(
      'sales_records',
      'counted = 1',
      ['order_id', 'product_id', 'sign'],
      keys,
    );
    return rows.map(toSale);
  }

  addDaily(sums: readonly DailySales[]): Promise<void> {
    return this.add(sums, 0);
  }

  correctDaily(differences: readonly DailySales[]): Promise<void> {
    return this.add(differences, 1);
  }

  async saveRankings(
    rankings: readonly StoredRanking[],
    version: number,
    at: Instant,
  ): Promise<void> {
    await this.session.run('DELETE FROM rankings');
    for (let first = 0; first < rankings.length; first += RANKINGS_PER_STATEMENT) {
      const some = rankings.slice(first, first + RANKINGS_PER_STATEMENT).map(toRankingRow);
      const rows = some.map((row) => valuesOf(row, RANKING_COLUMNS));
      await this.session.insertMany('rankings', RANKING_COLUMNS, rows);
    }
    await this.session.run(
      'UPDATE statistics SET version = ?, ranked_revision = revision, ranked_at = ? WHERE id = 1',
      [version, at],
    );
  }

  private async add(sums: readonly DailySales[], corrections: 0 | 1): Promise<void> {
    if (sums.length === 0) return;
    const rows = sums.map(({ day, productId, quantity, revenue }) => [
      day,
      productId,
      quantity,
      revenue,
    ]);
    await Promise.all([
      this.session.addMany('sales_daily', ['day', 'product_id'], ['quantity', 'revenue'], rows),
      this.session.run(
        'UPDATE statistics SET revision = revision + 1, corrections = corrections + ? WHERE id = 1',
        [corrections],
      ),
    ]);
  }
}
