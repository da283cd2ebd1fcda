import type { PaymentView, PayOrder } from '@jumun/application';
import type { Knex } from 'knex';
import { Refused } from './refused.ts';
import type {
  DeliveryRow,
  OrderLineRow,
  OrderRow,
  SalesRecordRow,
  StockRow,
  WalletEntryRow,
  WalletRow,
} from './textbook-rows.ts';

export interface PaymentTerms {
  readonly paymentId: number;
  readonly entryId: number;
  readonly deliveryId: number;
  /** The day of the sale, as YYYYMMDD. */
  readonly day: number;
  readonly now: number;
}

/** Pays an order: locks it, its wallet and its stocks, in this order, and books everything. */
export async function pay(
  trx: Knex.Transaction,
  { userId, orderId, amount }: PayOrder,
  terms: PaymentTerms,
): Promise<PaymentView> {
  const order = await trx<OrderRow>('orders').where({ id: orderId }).forUpdate().first();
  if (order?.user_id !== userId) throw new Refused({ code: 'ORDER_NOT_FOUND', orderId });
  if (order.status !== 'PENDING' || order.expires_at <= terms.now) {
    throw new Refused({ code: 'ORDER_NOT_PAYABLE', orderStatus: order.status });
  }
  if (amount !== null && amount !== order.total) {
    throw new Refused({ code: 'AMOUNT_MISMATCH', required: order.total });
  }
  const lines = await trx<OrderLineRow>('order_lines').where({ order_id: orderId });
  const wallet = await trx<WalletRow>('wallets').where({ user_id: userId }).forUpdate().first();
  if (wallet === undefined || wallet.balance < order.total) {
    const balance = wallet?.balance ?? 0;
    throw new Refused({ code: 'INSUFFICIENT_BALANCE', balance, required: order.total });
  }
  await trx<StockRow>('stocks')
    .whereIn(
      'product_id',
      lines.map(({ product_id }) => product_id),
    )
    .orderBy('product_id')
    .forUpdate();
  const balance = await book(trx, order, wallet, terms);
  await sell(trx, lines, terms);
  await tell(trx, order, lines, terms);
  return {
    paymentId: terms.paymentId,
    orderId,
    status: 'SUCCESS',
    amount: order.total,
    balance,
    orderStatus: 'COMPLETED',
  } as unknown as PaymentView;
}

/** The order is paid, and the money leaves the wallet; returns what is left in it. */
async function book(
  trx: Knex.Transaction,
  { id, user_id, total }: OrderRow,
  wallet: WalletRow,
  { paymentId, entryId, now }: PaymentTerms,
): Promise<number> {
  await trx<OrderRow>('orders')
    .where({ id })
    .update({ status: 'COMPLETED', payment_id: paymentId, paid_at: now });
  const balance = wallet.balance - total;
  const sequence = wallet.entries + 1;
  await trx<WalletRow>('wallets')
    .where({ user_id })
    .update({ balance, entries: sequence, updated_at: now });
  await trx<WalletEntryRow>('wallet_entries').insert({
    user_id,
    sequence,
    id: entryId,
    kind: 'PAYMENT',
    amount: -total,
    balance_after: balance,
    order_id: id,
    created_at: now,
  });
  return balance;
}

/** What was held leaves the shelf, and is counted as sold. */
async function sell(
  trx: Knex.Transaction,
  lines: readonly OrderLineRow[],
  { day }: PaymentTerms,
): Promise<void> {
  for (const { product_id, quantity } of lines) {
    await trx<StockRow>('stocks')
      .where({ product_id })
      .update({
        on_hand: trx.raw<number>('on_hand - ?', [quantity]),
        reserved: trx.raw<number>('reserved - ?', [quantity]),
      });
  }
  await trx<SalesRecordRow>('sales_records').insert(
    lines.map(({ order_id, product_id, quantity, amount, discount }) => ({
      order_id,
      product_id,
      sign: 1,
      day,
      quantity,
      revenue: amount - discount,
    })),
  );
}

/** The data platform is to be told: the message is written now, and sent by somebody else. */
async function tell(
  trx: Knex.Transaction,
  { id, user_id, subtotal, discount, total }: OrderRow,
  lines: readonly OrderLineRow[],
  { paymentId, deliveryId, now }: PaymentTerms,
): Promise<void> {
  const type = 'jumun.order.completed.v1';
  const timestamp = new Date(now).toISOString();
  const data = {
    orderId: id,
    sequence: 1,
    userId: user_id,
    paymentId,
    couponId: null,
    items: lines.map((line) => ({
      productId: line.product_id,
      name: line.name,
      unitPrice: line.unit_price,
      quantity: line.quantity,
      amount: line.amount,
      discount: line.discount,
    })),
    subtotal,
    discount,
    total,
    completedAt: timestamp,
  };
  await trx<DeliveryRow>('deliveries').insert({
    id: deliveryId,
    order_id: id,
    sequence: 1,
    type,
    payload: JSON.stringify({ type, timestamp, data }),
    created_at: now,
    status: 'PENDING',
    attempts: 0,
    last_error: null,
    next_attempt_at: now,
    delivered_at: null,
  });
}
