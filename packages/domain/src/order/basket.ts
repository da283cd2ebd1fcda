import { err, ok, type Result } from 'neverthrow';
import type { ProductId } from '../shared/ids.js';
import { pieces, type Quantity } from '../shared/quantity.js';

/** The most different products of one order. */
export const MAX_ORDER_PRODUCTS = 50;
/** The most pieces of one product in one order. */
export const MAX_LINE_QUANTITY = 999;

/** A product of a basket, and how many pieces of it. */
export interface BasketItem {
  readonly productId: ProductId;
  readonly quantity: Quantity;
}

/** An order has 1 to 50 products, each of 1 to 999 pieces. `productId` names the first product at fault. */
export interface InvalidBasket {
  readonly code: 'INVALID_BASKET';
  readonly reason: 'EMPTY' | 'TOO_MANY_PRODUCTS' | 'QUANTITY_OUT_OF_RANGE';
  readonly productId: ProductId | null;
}

/** What a customer wants to buy: each product once, in the order in which it was first named. */
export class Basket {
  private constructor(readonly items: readonly BasketItem[]) {}

  /** Puts the wishes together; a product named twice is one item with the sum. */
  static of(
    wishes: readonly { readonly productId: ProductId; readonly quantity: number }[],
  ): Result<Basket, InvalidBasket> {
    const totals = new Map<ProductId, number>();
    for (const { productId, quantity } of wishes) {
      const total = (totals.get(productId) ?? 0) + quantity;
      if (!isLineQuantity(quantity) || !isLineQuantity(total)) {
        return err({ code: 'INVALID_BASKET', reason: 'QUANTITY_OUT_OF_RANGE', productId });
      }
      totals.set(productId, total);
    }
    if (totals.size === 0) {
      return err({ code: 'INVALID_BASKET', reason: 'EMPTY', productId: null });
    }
    if (totals.size > MAX_ORDER_PRODUCTS) {
      return err({ code: 'INVALID_BASKET', reason: 'TOO_MANY_PRODUCTS', productId: null });
    }
    return ok(
      new Basket([...totals].map(([productId, total]) => ({ productId, quantity: pieces(total) }))),
    );
  }
}

const isLineQuantity = (quantity: number): boolean =>
  Number.isInteger(quantity) && quantity >= 1 && quantity <= MAX_LINE_QUANTITY;
