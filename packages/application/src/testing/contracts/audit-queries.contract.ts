import { afterSeconds, type Order, orderId } from '@jumun/domain';
import {
  aCampaign,
  aCancelledOrder,
  aCompletedOrder,
  aCoupon,
  anExpiredOrder,
  anOrder,
  aReservedCoupon,
  aWallet,
  BLUETOOTH_KEYBOARD,
  NOON,
  WIRELESS_MOUSE,
} from '@jumun/domain/testing';
import { Stock, productId } from '@jumun/domain';
import type { BooksTotals } from '../../ports/audit.js';
import { type Contract, mustEqual, type StoreHarness } from './contract.js';
import { anEntry, aSale, refundedOrder } from './samples.js';

const EMPTY: BooksTotals = {
  wallets: { count: 0, balance: 0 },
  ledger: [],
  stocks: { count: 0, onHand: 0, reserved: 0 },
  orders: [],
  pendingPieces: 0,
  sales: { quantity: 0, revenue: 0 },
  coupons: [],
  campaigns: [],
};

/** Orders of every status; two of them have several pieces. */
const orders = (): readonly Order[] => [
  anOrder({
    id: 1,
    items: [
      [WIRELESS_MOUSE, 3],
      [BLUETOOTH_KEYBOARD, 2],
    ],
    coupon: aCoupon({ id: 1, userId: 1 }),
  }),
  anOrder({ id: 2 }),
  aCompletedOrder({ id: 3, paymentId: 3, coupon: aReservedCoupon({ id: 2, orderId: 3 }) }),
  aCompletedOrder({ id: 4, paymentId: 4 }),
  aCancelledOrder({ id: 5 }),
  refundedOrder({ id: 6, paymentId: 6 }),
  anExpiredOrder({ id: 7 }),
];

/** The same rows in whatever order: those of one kind are told apart by their first field. */
const inOrder = (totals: BooksTotals): unknown => ({
  ...totals,
  ledger: new Set(totals.ledger),
  orders: new Set(totals.orders),
  coupons: new Set(totals.coupons),
});

/** What reads over everything owe. */
export const auditQueriesContract: Contract<StoreHarness> = [
  {
    sentence: 'adds up to nothing where there is nothing',
    async check({ queries }) {
      mustEqual(await queries.audit.totals(NOON), EMPTY, 'the sums');
    },
  },
  {
    sentence: 'adds up wallets, ledgers, stocks and sales of all customers',
    async check({ unitOfWork, queries }) {
      await unitOfWork.run(async (tx) => {
        await tx.wallets.addMany([
          aWallet({ userId: 1, balance: 900_000_000, entries: 2 }),
          aWallet({ userId: 2, balance: 7, entries: 1 }),
        ]);
        await tx.wallets.appendEntries([
          anEntry({ id: 1, sequence: 1, amount: 900_025_000 }),
          anEntry({
            id: 2,
            sequence: 2,
            kind: 'PAYMENT',
            amount: -25_000,
            orderId: orderId(1),
          }),
          anEntry({ id: 3, user: 2, amount: 7 }),
        ]);
        await tx.stocks.addMany([
          Stock.rehydrate({ productId: productId(1), onHand: 50, reserved: 8 }),
          Stock.rehydrate({ productId: productId(2), onHand: 5, reserved: 0 }),
        ]);
        await tx.sales.append([
          aSale({ order: 1, quantity: 3, revenue: 75_000 }),
          aSale({ order: 1, quantity: -3, revenue: -75_000 }),
          aSale({ order: 2, quantity: 1, revenue: 22_500 }),
        ]);
      });
      const expected: BooksTotals = {
        ...EMPTY,
        wallets: { count: 2, balance: 900_000_007 },
        ledger: [
          { kind: 'CHARGE', count: 2, amount: 900_025_007 },
          { kind: 'PAYMENT', count: 1, amount: -25_000 },
        ],
        stocks: { count: 2, onHand: 55, reserved: 8 },
        sales: { quantity: 1, revenue: 22_500 },
      };
      mustEqual(inOrder(await queries.audit.totals(NOON)), inOrder(expected), 'the sums');
    },
  },
  {
    sentence: 'adds up orders by their status, and the pieces that PENDING ones hold',
    async check({ unitOfWork, queries }) {
      await unitOfWork.run((tx) => tx.orders.addMany(orders()));
      const { orders: found, pendingPieces } = await queries.audit.totals(NOON);
      mustEqual(pendingPieces, 6, 'pieces of PENDING orders');
      mustEqual(
        new Set(found),
        new Set([
          {
            status: 'PENDING',
            count: 2,
            total: 173_500,
            paid: 0,
            paidTotal: 0,
            withCoupon: 1,
          },
          {
            status: 'COMPLETED',
            count: 2,
            total: 47_500,
            paid: 2,
            paidTotal: 47_500,
            withCoupon: 1,
          },
          {
            status: 'CANCELLED',
            count: 2,
            total: 50_000,
            paid: 1,
            paidTotal: 25_000,
            withCoupon: 0,
          },
          { status: 'EXPIRED', count: 1, total: 25_000, paid: 0, paidTotal: 0, withCoupon: 0 },
        ]),
        'the orders',
      );
    },
  },
  {
    sentence: 'counts the coupons of each campaign by their state, expired ones by the clock',
    async check({ unitOfWork, queries }) {
      await unitOfWork.run(async (tx) => {
        await tx.campaigns.addMany([
          aCampaign({ id: 501, name: '선착순 10% 할인', issued: 3 }),
          aCampaign({ id: 502, name: '깜짝 할인', issued: 1, totalQuantity: 1 }),
        ]);
        await tx.coupons.addMany([
          aCoupon({ id: 1, userId: 1, issueNumber: 1 }),
          aCoupon({ id: 2, userId: 2, issueNumber: 2, expiresAt: afterSeconds(NOON, 60) }),
          aReservedCoupon({ id: 3, userId: 3, issueNumber: 3, expiresAt: afterSeconds(NOON, 60) }),
          aCoupon({ id: 4, campaignId: 502, userId: 1 }),
        ]);
      });
      const { coupons, campaigns } = await queries.audit.totals(afterSeconds(NOON, 60));
      mustEqual(
        new Set(coupons),
        new Set([
          { campaignId: 501, status: 'AVAILABLE', count: 1 },
          { campaignId: 501, status: 'EXPIRED', count: 1 },
          { campaignId: 501, status: 'RESERVED', count: 1 },
          { campaignId: 502, status: 'AVAILABLE', count: 1 },
        ]),
        'the coupons',
      );
      mustEqual(
        campaigns,
        [
          { id: 502, name: '깜짝 할인', totalQuantity: 1, issued: 1 },
          { id: 501, name: '선착순 10% 할인', totalQuantity: 100, issued: 3 },
        ],
        'the campaigns',
      );
    },
  },
  {
    sentence: 'adds everything up at one moment, whatever is written meanwhile',
    async check({ rival, queries }) {
      const charge = (user: number): Promise<void> =>
        rival.run(async (tx) => {
          await tx.wallets.addMany([aWallet({ userId: user, balance: 1_000, entries: 1 })]);
          await tx.wallets.appendEntries([anEntry({ id: user, user })]);
        });
      const users = Array.from({ length: 20 }, (_, at) => at + 1);
      const charging = Promise.all(users.map(charge));
      for (const _ of users.slice(0, 5)) {
        const { wallets, ledger } = await queries.audit.totals(NOON);
        mustEqual(ledger[0]?.amount ?? 0, wallets.balance, 'the ledgers beside the wallets');
      }
      await charging;
      const { wallets } = await queries.audit.totals(NOON);
      mustEqual(wallets, { count: 20, balance: 20_000 }, 'the wallets in the end');
    },
  },
];
