import type { Instant, OrderStatus, WalletEntryKind } from '@jumun/domain';
import type { BooksTotals, CampaignTotal, OrderTotal } from '../ports/audit.js';

/**
 * Two figures that were written down in different places and must be the same.
 * `WALLETS_AND_LEDGER`: what all customers have, and the sum of all entries.
 * `PAYMENTS_AND_ORDERS`, `REFUNDS_AND_ORDERS`: won in the ledgers, and in the orders that were paid, or refunded.
 * `SALES_AND_ORDERS`: won in the sales records, and in the orders that are COMPLETED.
 * `HELD_PIECES_AND_ORDERS`: pieces that are reserved, and those of PENDING orders.
 * `COUPONS_AND_CAMPAIGNS`: coupons there are, and as the campaigns count them.
 * `HELD_COUPONS_AND_ORDERS`, `USED_COUPONS_AND_ORDERS`: coupons in that state, and PENDING or COMPLETED orders with one.
 */
export const BOOKS_CHECKS = [
  'WALLETS_AND_LEDGER',
  'PAYMENTS_AND_ORDERS',
  'REFUNDS_AND_ORDERS',
  'SALES_AND_ORDERS',
  'HELD_PIECES_AND_ORDERS',
  'COUPONS_AND_CAMPAIGNS',
  'HELD_COUPONS_AND_ORDERS',
  'USED_COUPONS_AND_ORDERS',
] as const;

/** Two figures that must be the same; see {@link BOOKS_CHECKS}. */
export interface BooksCheck {
  readonly name: (typeof BOOKS_CHECKS)[number];
  /** The two figures, in the order in which the name says them. */
  readonly one: number;
  readonly other: number;
  readonly agrees: boolean;
}

/** Coupons by what has become of them; they add up to those that were issued. */
export interface CouponSums {
  readonly issued: number;
  readonly available: number;
  readonly reserved: number;
  readonly used: number;
  /** Not used in time. */
  readonly expired: number;
}

/** A campaign, and what has become of its coupons. */
export interface CampaignBooks extends CampaignTotal {
  readonly coupons: CouponSums;
}

/** The sums of everything that the shop has written down, all of one moment, and whether they agree. */
export interface BooksView {
  readonly countedAt: Instant;
  /** Whether every check does. */
  readonly agrees: boolean;
  readonly checks: readonly BooksCheck[];
  readonly wallets: BooksTotals['wallets'];
  /** Won in the ledgers of all customers; `paid` is negative. */
  readonly ledger: {
    readonly entries: number;
    readonly charged: number;
    readonly paid: number;
    readonly refunded: number;
    readonly balance: number;
  };
  /** Pieces. `held`: reserved for PENDING orders. `sold`: refunded ones taken off. */
  readonly stock: {
    readonly products: number;
    readonly onHand: number;
    readonly held: number;
    readonly sold: number;
  };
  /** Every status once. PENDING: also those past their time that nobody has tidied up yet. */
  readonly orders: readonly {
    readonly status: OrderStatus;
    readonly count: number;
    readonly total: number;
  }[];
  /** Won of all sales, refunds taken off. */
  readonly revenue: number;
  readonly coupons: CouponSums & {
    readonly campaigns: number;
    /** As many as there ever will be, unless a campaign grows. */
    readonly totalQuantity: number;
  };
  /** The latest campaigns, newest first. */
  readonly campaigns: readonly CampaignBooks[];
}

const STATUSES: readonly OrderStatus[] = ['PENDING', 'COMPLETED', 'CANCELLED', 'EXPIRED'];
/** Of more campaigns nobody reads one by one. */
const MOST_CAMPAIGNS = 50;

const add = (figures: readonly number[]): number => figures.reduce((sum, each) => sum + each, 0);

/** Makes sums readable, and compares those that must be the same. */
export function booksViewOf(totals: BooksTotals, countedAt: Instant): BooksView {
  const { wallets, stocks, sales, campaigns } = totals;
  const ledger = ledgerSums(totals.ledger);
  const orders = STATUSES.map((status) => ordersOf(totals, status));
  const coupons = couponSums(totals.coupons);
  const checks = checksOf(totals, ledger, coupons);
  return {
    countedAt,
    agrees: checks.every(({ agrees }) => agrees),
    checks,
    wallets,
    ledger,
    stock: {
      products: stocks.count,
      onHand: stocks.onHand,
      held: stocks.reserved,
      sold: sales.quantity,
    },
    orders: orders.map(({ status, count, total }) => ({ status, count, total })),
    revenue: sales.revenue,
    coupons: {
      campaigns: campaigns.length,
      totalQuantity: add(campaigns.map(({ totalQuantity }) => totalQuantity)),
      ...coupons,
    },
    campaigns: campaigns.slice(0, MOST_CAMPAIGNS).map((campaign) => ({
      ...campaign,
      coupons: couponSums(totals.coupons.filter(({ campaignId }) => campaignId === campaign.id)),
    })),
  };
}

function ordersOf({ orders }: BooksTotals, status: OrderStatus): OrderTotal {
  const none = { status, count: 0, total: 0, paid: 0, paidTotal: 0, withCoupon: 0 };
  return orders.find((each) => each.status === status) ?? none;
}

function couponSums(totals: BooksTotals['coupons']): CouponSums {
  const of = (status: BooksTotals['coupons'][number]['status']): number =>
    add(totals.filter((each) => each.status === status).map(({ count }) => count));
  return {
    issued: add(totals.map(({ count }) => count)),
    available: of('AVAILABLE'),
    reserved: of('RESERVED'),
    used: of('USED'),
    expired: of('EXPIRED'),
  };
}

function ledgerSums(ledger: BooksTotals['ledger']): BooksView['ledger'] {
  const won = (kind: WalletEntryKind): number =>
    add(ledger.filter((entry) => entry.kind === kind).map(({ amount }) => amount));
  return {
    entries: add(ledger.map(({ count }) => count)),
    charged: won('CHARGE'),
    paid: won('PAYMENT'),
    refunded: won('REFUND'),
    balance: add(ledger.map(({ amount }) => amount)),
  };
}

function checksOf(
  totals: BooksTotals,
  ledger: BooksView['ledger'],
  coupons: CouponSums,
): readonly BooksCheck[] {
  const { wallets, stocks, orders, sales, campaigns, pendingPieces } = totals;
  const [pending, completed, cancelled] = (['PENDING', 'COMPLETED', 'CANCELLED'] as const).map(
    (status) => ordersOf(totals, status),
  );
  const figures: Readonly<Record<BooksCheck['name'], readonly [one: number, other: number]>> = {
    WALLETS_AND_LEDGER: [wallets.balance, ledger.balance],
    PAYMENTS_AND_ORDERS: [0 - ledger.paid, add(orders.map(({ paidTotal }) => paidTotal))],
    REFUNDS_AND_ORDERS: [ledger.refunded, cancelled?.paidTotal ?? 0],
    SALES_AND_ORDERS: [sales.revenue, completed?.total ?? 0],
    HELD_PIECES_AND_ORDERS: [stocks.reserved, pendingPieces],
    COUPONS_AND_CAMPAIGNS: [coupons.issued, add(campaigns.map(({ issued }) => issued))],
    HELD_COUPONS_AND_ORDERS: [coupons.reserved, pending?.withCoupon ?? 0],
    USED_COUPONS_AND_ORDERS: [coupons.used, completed?.withCoupon ?? 0],
  };
  return BOOKS_CHECKS.map((name) => {
    const [one, other] = figures[name];
    return { name, one, other, agrees: one === other };
  });
}
