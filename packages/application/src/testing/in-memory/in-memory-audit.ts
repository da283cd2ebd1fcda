import { type CouponStatus, couponStatusAt, type Instant, type OrderSnapshot } from '@jumun/domain';
import type { AuditQueries, CouponTotal, LedgerTotal, OrderTotal } from '../../ports/audit.js';
import type { InMemoryStore } from './in-memory-store.js';

/** Adds up what is committed. Nothing is awaited meanwhile, so it is all of one moment. */
export const auditQueries = (store: InMemoryStore): AuditQueries => ({
  totals: async (now) => {
    const stocks = store.stocks.all();
    const wallets = store.wallets.all();
    const sales = store.sales.all();
    const orders = store.orders.all();
    const pending = orders.filter(({ status }) => status === 'PENDING');
    return {
      wallets: { count: wallets.length, balance: sumOf(wallets, ({ balance }) => balance) },
      ledger: ledgerOf(store),
      stocks: {
        count: stocks.length,
        onHand: sumOf(stocks, ({ onHand }) => onHand),
        reserved: sumOf(stocks, ({ reserved }) => reserved),
      },
      orders: ordersOf(orders),
      pendingPieces: sumOf(
        pending.flatMap(({ lines }) => lines),
        ({ quantity }) => quantity,
      ),
      sales: {
        quantity: sumOf(sales, ({ quantity }) => quantity),
        revenue: sumOf(sales, ({ revenue }) => revenue),
      },
      coupons: couponsOf(store, now),
      campaigns: store.campaigns
        .all()
        .toSorted((a, b) => b.id - a.id)
        .map(({ id, name, totalQuantity, issued }) => ({ id, name, totalQuantity, issued })),
    };
  },
});

const sumOf = <Row>(rows: readonly Row[], figure: (row: Row) => number): number =>
  rows.reduce((sum, row) => sum + figure(row), 0);

const ledgerOf = (store: InMemoryStore): readonly LedgerTotal[] =>
  [...Map.groupBy(store.walletEntries.all(), ({ kind }) => kind)].map(([kind, entries]) => ({
    kind,
    count: entries.length,
    amount: sumOf(entries, ({ amount }) => amount),
  }));

const ordersOf = (orders: readonly OrderSnapshot[]): readonly OrderTotal[] =>
  [...Map.groupBy(orders, ({ status }) => status)].map(([status, own]) => {
    const paid = own.filter((order) => 'payment' in order && order.payment !== null);
    return {
      status,
      count: own.length,
      total: sumOf(own, ({ total }) => total),
      paid: paid.length,
      paidTotal: sumOf(paid, ({ total }) => total),
      withCoupon: own.filter(({ couponId }) => couponId !== null).length,
    };
  });

const couponsOf = (store: InMemoryStore, now: Instant): readonly CouponTotal[] =>
  [...Map.groupBy(store.coupons.all(), ({ campaignId }) => campaignId)].flatMap(
    ([campaignId, coupons]) => {
      const byStatus = Map.groupBy(coupons, (coupon): CouponStatus => couponStatusAt(coupon, now));
      return [...byStatus].map(([status, own]) => ({ campaignId, status, count: own.length }));
    },
  );
