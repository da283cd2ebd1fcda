import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Database } from '@jumun/adapters';
import { auditDatabase } from '@jumun/adapters/testing';
import type { Answer, Client } from '../testing/client.js';
import { ShopProcess } from '../testing/shop-process.js';

const CUSTOMERS = 500;
const ORDERS_EACH = 3;
const OPENING = 10_000_000;
const FIRST_CUSTOMER = 5_000;

/** What a customer was told, and so must find again. */
interface Told {
  readonly customer: Client;
  readonly charges: Answer[];
  readonly orders: Map<number, string>;
}

/**
 * Runs one customer's shopping until the shop is gone: the first order is paid, the second left unpaid, the third paid and
 * cancelled. Everything that was acknowledged is noted.
 */
async function shopUntilItBreaks(told: Told, onTold: () => void): Promise<void> {
  const { customer, charges, orders } = told;
  try {
    for (let at = 0; at < ORDERS_EACH; at += 1) {
      const placed = await customer.post('/orders', {
        items: [
          { productId: 105, quantity: 1 },
          { productId: 107, quantity: 1 },
        ],
      });
      if (placed.status !== 201) continue;
      orders.set(placed.body.id, 'PENDING');
      onTold();
      if (at === 1) continue;
      orders.set(placed.body.id, 'PAYING');
      const paid = await customer.post(`/orders/${placed.body.id}/payment`);
      if (paid.status === 201) orders.set(placed.body.id, 'COMPLETED');
      onTold();
      if (at === 0) continue;
      orders.set(placed.body.id, 'CANCELLING');
      const cancelled = await customer.post(`/orders/${placed.body.id}/cancel`);
      if (cancelled.status === 200) orders.set(placed.body.id, 'CANCELLED');
      onTold();
      const charged = await customer.post('/wallet/charges', { amount: 1_000 });
      if (charged.status === 201) charges.push(charged);
      onTold();
    }
  } catch {
    // The connection broke: what was asked last may or may not have happened.
  }
}

/** Which states an order may be found in, for what its customer was told last. */
const POSSIBLE: Readonly<Record<string, readonly string[]>> = {
  PENDING: ['PENDING'],
  PAYING: ['PENDING', 'COMPLETED'],
  COMPLETED: ['COMPLETED'],
  CANCELLING: ['COMPLETED', 'CANCELLED'],
  CANCELLED: ['CANCELLED'],
};

describe('Killed with SIGKILL in the middle of 500 concurrent orders, the shop', () => {
  let folder: string;
  let environment: Record<string, string>;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'jumun-'));
    environment = { DATABASE_URL: `sqlite://${join(folder, 'shop.db')}`, LOG_LEVEL: 'info' };
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it.each([1, 250, 700, 1_500])(
    'has every acknowledged effect after a restart, and nothing half done (killed after %i answers)',
    async (answersBeforeKill) => {
      const shop = await ShopProcess.start(environment);
      const operator = await shop.anybody.signIn(1, ['operator']);
      for (const productId of [105, 107]) {
        await operator.post(`/admin/products/${productId}/restock`, { quantity: 2_000 });
      }
      const crowd = await Promise.all(
        Array.from({ length: CUSTOMERS }, async (_, at): Promise<Told> => {
          const customer = await shop.anybody.signIn(FIRST_CUSTOMER + at);
          await customer.post('/wallet/charges', { amount: OPENING });
          return { customer, charges: [], orders: new Map() };
        }),
      );

      let answers = 0;
      const enough = Promise.withResolvers<void>();
      const onTold = (): void => {
        answers += 1;
        if (answers === answersBeforeKill) enough.resolve();
      };
      const shopping = crowd.map((told) => shopUntilItBreaks(told, onTold));
      await enough.promise;
      await shop.kill();
      await Promise.all(shopping);

      const again = await ShopProcess.start(environment);
      try {
        for (const [at, told] of crowd.entries()) {
          const customer = await again.anybody.signIn(FIRST_CUSTOMER + at);
          for (const [orderId, state] of told.orders) {
            const order = await customer.get(`/orders/${orderId}`);
            expect(POSSIBLE[state]).toContain(order.body.status);
          }
          const entries = (await customer.get('/wallet/entries?limit=100')).body.items;
          const charges = entries.map(({ id }: { id: number }) => id);
          for (const { body } of told.charges) expect(charges).toContain(body.chargeId);
        }
        const one = await again.anybody.signIn(FIRST_CUSTOMER);
        const order = { items: [{ productId: 105, quantity: 1 }] };
        expect((await one.post('/orders', order)).status).toBe(201);
      } finally {
        expect(await again.stop()).toBe(0);
      }

      const database = Database.open(environment['DATABASE_URL'] ?? '');
      try {
        expect(await auditDatabase(database, { 105: 2_200, 107: 2_300 })).toEqual([]);
      } finally {
        await database.close();
      }
    },
    60_000,
  );
});
