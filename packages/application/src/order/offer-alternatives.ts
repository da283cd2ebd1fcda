import type { ProductId } from '@jumun/domain';
import type { ShelfProduct } from '../ports/queries.js';
import type { ItemsOutOfStock } from './place-order.js';

/** How many products are offered instead of what was out of stock. */
const OFFERED = 5;

/** The refusal that a customer sees: what is short, and what they may order instead. */
export interface OutOfStockOffer extends ItemsOutOfStock {
  readonly alternatives: readonly ShelfProduct[];
}

/**
 * Adds alternatives for the products that are short, those for the first one first; never one that is short itself. They
 * are a courtesy: where they cannot be found out, none are offered, and the refusal stands.
 */
export async function offerAlternatives(
  refusal: ItemsOutOfStock,
  alternativesTo: (id: ProductId) => Promise<readonly ShelfProduct[]>,
): Promise<OutOfStockOffer> {
  const short = new Set(refusal.items.map(({ productId }) => productId));
  const found = await Promise.allSettled([...short].map(alternativesTo));
  const offers = new Map<ProductId, ShelfProduct>();
  for (const alternative of found.flatMap((each) =>
    each.status === 'fulfilled' ? each.value : [],
  )) {
    if (!short.has(alternative.id)) offers.set(alternative.id, alternative);
  }
  return { ...refusal, alternatives: [...offers.values()].slice(0, OFFERED) };
}
