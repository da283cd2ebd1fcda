import type { Shop } from '@jumun/application';

/** The part of a shop that the order flow needs: what a baseline has to do. */
export type OrderShop = Pick<Shop, 'placeOrder' | 'payOrder' | 'readWallet' | 'close'>;

/** A shop, and what it stands on. */
export interface OpenedShop<Kind extends OrderShop = OrderShop> {
  readonly shop: Kind;
  /** Closes the shop, where that is not done yet, and all that it stands on. */
  readonly close: () => Promise<void>;
}
