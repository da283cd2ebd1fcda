import { describe, expect, it } from '@jest/globals';
import { KIM_CHEOLSU, LEE_YOUNGHEE } from '@jumun/domain/testing';
import { openShop } from '../scenario/open-shop.js';
import { auditBooks, type BooksAudit } from './books-audit.js';
import { booksOf } from './in-memory-books.js';
import { readBooks } from './read-books.js';

/** Books with an order of every kind: 1001 PENDING, 1002 COMPLETED, 1003 refunded, 1004 cancelled; coupons on the first two. */
async function someBooks() {
  const { shop, store, ports, shelve, charge, campaign, coupon, order, pay, cancel } = openShop();
  await charge(KIM_CHEOLSU, 1_000_000);
  const mouse = await shelve({ price: 10_000, stock: 50 });
  const shelved = new Map([[mouse as number, 50]]);
  const [one, another] = [await campaign(), await campaign()];
  const first = await coupon(KIM_CHEOLSU, one);
  const second = await coupon(KIM_CHEOLSU, another);
  await coupon(LEE_YOUNGHEE, one);
  await order(KIM_CHEOLSU, [[mouse, 1]], first);
  const paid = await order(KIM_CHEOLSU, [[mouse, 2]], second);
  await pay(KIM_CHEOLSU, paid.id);
  const refunded = await order(KIM_CHEOLSU, [[mouse, 4]]);
  await pay(KIM_CHEOLSU, refunded.id);
  await shop.rollUpSales();
  await cancel(KIM_CHEOLSU, refunded.id);
  await cancel(KIM_CHEOLSU, (await order(KIM_CHEOLSU, [[mouse, 8]])).id);
  const scope = {
    users: [KIM_CHEOLSU, LEE_YOUNGHEE],
    products: [mouse],
    campaigns: [one, another],
    shelved,
  };
  return { books: booksOf(store, shelved), ports, scope };
}

/** A copy in which the rows of one table that `where` picks are changed. */
function forge<Name extends keyof BooksAudit>(
  books: BooksAudit,
  table: Name,
  where: (row: NonNullable<BooksAudit[Name]>[number]) => boolean,
  change: Partial<NonNullable<BooksAudit[Name]>[number]>,
): BooksAudit {
  const rows = (books[table] ?? []) as readonly NonNullable<BooksAudit[Name]>[number][];
  return { ...books, [table]: rows.map((row) => (where(row) ? { ...row, ...change } : row)) };
}

const without = (books: BooksAudit, table: keyof BooksAudit, at: number): BooksAudit => ({
  ...books,
  [table]: (books[table] ?? []).filter((_row: unknown, row) => row !== at),
});

describe('The audit of the books', () => {
  it('finds nothing wrong with the books of a shop that works', async () => {
    const { books } = await someBooks();
    expect(auditBooks(books)).toEqual([]);
    expect(books.orders.length + books.coupons.length + books.entries.length).toBe(4 + 3 + 4);
  });

  it('reads the same books through the ports of any store, but for the sales', async () => {
    const { books, ports, scope } = await someBooks();
    const read = await readBooks(ports, scope);
    expect(auditBooks(read)).toEqual([]);
    const sorted = (rows: readonly object[]): readonly string[] =>
      rows.map((row) => JSON.stringify(row)).toSorted();
    for (const table of [
      'deliveries',
      'stocks',
      'wallets',
      'entries',
      'orders',
      'coupons',
      'campaigns',
    ] as const) {
      expect(sorted(read[table])).toEqual(sorted(books[table]));
    }
    expect([read.sales, read.sums]).toEqual([null, null]);
  });

  const forgeries: readonly (readonly [string, (books: BooksAudit) => BooksAudit, string])[] = [
    [
      'pieces held for nobody',
      (b) => forge(b, 'stocks', () => true, { reserved: 3 }),
      '3 pieces are reserved, PENDING orders hold 1',
    ],
    [
      'a piece that is gone',
      (b) => forge(b, 'stocks', () => true, { onHand: 47 }),
      '47 pieces on hand and 2 sold, 50 were ever shelved',
    ],
    ['a product without stock', (b) => without(b, 'stocks', 0), 'was ordered and has no stock'],
    [
      'more held than there is',
      (b) => forge(b, 'stocks', () => true, { onHand: 0 }),
      '1 pieces are reserved of 0 on hand',
    ],
    [
      'a balance out of nothing',
      (b) => forge(b, 'wallets', () => true, { balance: 7 }),
      'the balance is 7, the entries sum up to 982000',
    ],
    [
      'a lost entry',
      (b) => without(b, 'entries', 0),
      'the wallet counts 4 entries, the ledger has 3',
    ],
    [
      'a gap in the ledger',
      (b) => forge(b, 'entries', (e) => e.sequence === 4, { sequence: 5 }),
      'entry 4 has the number 5',
    ],
    [
      'a broken chain',
      (b) => forge(b, 'entries', (e) => e.sequence === 2, { balanceAfter: 1 }),
      'after entry 2 the balance is 982000, not 1',
    ],
    [
      'an overdraft',
      (b) => forge(b, 'entries', (e) => e.sequence === 1, { amount: 1, balanceAfter: 1 }),
      'entry 2 overdraws the wallet',
    ],
    [
      'a ledger without a wallet',
      (b) => without(b, 'wallets', 0),
      'has ledger entries and no wallet',
    ],
    [
      'a charge for an order',
      (b) => forge(b, 'entries', (e) => e.kind === 'CHARGE', { orderId: 1001 }),
      'a CHARGE, names order 1001',
    ],
    [
      'a payment for no order',
      (b) => forge(b, 'entries', (e) => e.sequence === 2, { orderId: 404 }),
      'a PAYMENT, names order 404',
    ],
    [
      'an order paid by nothing',
      (b) => forge(b, 'entries', (e) => e.sequence === 2, { orderId: 1003 }),
      'order 1002 has 0 PAYMENT entries, not 1',
    ],
    [
      'an order paid twice',
      (b) => forge(b, 'entries', (e) => e.sequence === 2, { orderId: 1003 }),
      'order 1003 has 2 PAYMENT entries, not 1',
    ],
    [
      'a payment of another amount',
      (b) => forge(b, 'orders', (o) => o.id === 1002, { total: 1 }),
      'order 1002 has a PAYMENT entry of another amount than -1',
    ],
    [
      'a refund that was not due',
      (b) => forge(b, 'orders', (o) => o.id === 1003, { status: 'COMPLETED' }),
      'order 1003 has 1 REFUND entries, not 0',
    ],
    [
      'a COMPLETED order without a payment',
      (b) => forge(b, 'orders', (o) => o.id === 1002, { paid: false }),
      'order 1002 has 1 PAYMENT entries, not 0',
    ],
    [
      'an EXPIRED order that was paid',
      (b) => forge(b, 'orders', (o) => o.id === 1002, { status: 'EXPIRED' }),
      'order 1002 is EXPIRED and paid',
    ],
    [
      'somebody else’s money',
      (b) => forge(b, 'orders', (o) => o.id === 1002, { userId: 2 }),
      'moved another customer’s money',
    ],
    [
      'an available coupon on an order',
      (b) => forge(b, 'coupons', (c) => c.orderId === 1001, { status: 'AVAILABLE' }),
      'is AVAILABLE and names order 1001',
    ],
    [
      'a coupon held by no order',
      (b) => forge(b, 'orders', (o) => o.id === 1001, { couponId: null }),
      'is RESERVED by order 1001',
    ],
    [
      'a coupon used by an order that is not paid',
      (b) => forge(b, 'coupons', (c) => c.orderId === 1001, { status: 'USED' }),
      'is USED by order 1001, which is PENDING',
    ],
    [
      'a coupon still held by a paid order',
      (b) => forge(b, 'coupons', (c) => c.orderId === 1002, { status: 'RESERVED' }),
      'is RESERVED by order 1002, which is COMPLETED',
    ],
    [
      'a coupon of somebody else',
      (b) => forge(b, 'coupons', (c) => c.orderId === 1001, { userId: 9 }),
      'coupon 3001 of customer 9 is on order 1001 of customer 1',
    ],
    [
      'an order whose coupon is free',
      (b) => forge(b, 'coupons', (c) => c.orderId === 1001, { status: 'AVAILABLE', orderId: null }),
      'order 1001 is PENDING, and its coupon 3001 is AVAILABLE by order null',
    ],
    [
      'a coupon that was not counted',
      (b) => forge(b, 'campaigns', (c) => c.id === 501, { issued: 1 }),
      'campaign 501 counts 1 issued, and there are 2 coupons',
    ],
    [
      'a gap in the issue numbers',
      (b) => forge(b, 'coupons', (c) => c.issueNumber === 2, { issueNumber: 3 }),
      'campaign 501: issue numbers run 1 to 2 without a gap, not 1,3',
    ],
    [
      'too many issued',
      (b) => forge(b, 'campaigns', (c) => c.id === 501, { totalQuantity: 1 }),
      'campaign 501 issued 2 of 1',
    ],
    [
      'two coupons for one customer',
      (b) => forge(b, 'coupons', (c) => c.userId === 2, { userId: 1 }),
      'campaign 501 gave one customer two coupons',
    ],
    [
      'coupons of no campaign',
      (b) => without(b, 'campaigns', 0),
      'campaign 501 has coupons and is not there',
    ],
    [
      'a sale that was not counted',
      (b) => without(b, 'sales', 0),
      'order 1002 is COMPLETED over 18000 won, and 0 won of it are counted as sold',
    ],
    [
      'a sale of too many pieces',
      (b) => forge(b, 'sales', (s) => s.orderId === 1002, { quantity: 3 }),
      'order 1002 is COMPLETED with 2 of product 101, and 3 are counted as sold',
    ],
    [
      'a payment that the platform never hears of',
      (b) => without(b, 'deliveries', 0),
      'the platform is told of order 1002: [], not [1 jumun.order.completed.v1]',
    ],
    [
      'a refund that it hears of first',
      (b) => forge(b, 'deliveries', (d) => d.orderId === 1003, { sequence: 1 }),
      'the platform is told of order 1003: [1 jumun.order.completed.v1,1 jumun.order.cancelled.v1]',
    ],
    [
      'a message about an order that is not paid',
      (b) => forge(b, 'deliveries', (d) => d.orderId === 1002, { orderId: 1001 }),
      'the platform is told of order 1001: [1 jumun.order.completed.v1], not []',
    ],
    [
      'a message about no order',
      (b) => forge(b, 'deliveries', (d) => d.orderId === 1002, { orderId: 404 }),
      'the platform is told of order 404, which is not there',
    ],
    [
      'a sale that was counted twice',
      (b) => forge(b, 'sums', () => true, { quantity: 8, revenue: 76_000 }),
      'product 101 on 20240117: 8 pieces for 76000 won are in the statistics, 6 for 58000 were counted',
    ],
    [
      'a sale that was marked and not counted',
      (b) => forge(b, 'sales', (s) => s.orderId === 1003, { isCounted: true }),
      'product 101 on 20240117: 6 pieces for 58000 won are in the statistics, 2 for 18000 were counted',
    ],
    [
      'a sale that was counted on another day',
      (b) => forge(b, 'sums', () => true, { day: 20_240_118 }),
      'product 101 on 20240118: 6 pieces for 58000 won are in the statistics, 0 for 0 were counted',
    ],
    [
      'a sum that is lost',
      (b) => without(b, 'sums', 0),
      'product 101 on 20240117: 0 pieces for 0 won are in the statistics, 6 for 58000 were counted',
    ],
    [
      'a sale of no order',
      (b) => forge(b, 'sales', (s) => s.orderId === 1002, { orderId: 404 }),
      'sales of order 404, which is not there',
    ],
  ];

  it.each(forgeries)('finds %s', async (_name, forged, sentence) => {
    const { books } = await someBooks();
    expect(auditBooks(forged(books))).toContainEqual(expect.stringContaining(sentence));
  });
});
