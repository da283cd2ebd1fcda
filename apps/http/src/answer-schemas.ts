import { POPULAR_LIMITS } from '@jumun/application';
import { MAX_LINE_QUANTITY, MAX_RATING, MIN_RATING } from '@jumun/domain';
import { z } from 'zod';

/**
 * What the representations look like, for the API's document. A route's handler does not compile when it shows something
 * else. Examples are the scenarios'.
 */

/** A schema with a name of its own in the document, and an example that fits it. */
export const named = <Schema extends z.ZodType>(
  id: string,
  description: string,
  schema: Schema,
  example: z.input<Schema>,
): Schema => schema.meta({ id, description, examples: [example] });

export const told = <Schema extends z.ZodType>(schema: Schema, description: string): Schema =>
  schema.meta({ description });

export const id = z.int().positive();
export const count = z.int().nonnegative();
export const won = told(count, 'Whole won.');
export const at = told(z.iso.datetime(), 'RFC 3339, UTC.');
const day = z.iso.date();
export const percent = told(z.int().min(1).max(100), 'Whole per cent.');
const cursor = told(
  z.string().nullable(),
  'Hand it back as `cursor` to read on; null at the end of the list.',
);

export const listOf = <Item extends z.ZodType>(item: Item) => z.object({ items: z.array(item) });
export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), nextCursor: cursor });

const MORNING = '2024-01-17T00:30:00.000Z';
const LATER = '2024-01-17T00:45:00.000Z';

export const walletSchema = named(
  'Wallet',
  "A customer's wallet.",
  z.object({ userId: id, balance: won, updatedAt: at }),
  { userId: 1, balance: 50_000, updatedAt: MORNING },
);

export const chargeSchema = named(
  'Charge',
  'A charge that was taken.',
  z.object({ chargeId: id, amount: won, balance: told(won, 'What the wallet holds now.') }),
  { chargeId: 9001, amount: 50_000, balance: 50_000 },
);

export const walletEntrySchema = named(
  'WalletEntry',
  'One line of the ledger.',
  z.object({
    id,
    kind: z.enum(['CHARGE', 'PAYMENT', 'REFUND']),
    amount: told(z.int(), 'Whole won: positive into the wallet, negative out of it.'),
    balanceAfter: won,
    orderId: told(id.optional(), 'The order that was paid or refunded; absent for a charge.'),
    createdAt: at,
  }),
  {
    id: 9002,
    kind: 'PAYMENT',
    amount: -25_000,
    balanceAfter: 25_000,
    orderId: 1001,
    createdAt: MORNING,
  },
);

const MOUSE = { id: 101, name: '무선 마우스', price: 25_000, stock: 50, category: '마우스' };

const productFields = {
  id,
  name: z.string(),
  price: won,
  stock: told(count, 'Pieces that can be ordered now.'),
  category: z.string(),
};

export const shelfProductSchema = named(
  'ShelfProduct',
  'A product as it stands on the shelf.',
  z.object(productFields),
  MOUSE,
);

/** A page of all products, by its number. */
export const productPageOf = <Item extends z.ZodType>(item: Item) =>
  listOf(item).extend({
    page: z.int().min(1),
    size: z.int().min(1),
    total: told(count, 'How many products there are in all.'),
  });

export const productListSchema = productPageOf(shelfProductSchema);

export const productSchema = named(
  'Product',
  'A product as its operator sees it.',
  z.object({ ...productFields, description: z.string() }),
  { ...MOUSE, description: '조용하고 가벼운 무선 마우스입니다.' },
);

export const restockedSchema = named(
  'Restocked',
  'What is on the shelf now.',
  z.object({ id, stock: productFields.stock }),
  { id: 101, stock: 55 },
);

const REVIEW = { id: 1, rating: 5, text: '손에 잘 맞아요.', createdAt: MORNING };

export const reviewSchema = named(
  'Review',
  'What a buyer says.',
  z.object({
    id,
    rating: z.int().min(MIN_RATING).max(MAX_RATING),
    text: z.string(),
    createdAt: at,
  }),
  REVIEW,
);

export const productDetailsSchema = named(
  'ProductDetails',
  'A product with its rating and latest reviews.',
  z.object({
    ...productFields,
    description: z.string(),
    rating: z.object({
      average: told(z.number().min(0).max(MAX_RATING), '0 without a rating.'),
      count,
    }),
    reviews: told(z.array(reviewSchema), 'The latest five, newest first.'),
  }),
  {
    ...MOUSE,
    description: '조용하고 가벼운 무선 마우스입니다.',
    rating: { average: 5, count: 1 },
    reviews: [REVIEW],
  },
);

export const orderStatusSchema = z.enum(['PENDING', 'COMPLETED', 'CANCELLED', 'EXPIRED']);

export const ORDER = {
  id: 1001,
  status: 'PENDING' as const,
  items: [{ productId: 101, name: '무선 마우스', unitPrice: 25_000, quantity: 1, amount: 25_000 }],
  couponId: null,
  subtotal: 25_000,
  discount: 0,
  total: 25_000,
  createdAt: MORNING,
  expiresAt: LATER,
  paidAt: null,
  paymentId: null,
};

export const orderSchema = named(
  'Order',
  'An order.',
  z.object({
    id,
    status: orderStatusSchema,
    items: z.array(
      z.object({
        productId: id,
        name: z.string(),
        unitPrice: told(won, 'Whole won, as it was when the order was placed.'),
        quantity: z.int().min(1).max(MAX_LINE_QUANTITY),
        amount: won,
      }),
    ),
    couponId: id.nullable(),
    subtotal: won,
    discount: won,
    total: won,
    createdAt: at,
    expiresAt: told(at, 'Until when its stock and coupon are held for the payment.'),
    paidAt: told(at.nullable(), 'When it was paid, also when it was refunded later.'),
    paymentId: id.nullable(),
  }),
  ORDER,
);

export const paymentSchema = named(
  'Payment',
  'A payment that was made.',
  z.object({
    paymentId: id,
    orderId: id,
    status: z.literal('SUCCESS'),
    amount: won,
    balance: told(won, 'What is left in the wallet.'),
    orderStatus: z.literal('COMPLETED'),
  }),
  {
    paymentId: 2001,
    orderId: 1001,
    status: 'SUCCESS',
    amount: 25_000,
    balance: 25_000,
    orderStatus: 'COMPLETED',
  },
);

export const campaignSchema = named(
  'CouponCampaign',
  'A coupon campaign.',
  z.object({
    id,
    name: z.string(),
    discountRate: percent,
    totalQuantity: count,
    remainingQuantity: count,
    startsAt: at,
    endsAt: told(at, 'The first moment at which it is over.'),
  }),
  {
    id: 501,
    name: '선착순 10% 할인',
    discountRate: 10,
    totalQuantity: 100,
    remainingQuantity: 37,
    startsAt: '2024-01-01T00:00:00.000Z',
    endsAt: '2100-01-01T00:00:00.000Z',
  },
);

export const couponStatusSchema = z.enum(['AVAILABLE', 'RESERVED', 'USED', 'EXPIRED']);

export const couponSchema = named(
  'Coupon',
  "A customer's coupon.",
  z.object({
    id,
    couponCampaignId: id,
    issueNumber: told(id, 'Which of the campaign it is: 1 to N without a gap.'),
    discountRate: percent,
    status: couponStatusSchema,
    issuedAt: at,
    expiresAt: at,
  }),
  {
    id: 3001,
    couponCampaignId: 501,
    issueNumber: 1,
    discountRate: 10,
    status: 'AVAILABLE',
    issuedAt: MORNING,
    expiresAt: '2024-02-16T00:30:00.000Z',
  },
);

const change = z.enum(['UP', 'DOWN', 'SAME', 'NEW']);
const LEADER = {
  rank: 1,
  previousRank: 2,
  change: 'UP' as const,
  rankDelta: 1,
  productId: 103,
  name: '게이밍 마우스',
  price: 65_000,
  quantitySold: 150,
  revenue: 9_750_000,
};

export const popularItemSchema = named(
  'PopularItem',
  'A popular product and how it moved.',
  z.object({
    rank: id,
    previousRank: told(id.nullable(), 'Null when it was not ranked then.'),
    change,
    rankDelta: told(z.int(), 'Places won; negative when lost, 0 for a NEW one.'),
    productId: id,
    name: z.string(),
    price: won,
    quantitySold: told(z.int(), 'Pieces, refunds taken back.'),
    revenue: told(z.int(), 'Whole won after discounts, refunds taken back.'),
  }),
  LEADER,
);

const days = told(z.int().min(1).max(POPULAR_LIMITS.days), "Calendar days of the shop's zone.");

export const popularSchema = named(
  'Popular',
  'The products sold most.',
  z.object({
    period: z.object({ from: day, to: told(day, 'Today is included.'), days }),
    sort: z.enum(['quantity', 'revenue']),
    totalQuantity: told(z.int(), 'Pieces sold in the period, those of unlisted products too.'),
    computedAt: at,
    items: z.array(popularItemSchema),
  }),
  {
    period: { from: '2024-01-15', to: '2024-01-17', days: 3 },
    sort: 'quantity',
    totalQuantity: 1_250,
    computedAt: MORNING,
    items: [LEADER],
  },
);

/** What is told by each event of the stream, by its name. */
export const popularEvents = {
  ranking: named(
    'RankingEvent',
    'The data of an event `ranking`: the top as it is now.',
    z.object({ days, computedAt: at, items: z.array(popularItemSchema) }),
    { days: 3, computedAt: MORNING, items: [LEADER] },
  ),
  trend: named(
    'TrendEvent',
    'The data of an event `trend`: who took first place, or came into the top.',
    z.object({
      productId: id,
      name: z.string(),
      rank: id,
      previousRank: id.nullable(),
      message: z.string(),
    }),
    {
      productId: 103,
      name: '게이밍 마우스',
      rank: 1,
      previousRank: 2,
      message: '게이밍 마우스가 1위로 올라섰습니다!',
    },
  ),
};

export const deliverySchema = named(
  'Delivery',
  'A message about an order to the data platform.',
  z.object({
    id,
    orderId: id,
    type: told(z.string(), 'What happened, and the version of its form.'),
    status: z.enum(['PENDING', 'DELIVERED', 'FAILED']),
    attempts: told(count, 'How often it was sent.'),
    lastError: told(z.string().nullable(), 'Why the last attempt failed.'),
    nextAttemptAt: told(
      at.nullable(),
      'When it is sent again by itself; null when it is delivered, or was refused and waits for an operator.',
    ),
    deliveredAt: at.nullable(),
  }),
  {
    id: 7001,
    orderId: 1001,
    type: 'jumun.order.completed.v1',
    status: 'FAILED',
    attempts: 4,
    lastError: 'connection refused',
    nextAttemptAt: LATER,
    deliveredAt: null,
  },
);

export const replaySchema = named(
  'Replay',
  'How many messages are in line again.',
  z.object({ requeued: count }),
  { requeued: 3 },
);

const rate = told(z.number().min(0).max(1), 'How often, from 0 to 1.');

export const simulatedPlatformSchema = named(
  'SimulatedPlatform',
  'What the simulated data platform has received, and how it behaves.',
  z.object({
    behaviour: z.object({
      down: z.boolean(),
      latencyMs: count,
      errorRate: rate,
      timeoutRate: rate,
      resetRate: rate,
      duplicateRate: rate,
    }),
    messages: told(count, 'Taken for the first time.'),
    duplicates: told(count, 'Taken before.'),
    refused: told(count, 'Requests that were no message of ours.'),
    failed: told(count, 'Failed on purpose.'),
    gaps: z.array(z.object({ orderId: id, missing: z.array(id) })),
    latest: told(
      z.array(
        z.object({
          webhookId: z.string(),
          type: z.string(),
          orderId: id,
          sequence: id,
          arrival: z.enum(['NEW', 'DUPLICATE', 'AHEAD']),
          receivedAt: at,
        }),
      ),
      'Newest first.',
    ),
  }),
  {
    behaviour: {
      down: false,
      latencyMs: 0,
      errorRate: 0,
      timeoutRate: 0,
      resetRate: 0,
      duplicateRate: 0,
    },
    messages: 1,
    duplicates: 0,
    refused: 0,
    failed: 0,
    gaps: [],
    latest: [
      {
        webhookId: 'order-1001-1',
        type: 'jumun.order.completed.v1',
        orderId: 1001,
        sequence: 1,
        arrival: 'NEW',
        receivedAt: MORNING,
      },
    ],
  },
);

export const rushSchema = named(
  'Rush',
  'A flash sale that the shop plays against itself, and how far it has come.',
  z.object({
    state: told(
      z.enum(['IDLE', 'RUNNING', 'STOPPED', 'FINISHED']),
      '`IDLE`: there was none yet. `STOPPED`: it ended before everybody had come.',
    ),
    customers: told(count, 'How many come.'),
    products: told(count, 'How many products they want.'),
    seconds: told(count, 'In what time they come.'),
    startedAt: at.nullable(),
    finishedAt: at.nullable(),
    arrived: told(count, 'How many have come by now.'),
    gone: told(count, 'How many of them have gone again.'),
    campaignId: told(id.nullable(), 'Whose coupons are given away.'),
    tally: told(
      z.object({
        charged: won,
        spent: told(count, 'Whole won, paid for orders.'),
        refunded: told(count, 'Whole won, given back for orders that had been paid.'),
        ordersPlaced: count,
        ordersPaid: count,
        ordersCancelled: told(count, 'Called off before they were paid.'),
        ordersRefunded: told(count, 'Called off after they were paid; counted as paid, too.'),
        pieces: told(z.int(), 'Paid for, without those that came back.'),
        coupons: count,
        refusals: told(z.record(z.string(), count), 'By code.'),
        unanswered: told(count, 'Requests that nobody answered.'),
      }),
      'What its customers were told, added up.',
    ),
  }),
  {
    state: 'RUNNING',
    customers: 300,
    products: 8,
    seconds: 20,
    startedAt: MORNING,
    finishedAt: null,
    arrived: 120,
    gone: 118,
    campaignId: 1001,
    tally: {
      charged: 9_400_000,
      spent: 6_120_000,
      refunded: 410_000,
      ordersPlaced: 109,
      ordersPaid: 95,
      ordersCancelled: 8,
      ordersRefunded: 7,
      pieces: 117,
      coupons: 64,
      refusals: { OUT_OF_STOCK: 9 },
      unanswered: 0,
    },
  },
);

export const tokenSchema = named('DevToken', 'A bearer token.', z.object({ token: z.string() }), {
  token: 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl',
});

export const aliveSchema = z.object({ status: z.literal('alive') });
export const readySchema = z.object({ status: z.literal('ready') });
