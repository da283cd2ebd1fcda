import { describe, expect, it } from '@jest/globals';
import {
  type Basket,
  err,
  type Instant,
  Order,
  orderId,
  paymentId,
  pieces,
  type Product,
  type ProductId,
  type Result,
  type Stock,
  type Wallet,
  walletEntryId,
} from './index.js';
import {
  aBasket,
  accepted,
  aStock,
  aWallet,
  catalogueOf,
  NOON,
  refused,
  WIRELESS_MOUSE,
} from './testing/index.js';

interface Shop {
  readonly products: ReadonlyMap<ProductId, Product>;
  readonly stock: Stock;
  readonly wallet: Wallet;
}
type Bought = Result<{ order: Order; stock: Stock; wallet: Wallet }, { readonly code: string }>;

// The example of README.md, word for word.
function buy({ products, stock, wallet }: Shop, basket: Basket, now: Instant): Bought {
  const [id, userId] = [orderId(1001), wallet.userId];
  const order = { id, userId, basket, products, coupon: null, now, holdSeconds: 900 };
  const placed = Order.place(order);
  if (placed.isErr()) return err(placed.error); // PRODUCT_NOT_FOUND
  const held = stock.reserve(pieces(1));
  if (held.isErr()) return err(held.error); // OUT_OF_STOCK
  const paid = placed.value.next.pay({ paymentId: paymentId(2001), amount: 25_000, now });
  if (paid.isErr()) return err(paid.error); // ORDER_NOT_PAYABLE, AMOUNT_MISMATCH
  const { next, event } = paid.value;
  return wallet // INSUFFICIENT_BALANCE
    .pay({ entryId: walletEntryId(1), orderId: id, amount: event.total, at: now })
    .map((spent) => ({ order: next, stock: held.value.post(pieces(1)), wallet: spent.next }));
}

describe('The example of the README', () => {
  const shop = {
    products: catalogueOf(WIRELESS_MOUSE),
    stock: aStock({ onHand: 50 }),
    wallet: aWallet({ balance: 50_000 }),
  };
  const basket = aBasket([101, 1]);

  it('is scenario 1: 25,000 won and 49 pieces are left', () => {
    const { order, stock, wallet } = accepted(buy(shop, basket, NOON));
    expect(order.statusAt(NOON)).toBe('COMPLETED');
    expect(stock.available).toBe(49);
    expect(wallet.balance).toBe(25_000);
  });

  it('is refused as a value, and leaves nothing behind', () => {
    const poor = { ...shop, wallet: aWallet({ balance: 24_999 }) };
    expect(refused(buy(poor, basket, NOON)).code).toBe('INSUFFICIENT_BALANCE');
    expect(poor.stock.available).toBe(50);
    expect(poor.wallet.balance).toBe(24_999);
  });
});
