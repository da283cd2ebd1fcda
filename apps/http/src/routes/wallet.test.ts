import { describe, expect, it } from '@jest/globals';
import { problemIn, withServer } from '../testing/memory-server.js';

const NOON = '2024-01-17T03:00:00.000Z';

describe('The wallet', () => {
  it('is empty for a customer never seen before', () =>
    withServer(async ({ call, tokens }) => {
      const { status, body, headers } = await call('GET', '/api/v1/wallet', { token: tokens.kim });
      expect([status, body]).toEqual([200, { userId: 1, balance: 0, updatedAt: NOON }]);
      expect(headers.get('cache-control')).toBe('no-store');
    }));

  it('is charged', () =>
    withServer(async ({ call, tokens: { kim: token } }) => {
      const charged = await call('POST', '/api/v1/wallet/charges', {
        token,
        body: { amount: 50_000 },
      });
      expect([charged.status, charged.body]).toEqual([
        201,
        { chargeId: 1, amount: 50_000, balance: 50_000 },
      ]);
      expect((await call('GET', '/api/v1/wallet', { token })).body.balance).toBe(50_000);
    }));

  it('takes nothing but 1 to 10,000,000 whole won', () =>
    withServer(async ({ call, tokens: { kim: token } }) => {
      for (const amount of ['0', '-1', '0.5', '10000001', '1e21', '1e999', '9007199254740993']) {
        const raw = `{"amount": ${amount}}`;
        const refused = await call('POST', '/api/v1/wallet/charges', { token, raw });
        expect(problemIn(refused)).toMatchObject({
          status: 400,
          code: 'INVALID_AMOUNT',
          min: 1,
          max: 10_000_000,
        });
      }
    }));

  it('holds at most 1,000,000,000 won', () =>
    withServer(async ({ call, tokens: { kim: token } }) => {
      const charge = () =>
        call('POST', '/api/v1/wallet/charges', { token, body: { amount: 10_000_000 } });
      for (let times = 0; times < 100; times += 1) expect((await charge()).status).toBe(201);
      expect(problemIn(await charge())).toMatchObject({
        status: 400,
        code: 'BALANCE_LIMIT_EXCEEDED',
        balance: 1_000_000_000,
        limit: 1_000_000_000,
      });
    }));

  it('has a ledger, newest first, whose entries name the order they are for', () =>
    withServer(async ({ call, tokens: { kim: token } }) => {
      await call('POST', '/api/v1/wallet/charges', { token, body: { amount: 50_000 } });
      const items = [{ productId: 101, quantity: 1 }];
      const { id: orderId } = (await call('POST', '/api/v1/orders', { token, body: { items } }))
        .body;
      await call('POST', `/api/v1/orders/${orderId}/payment`, { token });
      await call('POST', `/api/v1/orders/${orderId}/cancel`, { token });

      const { status, body } = await call('GET', '/api/v1/wallet/entries', { token });
      const id = expect.any(Number);
      expect([status, body]).toEqual([
        200,
        {
          items: [
            { id, kind: 'REFUND', amount: 25_000, balanceAfter: 50_000, orderId, createdAt: NOON },
            {
              id,
              kind: 'PAYMENT',
              amount: -25_000,
              balanceAfter: 25_000,
              orderId,
              createdAt: NOON,
            },
            { id, kind: 'CHARGE', amount: 50_000, balanceAfter: 50_000, createdAt: NOON },
          ],
          nextCursor: null,
        },
      ]);
    }));

  it('is turned page by page', () =>
    withServer(async ({ call, tokens: { kim: token } }) => {
      for (const amount of [1, 2, 3, 4, 5]) {
        await call('POST', '/api/v1/wallet/charges', { token, body: { amount } });
      }
      const amounts: number[][] = [];
      for (let cursor: string | null = ''; cursor !== null;) {
        const { body } = await call('GET', `/api/v1/wallet/entries?limit=2&cursor=${cursor}`, {
          token,
        });
        amounts.push(body.items.map(({ amount }: { amount: number }) => amount));
        cursor = body.nextCursor as string | null;
      }
      expect(amounts).toEqual([[5, 4], [3, 2], [1]]);
    }));

  it("is never somebody else's", () =>
    withServer(async ({ call, tokens: { kim, lee } }) => {
      await call('POST', '/api/v1/wallet/charges', { token: kim, body: { amount: 50_000 } });
      expect((await call('GET', '/api/v1/wallet', { token: lee })).body.balance).toBe(0);
      expect((await call('GET', '/api/v1/wallet/entries', { token: lee })).body.items).toEqual([]);
    }));
});
