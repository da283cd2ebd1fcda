import { err, ok, type Result } from 'neverthrow';
import type { ProductId } from '../shared/ids.js';
import { invariant } from '../shared/invariant.js';
import { MAX_QUANTITY, type Quantity } from '../shared/quantity.js';

/** The stock of one product as it is stored: pieces on hand, and how many of those are held for unpaid orders. */
export interface StockSnapshot {
  readonly productId: ProductId;
  readonly onHand: number;
  readonly reserved: number;
}

/** Fewer pieces are free than were asked for. */
export interface OutOfStock {
  readonly code: 'OUT_OF_STOCK';
  readonly productId: ProductId;
  readonly requested: number;
  readonly available: number;
}

/** The shelf would hold more than {@link MAX_QUANTITY} pieces. */
export interface StockLimitExceeded {
  readonly code: 'STOCK_LIMIT_EXCEEDED';
  readonly productId: ProductId;
  readonly onHand: number;
  readonly limit: number;
}

/**
 * The pieces of one product. An order first *reserves* pieces; paying *posts* them (they leave the shelf), cancelling or
 * expiry *voids* the hold. `0 ≤ reserved ≤ onHand` always holds, so nothing is ever sold twice.
 */
export class Stock {
  private constructor(private readonly state: StockSnapshot) {}

  /** A product newly on the shelf, with nothing held. Throws unless `onHand` is 0 to {@link MAX_QUANTITY}. */
  static open(productId: ProductId, onHand: number): Stock {
    invariant(onHand <= MAX_QUANTITY, `a stock opens with at most ${MAX_QUANTITY} pieces`);
    return Stock.rehydrate({ productId, onHand, reserved: 0 });
  }

  /** For repositories: a stock as it was stored. Throws when the stored state breaks an invariant. */
  static rehydrate({ productId, onHand, reserved }: StockSnapshot): Stock {
    invariant(Number.isSafeInteger(onHand) && onHand >= 0, `pieces on hand: ${onHand}`);
    invariant(Number.isSafeInteger(reserved) && reserved >= 0, `pieces reserved: ${reserved}`);
    invariant(reserved <= onHand, `${reserved} reserved of ${onHand} on hand`);
    return new Stock({ productId, onHand, reserved });
  }

  get productId(): ProductId {
    return this.state.productId;
  }

  /** Pieces that can still be ordered: on hand and not held. */
  get available(): number {
    return this.state.onHand - this.state.reserved;
  }

  /** Holds `quantity` for an order, or says how many are free. */
  reserve(quantity: Quantity): Result<Stock, OutOfStock> {
    if (quantity > this.available) {
      return err({
        code: 'OUT_OF_STOCK',
        productId: this.productId,
        requested: quantity,
        available: this.available,
      });
    }
    return ok(this.with(this.state.onHand, this.state.reserved + quantity));
  }

  /** A held quantity leaves the shelf for good. Throws when it was not held. */
  post(quantity: Quantity): Stock {
    this.assertHeld(quantity);
    return this.with(this.state.onHand - quantity, this.state.reserved - quantity);
  }

  /** A held quantity is free again. Throws when it was not held. */
  void(quantity: Quantity): Stock {
    this.assertHeld(quantity);
    return this.with(this.state.onHand, this.state.reserved - quantity);
  }

  /** New pieces arrive, up to {@link MAX_QUANTITY} on the shelf. */
  restock(quantity: Quantity): Result<Stock, StockLimitExceeded> {
    const { productId, onHand } = this.state;
    if (onHand + quantity > MAX_QUANTITY) {
      return err({ code: 'STOCK_LIMIT_EXCEEDED', productId, onHand, limit: MAX_QUANTITY });
    }
    return ok(this.takeBack(quantity));
  }

  /** Sold pieces return from a refunded order. The shelf's limit does not apply: a refund is never refused for it. */
  takeBack(quantity: Quantity): Stock {
    return this.with(this.state.onHand + quantity, this.state.reserved);
  }

  toSnapshot(): StockSnapshot {
    return { ...this.state };
  }

  private assertHeld(quantity: Quantity): void {
    invariant(
      quantity <= this.state.reserved,
      `${quantity} pieces of product ${this.productId} were not held`,
    );
  }

  private with(onHand: number, reserved: number): Stock {
    return new Stock({ productId: this.productId, onHand, reserved });
  }
}
