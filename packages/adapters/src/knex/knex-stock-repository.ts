import type { StockRepository } from '@jumun/application';
import { type ProductId, Stock } from '@jumun/domain';
import { KeyedTable } from './keyed-table.js';
import type { SqlSession } from './sql-session.js';

type StockRow = {
  readonly product_id: ProductId;
  readonly on_hand: number;
  readonly reserved: number;
};

export class KnexStockRepository
  extends KeyedTable<ProductId, Stock, StockRow>
  implements StockRepository
{
  constructor(session: SqlSession) {
    super(session, {
      table: 'stocks',
      key: 'product_id',
      fixed: [],
      changing: ['on_hand', 'reserved'],
      idOf: (stock) => stock.productId,
      toRow: toStockRow,
      fromRow: toStock,
    });
  }
}

function toStockRow(stock: Stock): StockRow {
  const { productId, onHand, reserved } = stock.toSnapshot();
  return { product_id: productId, on_hand: onHand, reserved };
}

const toStock = (row: StockRow): Stock =>
  Stock.rehydrate({ productId: row.product_id, onHand: row.on_hand, reserved: row.reserved });
