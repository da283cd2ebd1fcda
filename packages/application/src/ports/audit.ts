import type {
  CouponCampaignId,
  CouponStatus,
  Instant,
  OrderStatus,
  WalletEntryKind,
} from '@jumun/domain';

/** Entries of one kind in the ledgers of all customers. */
export interface LedgerTotal {
  readonly kind: WalletEntryKind;
  readonly count: number;
  /** Won, signed as the entries are. */
  readonly amount: number;
}

/** Orders of one status, as they are stored: one that nobody has tidied up yet is PENDING past its time. */
export interface OrderTotal {
  readonly status: OrderStatus;
  readonly count: number;
  /** Won. */
  readonly total: number;
  /** Those that were paid, also where they were refunded later. */
  readonly paid: number;
  /** Won of those. */
  readonly paidTotal: number;
  /** Those with a coupon. */
  readonly withCoupon: number;
}

/** Coupons of one campaign in one state. EXPIRED: AVAILABLE ones past their time. */
export interface CouponTotal {
  readonly campaignId: CouponCampaignId;
  readonly status: CouponStatus;
  readonly count: number;
}

export interface CampaignTotal {
  readonly id: CouponCampaignId;
  readonly name: string;
  readonly totalQuantity: number;
  /** As the campaign counts them. */
  readonly issued: number;
}

/** Everything that the shop has written down, added up at one moment. What there is none of may be left out of a list. */
export interface BooksTotals {
  readonly wallets: { readonly count: number; readonly balance: number };
  readonly ledger: readonly LedgerTotal[];
  readonly stocks: {
    readonly count: number;
    readonly onHand: number;
    readonly reserved: number;
  };
  readonly orders: readonly OrderTotal[];
  /** Pieces of all PENDING orders. */
  readonly pendingPieces: number;
  /** Pieces and won of all sales records, refunds taken off. */
  readonly sales: { readonly quantity: number; readonly revenue: number };
  readonly coupons: readonly CouponTotal[];
  /** Newest first, by id. */
  readonly campaigns: readonly CampaignTotal[];
}

/** Reads over everything. They take long where there is much, so whoever offers them sees to it that nobody asks too often. */
export interface AuditQueries {
  /** All sums are of one moment, whatever happens meanwhile; `now` judges which coupons have expired. */
  totals(now: Instant): Promise<BooksTotals>;
}
