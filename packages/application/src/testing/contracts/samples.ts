import {
  afterSeconds,
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
