import type { ProductId } from '../shared/ids.js';
import type { Money } from '../shared/money.js';
import type { Quantity } from '../shared/quantity.js';

/** One product of an order, with the name and price it had when the order was placed. */
export interface OrderLine {
  readonly productId: ProductId;
  readonly name: string;
  readonly unitPrice: Money;
  readonly quantity: Quantity;
  /** unitPrice × quantity, before the discount. */
  readonly amount: Money;
  /** This line's share of the order's discount. */
  readonly discount: Money;
}
