import { BOOKS_CHECKS } from '@jumun/application';
import { z } from 'zod';
import {
  at,
  campaignSchema,
  count,
  id,
  named,
  ORDER,
  orderSchema,
  orderStatusSchema,
  productPageOf,
  productSchema,
  told,
  won,
} from './answer-schemas.js';

/** What only operators are shown; as in `answer-schemas.ts`, examples are the scenarios'. */

const MOUSE = {
  id: 101,
  name: '무선 마우스',
  description: '조용하고 가벼운 무선 마우스입니다.',
  category: '마우스',
  price: 25_000,
};

export const shelfSchema = named(
  'Shelf',
  'A product, and all its pieces.',
  productSchema.extend({
    onHand: told(count, 'Pieces there are, the reserved ones too.'),
    reserved: told(count, 'Of those, pieces held for orders that are not paid yet.'),
  }),
  { ...MOUSE, stock: 42, onHand: 50, reserved: 8 },
);

export const shelfListSchema = productPageOf(shelfSchema);

export const operatorOrderSchema = named(
  'OperatorOrder',
  'An order, and whose it is.',
  orderSchema.extend({ userId: told(id, 'The customer.') }),
  {
    ...ORDER,
    userId: 1,
    status: 'COMPLETED',
    paidAt: '2024-01-17T00:31:00.000Z',
    paymentId: 2001,
  },
);

export const operatorCampaignSchema = named(
  'OperatorCampaign',
  'A coupon campaign as its operator sees it.',
  campaignSchema.extend({
    issuedQuantity: told(count, 'Coupons given so far.'),
    couponValidDays: told(z.int().min(1), 'For how many days a coupon is good.'),
    state: z.enum(['UPCOMING', 'RUNNING', 'ENDED']),
  }),
  {
    id: 501,
    name: '선착순 10% 할인',
    discountRate: 10,
    totalQuantity: 100,
    remainingQuantity: 37,
    startsAt: '2024-01-01T00:00:00.000Z',
    endsAt: '2100-01-01T00:00:00.000Z',
    issuedQuantity: 63,
    couponValidDays: 30,
    state: 'RUNNING',
  },
);

const couponSums = {
  issued: count,
  available: count,
  reserved: told(count, 'Held for orders that are not paid yet.'),
  used: count,
  expired: told(count, 'Not used in time.'),
};

const check = z.object({
  name: z.enum(BOOKS_CHECKS),
  one: told(z.int(), 'The first figure that the name says.'),
  other: told(z.int(), 'The second one.'),
  agrees: z.boolean(),
});

const NO_COUPONS = { issued: 0, available: 0, reserved: 0, used: 0, expired: 0 };

export const booksSchema = named(
  'Books',
  'Everything that the shop has written down, added up at one moment.',
  z.object({
    countedAt: at,
    agrees: told(z.boolean(), 'Whether every check does.'),
    checks: told(z.array(check), 'Figures from different places that must be the same.'),
    wallets: told(z.object({ count, balance: won }), 'What all customers have.'),
    ledger: told(
      z.object({
        entries: count,
        charged: won,
        paid: told(z.int(), 'Whole won, negative.'),
        refunded: won,
        balance: told(z.int(), 'The sum of all entries.'),
      }),
      'What was written into the ledgers of all customers.',
    ),
    stock: told(
      z.object({
        products: count,
        onHand: count,
        held: told(count, 'Reserved for orders that are not paid yet.'),
        sold: told(z.int(), 'Refunded ones taken off.'),
      }),
      'Pieces.',
    ),
    orders: z.array(z.object({ status: orderStatusSchema, count, total: won })),
    revenue: told(z.int(), 'Won of all sales, refunds taken off.'),
    coupons: z.object({ campaigns: count, totalQuantity: count, ...couponSums }),
    campaigns: told(
      z.array(
        z.object({
          id,
          name: z.string(),
          totalQuantity: count,
          issued: told(count, 'As the campaign counts them.'),
          coupons: z.object(couponSums),
        }),
      ),
      'The latest fifty, newest first.',
    ),
  }),
  {
    countedAt: '2024-01-17T00:30:00.000Z',
    agrees: true,
    checks: [{ name: 'WALLETS_AND_LEDGER', one: 25_000, other: 25_000, agrees: true }],
    wallets: { count: 1, balance: 25_000 },
    ledger: { entries: 2, charged: 50_000, paid: -25_000, refunded: 0, balance: 25_000 },
    stock: { products: 1, onHand: 49, held: 0, sold: 1 },
    orders: [{ status: 'COMPLETED', count: 1, total: 25_000 }],
    revenue: 25_000,
    coupons: { campaigns: 1, totalQuantity: 100, ...NO_COUPONS },
    campaigns: [
      {
        id: 501,
        name: '선착순 10% 할인',
        totalQuantity: 100,
        issued: 0,
        coupons: NO_COUPONS,
      },
    ],
  },
);
