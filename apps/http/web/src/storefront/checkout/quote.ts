import { percent, priceOf, won } from '@jumun/domain';
import type { CartLine } from '../cart/contents.js';

/** What an order will cost. */
export interface Quote {
  readonly subtotal: number;
  readonly discount: number;
  readonly total: number;
}

/** A product of which the price is known. */
interface Priced {
  readonly price: number;
}

/**
 * What the shop will say an order costs, counted by the shop's own rule: the same code, so that no won differs. Lines of products
 * that are unknown yet cost nothing here; the order itself is counted by the shop.
 */
export function quoteOf(
  lines: readonly CartLine[],
  products: ReadonlyMap<number, Priced | null>,
  discountRate: number | null,
): Quote {
  const amounts = lines.flatMap(({ productId, quantity }) => {
    const product = products.get(productId);
    return product === undefined || product === null ? [] : [won(product.price * quantity)];
  });
  const { discount, subtotal, total } = priceOf(
    amounts,
    discountRate === null ? null : percent(discountRate),
  );
  return { subtotal, discount, total };
}
