import { describe, expect, it } from '@jest/globals';
import { auditDatabase } from '@jumun/adapters/testing';
import { afterSeconds, type Instant, instant } from '@jumun/domain';
import { ManualClock } from '@jumun/application/testing';
import type { Answer, Client } from '../testing/client.js';
import { type RunningShop, VARIANTS, withShop } from '../testing/running-shop.js';

const WIRELESS_MOUSE = 101;
const NOON: Instant = instant(Date.UTC(2026, 0, 15, 3));
const times = <T>(count: number, make: (at: number) => T): T[] =>
  Array.from({ length: count }, (_, at) => make(at));
const count = (answers: readonly Answer[], status: number): number =>
  answers.filter((answer) => answer.status === status).length;

/** A product that only this test sells. */
async function putOnSale({ operator }: RunningShop, stock: number, price = 1_000): Promise<number> {
  const product = { name: '한정판 키링', description: '', category: '굿즈', price, stock };
  return (await operator.post('/admin/products', product)).body.id;
}

const customers = (shop: RunningShop, amount: number, firstId = 1_000): Promise<Client[]> =>
  Promise.all(
    times(amount, async (at) => {
      const customer = await shop.customer(firstId + at);
      await customer.post('/wallet/charges', { amount: 100_000 });
      return customer;
    }),
  );

const orderOf = (productId: number, quantity = 1) => ({ items: [{ productId, quantity }] });

describe.each(VARIANTS)('Races, $name', (variant) => {
  it.each([1, 10, 50])(
    '200 customers at once buy exactly the %i pieces that there are',
    (stock) =>
      withShop({ variant }, async (shop) => {
        const productId = await putOnSale(shop, stock);
        const crowd = await customers(shop, 200);
        const answers = await Promise.all(
          crowd.map((customer) => customer.post('/orders', orderOf(productId))),
        );
        expect(count(answers, 201)).toBe(stock);
        expect(count(answers, 400)).toBe(200 - stock);
        const refused = answers.filter(({ status }) => status === 400);
        expect(new Set(refused.map(({ body }) => body.code))).toEqual(new Set(['OUT_OF_STOCK']));
        expect((await shop.anybody.get(`/products/${productId}`)).body.stock).toBe(0);
        expect(await auditDatabase(shop.database)).toEqual([]);
      }),
    60_000,
  );

  it('50 payments of one order at once debit once', () =>
    withShop({ variant }, async (shop) => {
      const [customer] = (await customers(shop, 1)) as [Client];
      const placed = await customer.post('/orders', orderOf(WIRELESS_MOUSE));
      const answers = await Promise.all(
        times(50, () => customer.post(`/orders/${placed.body.id}/payment`)),
      );
      expect(count(answers, 201)).toBe(1);
      const refused = answers.filter(({ status }) => status !== 201);
      expect(refused).toHaveLength(49);
      for (const { status, body } of refused) {
        expect(status).toBe(409);
        expect(body).toMatchObject({ code: 'ORDER_NOT_PAYABLE', orderStatus: 'COMPLETED' });
      }
      expect((await customer.get('/wallet')).body.balance).toBe(75_000);
      expect(await auditDatabase(shop.database)).toEqual([]);
    }));

  it('50 requests under one idempotency key have one effect and one answer', () =>
    withShop({ variant }, async (shop) => {
      const [customer] = (await customers(shop, 1)) as [Client];
      const answers = await Promise.all(
        times(50, () => customer.post('/orders', orderOf(WIRELESS_MOUSE), { key: 'one-order' })),
      );
      expect(new Set(answers.map(({ status, body }) => `${status} ${body.id}`)).size).toBe(1);
      const replayed = answers.filter(({ headers }) => headers.get('idempotency-replayed'));
      expect(replayed).toHaveLength(49);
      expect((await customer.get('/orders')).body.items).toHaveLength(1);
      expect((await shop.anybody.get(`/products/${WIRELESS_MOUSE}`)).body.stock).toBe(49);

      const charges = await Promise.all(
        times(50, () => customer.post('/wallet/charges', { amount: 500 }, { key: 'one-charge' })),
      );
      expect(count(charges, 201)).toBe(50);
      expect((await customer.get('/wallet')).body.balance).toBe(100_500);
      expect(await auditDatabase(shop.database)).toEqual([]);
    }));

  it('pay, cancel and expiry at once always end in one legal state', () => {
    const clock = new ManualClock(NOON);
    return withShop({ variant, clock, orderHoldSeconds: 60 }, async (shop) => {
      const productId = await putOnSale(shop, 200);
      const crowd = await customers(shop, 60);
      const orders = await Promise.all(
        crowd.map(async (customer) => (await customer.post('/orders', orderOf(productId))).body.id),
      );
      const contests = crowd.map((customer, at) => {
        const pay = (): Promise<Answer> => customer.post(`/orders/${orders[at]}/payment`);
        const cancel = (): Promise<Answer> => customer.post(`/orders/${orders[at]}/cancel`);
        return at % 2 === 0 ? [pay, cancel] : [cancel, pay];
      });
      const contested = Promise.all(contests.flat().map((act) => act()));
      clock.set(afterSeconds(NOON, 60));
      await Promise.all([contested, shop.shop.expireOrders()]);
      await shop.shop.expireOrders();

      for (const [at, customer] of crowd.entries()) {
        const order = (await customer.get(`/orders/${orders[at]}`)).body;
        expect(['COMPLETED', 'CANCELLED', 'EXPIRED']).toContain(order.status);
        const { balance } = (await customer.get('/wallet')).body;
        expect(balance).toBe(order.status === 'COMPLETED' ? 99_000 : 100_000);
      }
      expect(await auditDatabase(shop.database)).toEqual([]);
    });
  });

  it('10 coupons for 200 customers go to exactly 10 of them, numbered 1 to 10', () =>
    withShop({ variant }, async (shop) => {
      const campaign = await shop.operator.post('/admin/coupon-campaigns', {
        name: '번개 쿠폰',
        discountRate: 30,
        totalQuantity: 10,
        startsAt: '2024-01-01T00:00:00Z',
        endsAt: '2099-01-01T00:00:00Z',
        couponValidDays: 7,
      });
      const crowd = await customers(shop, 200);
      const answers = await Promise.all(
        crowd.map((customer) => customer.post(`/coupon-campaigns/${campaign.body.id}/coupons`)),
      );
      const numbers = answers.flatMap(({ status, body }) =>
        status === 201 ? body.issueNumber : [],
      );
      expect(numbers.toSorted((a: number, b: number) => a - b)).toEqual(times(10, (at) => at + 1));
      expect(count(answers, 409)).toBe(190);
      expect(await auditDatabase(shop.database)).toEqual([]);
    }));
});
