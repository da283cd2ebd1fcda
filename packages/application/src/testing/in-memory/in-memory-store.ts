import type {
  CouponCampaignId,
  CouponCampaignSnapshot,
  CouponId,
  CouponSnapshot,
  DailySales,
  OrderId,
  OrderSnapshot,
  ProductId,
  ProductSnapshot,
  Review,
  ReviewId,
  Sale,
  StockSnapshot,
  UserId,
  WalletEntry,
  WalletSnapshot,
} from '@jumun/domain';
import type { Delivery, DeliveryId } from '../../delivery/delivery.js';
import type { IdempotencyKey, RememberedAnswer } from '../../ports/repositories.js';
import type { StatisticsProgress, StoredRanking } from '../../ports/statistics.js';
import { Table } from './table.js';

/** Everything the shop keeps, as plain rows, with the UNIQUE rules of the real tables. */
export class InMemoryStore {
  readonly orders = new Table<OrderId, OrderSnapshot>('order', ({ id }) => id);
  readonly wallets = new Table<UserId, WalletSnapshot>('wallet', ({ userId }) => userId);
  readonly walletEntries = new Table<string, WalletEntry>(
    'wallet entry',
    ({ userId, sequence }) => `${userId}:${sequence}`,
    { id: ({ id }) => String(id) },
  );
  readonly coupons = new Table<CouponId, CouponSnapshot>('coupon', ({ id }) => id, {
    'campaign, user': ({ campaignId, userId }) => `${campaignId}:${userId}`,
    'campaign, issueNumber': ({ campaignId, issueNumber }) => `${campaignId}:${issueNumber}`,
  });
  readonly campaigns = new Table<CouponCampaignId, CouponCampaignSnapshot>(
    'coupon campaign',
    ({ id }) => id,
  );
  readonly products = new Table<ProductId, ProductSnapshot>('product', ({ id }) => id);
  readonly stocks = new Table<ProductId, StockSnapshot>('stock', ({ productId }) => productId);
  readonly reviews = new Table<ReviewId, Review>('review', ({ id }) => id, {
    'product, user': ({ productId, userId }) => `${productId}:${userId}`,
  });
  /** An order sells each of its products once, and takes it back at most once. */
  readonly sales = new Table<string, Sale>('sale', saleKey);
  /** The keys of the sales that the daily sums have in them. */
  readonly countedSales = new Table<string, string>('counted sale', (key) => key);
  readonly dailySales = new Table<string, DailySales>('daily sum', dailyKey);
  readonly rankings = new Table<string, StoredRanking>('ranking', rankingKey);
  readonly progress = new Table<typeof PROGRESS_KEY, StatisticsProgress>(
    'progress of the statistics',
    () => PROGRESS_KEY,
  );
  readonly deliveries = new Table<DeliveryId, Delivery>('delivery', ({ id }) => id, {
    'order, sequence': ({ orderId, sequence }) => `${orderId}:${sequence}`,
  });
  readonly answers = new Table<string, RememberedAnswer>('idempotency key', answerKey);

  private lastInLine: Promise<unknown> = Promise.resolve();

  /** Runs works one after another, in the order of asking. */
  exclusively<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.lastInLine.then(work);
    this.lastInLine = turn.catch(() => undefined);
    return turn;
  }
}

export const saleKey = ({ orderId, productId, quantity }: Sale): string =>
  `${orderId}:${productId}:${Math.sign(quantity)}`;

export const dailyKey = ({ day, productId }: DailySales): string => `${day}:${productId}`;

export const rankingKey = ({ days, sort }: Pick<StoredRanking, 'days' | 'sort'>): string =>
  `${days}:${sort}`;

/** There is one row of it. */
export const PROGRESS_KEY = 'all';

export const answerKey = ({ userId, key }: IdempotencyKey): string => `${userId}:${key}`;
