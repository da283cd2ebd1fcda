import type {
  CatalogueQueries,
  ProductRating,
  ProductSearch,
  ReviewPosition,
  ShelfProduct,
} from '@jumun/application';
import type { Money, ProductId, ProductSnapshot, Review, StockSnapshot } from '@jumun/domain';
import type { Database } from './database.js';
import { ascending } from './keyed-table.js';
import { REVIEW_COLUMNS, type ReviewRow, toReview } from './knex-review-repository.js';
import type { SqlSession, SqlValue } from './sql-session.js';

const SELECT_SHELF = `SELECT products.id, products.name, products.category, products.price,
  stocks.on_hand - stocks.reserved AS stock
  FROM products JOIN stocks ON stocks.product_id = products.id`;

export class KnexCatalogueQueries implements CatalogueQueries {
  constructor(private readonly database: Database) {}

  async search(
    search: ProductSearch,
    offset: number,
    limit: number,
  ): Promise<readonly ShelfProduct[]> {
    const { where, values } = conditionOf(search);
    const found = await this.database.browse((session) =>
      session.all<ShelfProduct>(`${SELECT_SHELF} ${where} ORDER BY products.id LIMIT ? OFFSET ?`, [
        ...values,
        limit,
        offset,
      ]),
    );
    return this.withStockOfNow(found);
  }

  async count(search: ProductSearch): Promise<number> {
    const { where, values } = conditionOf(search);
    const [row] = await this.database.browse((session) =>
      session.all<{ count: number }>(`SELECT COUNT(*) AS count FROM products ${where}`, values),
    );
    return row?.count ?? 0;
  }

  async findMany(ids: readonly ProductId[]): Promise<ReadonlyMap<ProductId, ProductSnapshot>> {
    const rows = await this.database.read((session) =>
      session.selectByKeys<ProductSnapshot>(
        { select: 'SELECT id, name, description, category, price FROM products', key: ['id'] },
        ascending(ids),
      ),
    );
    return new Map(rows.map((row) => [row.id, row]));
  }

  async stocks(ids: readonly ProductId[]): Promise<ReadonlyMap<ProductId, number>> {
    const rows = await this.database.read((session) =>
      session.selectByKeys<{ product_id: ProductId; available: number }>(
        {
          select: 'SELECT product_id, on_hand - reserved AS available FROM stocks',
          key: ['product_id'],
        },
        ascending(ids),
      ),
    );
    return new Map(rows.map((row) => [row.product_id, row.available]));
  }

  async shelves(ids: readonly ProductId[]): Promise<ReadonlyMap<ProductId, StockSnapshot>> {
    const rows = await this.database.read((session) =>
      session.selectByKeys<StockSnapshot>(
        {
          select: 'SELECT product_id AS productId, on_hand AS onHand, reserved FROM stocks',
          key: ['product_id'],
        },
        ascending(ids),
      ),
    );
    return new Map(rows.map((row) => [row.productId, row]));
  }

  async ratings(ids: readonly ProductId[]): Promise<ReadonlyMap<ProductId, ProductRating>> {
    const ratings = new Map<ProductId, ProductRating>();
    await this.database.read(async (session) => {
      for (const [id] of ascending(ids)) {
        const [row] = await session.all<{ count: number; average: number | string | null }>(
          'SELECT COUNT(*) AS count, AVG(rating) AS average FROM reviews WHERE product_id = ?',
          [id],
        );
        if (row !== undefined && row.average !== null) {
          ratings.set(id as ProductId, { average: Number(row.average), count: row.count });
        }
      }
    });
    return ratings;
  }

  async reviews(
    id: ProductId,
    after: ReviewPosition | null,
    limit: number,
  ): Promise<readonly Review[]> {
    const position = after ?? { createdAt: Number.MAX_SAFE_INTEGER, id: 0 };
    const rows = await this.database.read((session) =>
      session.all<ReviewRow>(
        `SELECT ${REVIEW_COLUMNS.join(', ')} FROM reviews
         WHERE product_id = ? AND created_at <= ? AND (created_at < ? OR id < ?)
         ORDER BY created_at DESC, id DESC LIMIT ?`,
        [id, position.createdAt, position.createdAt, position.id, limit],
      ),
    );
    return rows.map(toReview);
  }

  async nearPrice(category: string, price: Money, limit: number): Promise<readonly ShelfProduct[]> {
    const values = [category, price, limit];
    const found = await this.database.browse(async (session) => [
      ...(await besidePrice(session, '>= ? ORDER BY products.price, products.id', values)),
      ...(await besidePrice(session, '< ? ORDER BY products.price DESC, products.id', values)),
    ]);
    return (await this.withStockOfNow(found)).filter(({ stock }) => stock > 0);
  }

  /** A replica's stock may be old; the rest of what it says may be. */
  private async withStockOfNow(found: readonly ShelfProduct[]): Promise<readonly ShelfProduct[]> {
    if (!this.database.browsesReplica) return found;
    const stocks = await this.stocks(found.map(({ id }) => id));
    return found.map((product) => ({ ...product, stock: stocks.get(product.id) ?? product.stock }));
  }
}

const besidePrice = (
  session: SqlSession,
  side: string,
  values: readonly SqlValue[],
): Promise<readonly ShelfProduct[]> =>
  session.all<ShelfProduct>(
    `${SELECT_SHELF} WHERE products.category = ? AND stocks.on_hand > stocks.reserved
     AND products.price ${side} LIMIT ?`,
    values,
  );

/** A part of a name is matched literally: the characters that LIKE gives a meaning are escaped. */
function conditionOf({ text, category }: ProductSearch): {
  readonly where: string;
  readonly values: readonly SqlValue[];
} {
  const conditions: string[] = [];
  const values: SqlValue[] = [];
  if (text !== null) {
    conditions.push(`LOWER(products.name) LIKE LOWER(?) ESCAPE '!'`);
    values.push(`%${text.replaceAll(/[!%_]/g, '!$&')}%`);
  }
  if (category !== null) {
    conditions.push('products.category = ?');
    values.push(category);
  }
  return { where: conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`, values };
}
