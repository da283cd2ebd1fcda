import type { ProductRepository } from '@jumun/application';
import { Product, type ProductId, type ProductSnapshot } from '@jumun/domain';
import { KeyedTable } from './keyed-table.js';
import type { SqlSession } from './sql-session.js';

/** A product's columns are named as its fields. */
type ProductRow = { readonly [Field in keyof ProductSnapshot]: ProductSnapshot[Field] };

export class KnexProductRepository
  extends KeyedTable<ProductId, Product, ProductRow>
  implements ProductRepository
{
  constructor(session: SqlSession) {
    super(session, {
      table: 'products',
      key: 'id',
      fixed: [],
      changing: ['name', 'description', 'category', 'price'],
      idOf: (product) => product.id,
      toRow: (product) => product.toSnapshot(),
      fromRow: (row) => Product.rehydrate(row),
    });
  }
}
