import {
  err,
  invariant,
  ok,
  pieces,
  Product,
  type ProductId,
  productId,
  type ProductNotFound,
  type ProductSnapshot,
  Stock,
  type StockLimitExceeded,
} from '@jumun/domain';
import type { CommandHandler } from '../batching/command.js';
import type { ProductView } from './product-view.js';

export interface RegisterProduct extends Omit<ProductSnapshot, 'id'> {
  /** Pieces on the shelf from the start. */
  readonly stock: number;
}

/** An operator puts a product on sale. Throws when a text, price or stock is out of bounds: check them at the edge. */
export const registerProduct: CommandHandler<RegisterProduct, ProductView, never> = {
  name: 'registerProduct',
  ids: { product: 1 },

  claim() {},

  decide({ stock: onHand, ...texts }, books) {
    const product = Product.rehydrate({ ...texts, id: productId(books.newId('product')) });
    const stock = Stock.open(product.id, onHand);
    return ok({
      answer: { ...product.toSnapshot(), stock: stock.available },
      changes: { products: [product], stocks: [stock] },
    });
  },
};

export interface ReviseProduct {
  readonly productId: ProductId;
  readonly changes: Partial<Omit<ProductSnapshot, 'id'>>;
}

/** An operator changes a product's texts or price. Orders already placed keep theirs. */
export const reviseProduct: CommandHandler<ReviseProduct, ProductView, ProductNotFound> = {
  name: 'reviseProduct',
  ids: {},

  claim(command, claims) {
    claims.products.add(command.productId);
    claims.stocks.add(command.productId);
  },

  decide({ productId: id, changes }, books) {
    const product = books.product(id);
    if (product === undefined) return err({ code: 'PRODUCT_NOT_FOUND', productId: id });
    const stock = books.stock(id);
    invariant(stock !== undefined, `product ${id} has a stock record`);
    const revised = product.revise(changes);
    return ok({
      answer: { ...revised.toSnapshot(), stock: stock.available },
      changes: { products: [revised] },
    });
  },
};

export interface RestockProduct {
  readonly productId: ProductId;
  /** Pieces that arrived, 1 or more. */
  readonly quantity: number;
}

/** An operator adds pieces to the shelf. */
export const restockProduct: CommandHandler<
  RestockProduct,
  { readonly id: ProductId; readonly stock: number },
  ProductNotFound | StockLimitExceeded
> = {
  name: 'restockProduct',
  ids: {},

  claim(command, claims) {
    claims.stocks.add(command.productId);
  },

  decide({ productId: id, quantity }, books) {
    const stock = books.stock(id);
    if (stock === undefined) return err({ code: 'PRODUCT_NOT_FOUND', productId: id });
    const restocked = stock.restock(pieces(quantity));
    if (restocked.isErr()) return err(restocked.error);
    return ok({
      answer: { id, stock: restocked.value.available },
      changes: { stocks: [restocked.value] },
    });
  },
};
