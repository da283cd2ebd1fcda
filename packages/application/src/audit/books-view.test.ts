import { describe, expect, it } from '@jest/globals';
import { afterSeconds } from '@jumun/domain';
import { KIM_CHEOLSU, LEE_YOUNGHEE, NOON } from '@jumun/domain/testing';
import { openShop } from '../testing/scenario/open-shop.js';
import type { Table } from '../testing/in-memory/table.js';
import { BOOKS_CHECKS } from './books-view.js';

/** One order of each kind: held, paid, refunded, cancelled, expired; coupons in every state. */
async function aBusyDay() {
  const made = openShop();
  const { shelve, charge, campaign, coupon, order, pay, cancel, clock } = made;
  const mouse = await shelve();
  const keyboard = await shelve({ name: '블루투스 키보드', category: '키보드', price: 45_000 });
  await charge(KIM_CHEOLSU, 500_000);
  await charge(LEE_YOUNGHEE, 100_000);
  const [morning, noon, short] = [
    await campaign({ totalQuantity: 2 }),
    await campaign({ discountRate: 20 }),
    await campaign({ couponValidDays: 1 }),
  ];
  await order(KIM_CHEOLSU, [[keyboard, 1]]);
  const used = await coupon(KIM_CHEOLSU, morning);
  await coupon(LEE_YOUNGHEE, morning);
  await coupon(LEE_YOUNGHEE, short);
  clock.set(afterSeconds(NOON, 900));
  await made.shop.expireOrders();
  await pay(KIM_CHEOLSU, (await order(KIM_CHEOLSU, [[mouse, 2]], used)).id);
  const refunded = await order(LEE_YOUNGHEE, [[mouse, 1]]);
  await pay(LEE_YOUNGHEE, refunded.id);
  await cancel(LEE_YOUNGHEE, refunded.id);
  await cancel(LEE_YOUNGHEE, (await order(LEE_YOUNGHEE, [[keyboard, 1]])).id);
  const held = await coupon(KIM_CHEOLSU, noon);
  await order(KIM_CHEOLSU, [[keyboard, 3]], held);
  return made;
}

describe('The books', () => {
  it('add up to nothing in a new shop, and agree', async () => {
    const books = await openShop().shop.readBooks();
    expect(books).toMatchObject({
      countedAt: NOON,
      agrees: true,
      wallets: { count: 0, balance: 0 },
      stock: { products: 0, onHand: 0, held: 0, sold: 0 },
      campaigns: [],
    });
    expect(books.orders.map(({ status, count }) => [status, count])).toEqual([
      ['PENDING', 0],
      ['COMPLETED', 0],
      ['CANCELLED', 0],
      ['EXPIRED', 0],
    ]);
  });

  it('tell what there is of everything, all of one moment', async () => {
    const { shop } = await aBusyDay();
    expect(await shop.readBooks()).toMatchObject({
      countedAt: NOON + 900_000,
      agrees: true,
      wallets: { count: 2, balance: 555_000 },
      ledger: {
        entries: 5,
        charged: 600_000,
        paid: -70_000,
        refunded: 25_000,
        balance: 555_000,
      },
      stock: { products: 2, onHand: 98, held: 3, sold: 2 },
      orders: [
        { status: 'PENDING', count: 1, total: 108_000 },
        { status: 'COMPLETED', count: 1, total: 45_000 },
        { status: 'CANCELLED', count: 2, total: 70_000 },
        { status: 'EXPIRED', count: 1, total: 45_000 },
      ],
      revenue: 45_000,
      coupons: {
        campaigns: 3,
        totalQuantity: 202,
        issued: 4,
        available: 2,
        reserved: 1,
        used: 1,
        expired: 0,
      },
      campaigns: [
        { id: 503, issued: 1, coupons: { issued: 1, available: 1, reserved: 0, used: 0 } },
        { id: 502, issued: 1, coupons: { issued: 1, available: 0, reserved: 1, used: 0 } },
        { id: 501, issued: 2, coupons: { issued: 2, available: 1, reserved: 0, used: 1 } },
      ],
    });
  });

  it('judge by the clock which coupons have expired', async () => {
    const { shop, clock } = await aBusyDay();
    clock.set(afterSeconds(NOON, 86_400));
    expect((await shop.readBooks()).coupons).toMatchObject({ available: 1, expired: 1, issued: 4 });
  });

  it('are added up anew after 5 seconds, and not sooner', async () => {
    const { shop, charge, clock } = openShop();
    await shop.readBooks();
    await charge(KIM_CHEOLSU, 1_000);
    clock.set(afterSeconds(NOON, 4));
    expect((await shop.readBooks()).wallets.balance).toBe(0);
    clock.set(afterSeconds(NOON, 5));
    expect((await shop.readBooks()).wallets.balance).toBe(1_000);
  });

  /** Changes rows behind the back of the shop. */
  const change = <Key extends number | string, Row extends object>(
    table: Table<Key, Row>,
    to: (row: Row) => object,
  ): void => {
    const rows = table.all().map((row) => [table.keyOf(row), { ...row, ...to(row) }] as const);
    table.commit(new Map(rows), new Set());
  };

  type Store = Awaited<ReturnType<typeof aBusyDay>>['store'];
  const spoils: Readonly<Record<(typeof BOOKS_CHECKS)[number], (store: Store) => void>> = {
    WALLETS_AND_LEDGER: ({ wallets }) =>
      change(wallets, ({ balance }) => ({ balance: balance + 1 })),
    PAYMENTS_AND_ORDERS: ({ walletEntries }) =>
      change(walletEntries, ({ kind }) => (kind === 'REFUND' ? { kind: 'PAYMENT' } : {})),
    REFUNDS_AND_ORDERS: ({ walletEntries }) =>
      change(walletEntries, ({ kind }) => (kind === 'CHARGE' ? { kind: 'REFUND' } : {})),
    SALES_AND_ORDERS: ({ sales }) => change(sales, ({ revenue }) => ({ revenue: revenue + 1 })),
    HELD_PIECES_AND_ORDERS: ({ stocks }) =>
      change(stocks, ({ reserved }) => ({ reserved: reserved + 1 })),
    COUPONS_AND_CAMPAIGNS: ({ campaigns }) =>
      change(campaigns, ({ issued }) => ({ issued: issued + 1 })),
    HELD_COUPONS_AND_ORDERS: ({ orders }) =>
      change(orders, ({ status }) => (status === 'PENDING' ? { couponId: null } : {})),
    USED_COUPONS_AND_ORDERS: ({ orders }) =>
      change(orders, ({ status }) => (status === 'COMPLETED' ? { couponId: null } : {})),
  };

  it.each(BOOKS_CHECKS)('do not agree where somebody has changed one side of %s', async (name) => {
    const { shop, store, clock } = await aBusyDay();
    spoils[name](store);
    clock.set(afterSeconds(NOON, 1_800));
    const { agrees, checks } = await shop.readBooks();
    const broken = checks.filter((check) => !check.agrees);
    expect(agrees).toBe(false);
    expect(broken.map((check) => check.name)).toContain(name);
    expect(broken.every(({ one, other }) => one !== other)).toBe(true);
  });
});
