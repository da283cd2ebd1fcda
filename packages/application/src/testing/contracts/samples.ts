import {
  afterSeconds,
  type DailySales,
  dailySalesOf,
  instant,
  MAX_REVIEW_LENGTH,
  type Order,
  type ProductId,
  productId,
  type Review,
  reviewId,
  type Sale,
  type SalesDay,
  userId,
  type WalletEntry,
  walletEntryId,
  won,
} from '@jumun/domain';
import { accepted, aCompletedOrder, NOON } from '@jumun/domain/testing';
import type { DeliveryId, NewDelivery } from '../../delivery/delivery.js';
import type { Queries } from '../../ports/queries.js';
import type { StoredRanking } from '../../ports/statistics.js';
import type { UnitOfWork } from '../../ports/unit-of-work.js';

/** Texts that a careless store loses, cuts or takes for something else. */
export const HARD_TEXTS: readonly string[] = [
  '무선 마우스 🖱',
  `'; DROP TABLE orders; -- "quoted" \\ \`back\``,
  ' with spaces around ',
  '\u0000\t\r\n',
  'e\u0301 is not é',
  '👩🏽‍🚀👨‍👩‍👧‍👦',
];

/** 2,000 characters, which are more bytes than that. */
export const LONG_TEXT = '가'.repeat(MAX_REVIEW_LENGTH);

/** The greatest number that is still exact. */
export const MOST = Number.MAX_SAFE_INTEGER;

/** The last millisecond of the year 9999. */
export const FAR_FUTURE = instant(Date.UTC(9999, 11, 31, 23, 59, 59, 999));

/** An order that was paid by a payment of its own, and then called off. */
export const refundedOrder = (fields: Parameters<typeof aCompletedOrder>[0]): Order =>
  accepted(aCompletedOrder(fields).cancel(afterSeconds(NOON, 120))).next;

export const aReview = ({
  id = 1,
  product = 101,
  user = 1,
  rating = 5,
  text = '좋아요',
  createdAt = NOON,
} = {}): Review => ({
  id: reviewId(id),
  productId: productId(product),
  userId: userId(user),
  rating,
  text,
  createdAt,
});

export const anEntry = ({
  id = 1,
  user = 1,
  sequence = 1,
  kind = 'CHARGE',
  amount = 1_000,
  balanceAfter = 1_000,
  orderId = null,
  createdAt = NOON,
}: Partial<Pick<WalletEntry, 'kind' | 'orderId' | 'createdAt'>> & {
  readonly id?: number;
  readonly user?: number;
  readonly sequence?: number;
  readonly amount?: number;
  readonly balanceAfter?: number;
} = {}): WalletEntry => ({
  id: walletEntryId(id),
  userId: userId(user),
  sequence,
  kind,
  amount,
  balanceAfter: won(balanceAfter),
  orderId,
  createdAt,
});

export const aSale = ({
  order = 1001,
  product = 101,
  day = 20_240_117,
  quantity = 1,
  revenue = 25_000,
} = {}): Sale => ({
  orderId: order as Sale['orderId'],
  productId: productId(product),
  day: salesDay(day),
  quantity,
  revenue,
});

export const aSum = ({
  day = 20_240_117,
  product = 101,
  quantity = 1,
  revenue = 25_000,
} = {}): DailySales => ({
  day: salesDay(day),
  productId: productId(product),
  quantity,
  revenue,
});

export const aRanking = ({
  days = 3,
  sort = 'quantity',
  version = 1,
  computedAt = NOON,
  totalQuantity = 1_250,
  places = [
    { rank: 1, previousRank: null, productId: productId(103), quantity: 150, revenue: 9_750_000 },
    { rank: 2, previousRank: 1, productId: productId(101), quantity: 120, revenue: 0 },
  ],
}: Partial<StoredRanking> = {}): StoredRanking => ({
  days,
  sort,
  version,
  computedAt,
  from: salesDay(20_240_115),
  to: salesDay(20_240_117),
  totalQuantity,
  places,
});

/** Counts all sales records that were not counted, as a roll-up does; returns them. */
export const countSales = (unitOfWork: UnitOfWork): Promise<readonly Sale[]> =>
  unitOfWork.run(async ({ statistics }) => {
    if (!(await statistics.takeTurn())) return [];
    const sales = await statistics.takeUncounted(10_000);
    await statistics.addDaily(dailySalesOf(sales));
    return sales;
  });

/** The sales records that were not counted yet, in any order. */
export const uncountedSales = ({ statistics }: Queries): Promise<readonly Sale[]> =>
  statistics.atOneMoment((moment) => moment.uncounted(null, MOST as Sale['orderId']));

export const aNewDelivery = ({
  id = 1,
  order = 1001,
  sequence = 1,
  type = 'jumun.order.completed.v1',
  payload = '{}',
  createdAt = NOON,
}: Partial<Pick<NewDelivery, 'sequence' | 'type' | 'payload' | 'createdAt'>> & {
  readonly id?: number;
  readonly order?: number;
} = {}): NewDelivery => ({
  id: id as DeliveryId,
  orderId: order as NewDelivery['orderId'],
  sequence,
  type,
  payload,
  createdAt,
});

/** A day such as 20240117. */
export const salesDay = (digits: number): SalesDay => digits as SalesDay;

export const productIds = (...ids: readonly number[]): readonly ProductId[] => ids.map(productId);

export const idsOf = (rows: readonly { readonly id: number }[]): readonly number[] =>
  rows.map(({ id }) => id);
