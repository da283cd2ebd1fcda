import type { CouponSnapshot, OrderSnapshot, StockSnapshot } from '@jumun/domain';
import { type InMemoryStore, saleKey } from '../in-memory/in-memory-store.js';
import type { AuditedCoupon, AuditedOrder, AuditedStock, BooksAudit } from './books-audit.js';

/** Pieces ever put on the shelf, by product: a test knows them, a store does not. */
export type Shelved = ReadonlyMap<number, number>;

/** An in-memory store as the audit looks at it. */
export const booksOf = (store: InMemoryStore, shelved: Shelved): BooksAudit => ({
  stocks: store.stocks.all().map((stock) => auditedStock(stock, shelved)),
  wallets: store.wallets.all(),
  entries: store.walletEntries.all(),
  orders: store.orders.all().map(auditedOrder),
  coupons: store.coupons.all().map(auditedCoupon),
  campaigns: store.campaigns.all(),
  sales: store.sales.all().map((sale) => ({
    ...sale,
    isCounted: store.countedSales.get(saleKey(sale)) !== undefined,
  })),
  sums: store.dailySales.all(),
  deliveries: store.deliveries.all(),
});

export const auditedStock = (stock: StockSnapshot, shelved: Shelved): AuditedStock => ({
  ...stock,
  shelved: shelved.get(stock.productId) ?? 0,
});

export const auditedOrder = (order: OrderSnapshot): AuditedOrder => ({
  ...order,
  paid: 'payment' in order && order.payment !== null,
});

export const auditedCoupon = (coupon: CouponSnapshot): AuditedCoupon => ({
  ...coupon,
  orderId: coupon.status === 'AVAILABLE' ? null : coupon.orderId,
});
