import type { OrderView, PlaceOrder } from '@jumun/application';
import type { Knex } from 'knex';
import { Refused } from './refused.ts';
import type { OrderLineRow, OrderRow, ProductRow, StockRow, WalletRow } from './textbook-rows.ts';

const HOLD_MS = 900_000;

/** Places an order without a coupon: holds the stock, and looks whether the wallet can pay. */
export async function place(
  trx: Knex.Transaction,
  { userId, basket }: PlaceOrder,
  { id, now }: { readonly id: number; readonly now: number },
): Promise<OrderView> {
  const productIds = basket.items.map(({ productId }) => productId).toSorted((a, b) => a - b);
  const products = await trx<ProductRow>('products')
    .select('id', 'name', 'price')
    .whereIn('id', productIds);
  const wallet = await trx<WalletRow>('wallets').where({ user_id: userId }).first();
  const stocks = await trx<StockRow>('stocks')
    .whereIn('product_id', productIds)
    .orderBy('product_id')
    .forUpdate();

  const lines = basket.items.map(({ productId, quantity }, at): OrderLineRow => {
    const product = products.find((each) => each.id === productId);
    if (product === undefined) throw new Refused({ code: 'PRODUCT_NOT_FOUND', productId });
    return {
      order_id: id,
      line_number: at + 1,
      product_id: product.id,
      name: product.name,
      unit_price: product.price,
      quantity,
      amount: product.price * quantity,
      discount: 0,
    };
  });
  const short = lines.flatMap(({ product_id: productId, quantity: requested }) => {
    const stock = stocks.find((each) => each.product_id === productId);
    const available = stock === undefined ? 0 : stock.on_hand - stock.reserved;
    return available < requested ? [{ productId, requested, available }] : [];
  });
  if (short.length > 0) throw new Refused({ code: 'OUT_OF_STOCK', items: short, alternatives: [] });
  const total = lines.reduce((sum, { amount }) => sum + amount, 0);
  const balance = wallet?.balance ?? 0;
  if (balance < total) {
    throw new Refused({ code: 'INSUFFICIENT_BALANCE', balance, required: total });
  }

  const order: OrderRow = {
    id,
    user_id: userId,
    coupon_id: null,
    subtotal: total,
    discount: 0,
    total,
    created_at: now,
    expires_at: now + HOLD_MS,
    status: 'PENDING',
    payment_id: null,
    paid_at: null,
    closed_at: null,
  };
  await trx<OrderRow>('orders').insert(order);
  await trx<OrderLineRow>('order_lines').insert(lines);
  for (const { product_id, quantity } of lines) {
    await trx<StockRow>('stocks').where({ product_id }).increment('reserved', quantity);
  }
  return viewOf(order, lines);
}

/** Rows hold plain numbers; the front takes them for what they are. */
const viewOf = (order: OrderRow, lines: readonly OrderLineRow[]): OrderView =>
  ({
    id: order.id,
    status: order.status,
    items: lines.map((line) => ({
      productId: line.product_id,
      name: line.name,
      unitPrice: line.unit_price,
      quantity: line.quantity,
      amount: line.amount,
    })),
    couponId: null,
    subtotal: order.subtotal,
    discount: order.discount,
    total: order.total,
    createdAt: order.created_at,
    expiresAt: order.expires_at,
    paidAt: null,
    paymentId: null,
  }) as unknown as OrderView;
