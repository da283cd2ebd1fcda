import { describe, expect, it } from '@jest/globals';
import type { UnitOfWork } from '@jumun/application';
import { TOKEN_POLICY, withServer } from './testing/memory-server.js';

const KEY = 'key-that-nobody-may-see';
const TEXT = 'words of a customer';
const QUERY = 'sought-by-a-customer';

/** As a driver throws: the whole statement hangs on it, and is quoted. */
function driverFault(): Error {
  const sql = `INSERT INTO idempotency_answers VALUES (1, '${KEY}', '${TEXT}')`;
  const words = `Duplicate entry '1-${KEY}' for key 'PRIMARY'`;
  const fault = new Error(words);
  return Object.assign(fault, { code: 'ER_DUP_ENTRY', sql, sqlMessage: words });
}

describe('The log of the HTTP app', () => {
  it.each([
    ['goes well', undefined],
    ['breaks', () => Promise.reject(driverFault())],
    [
      'breaks because of something',
      () => Promise.reject(new Error('the work failed', { cause: driverFault() })),
    ],
  ])('has no token, key, secret, query or body in it where a request %s', (_how, run) => {
    const ports = run === undefined ? {} : { unitOfWork: { run } as UnitOfWork };
    return withServer(
      async ({ call, log, tokens: { kim: token } }) => {
        const headers = { 'idempotency-key': KEY, cookie: 'session=hidden' };
        const body = { rating: 5, text: TEXT };
        await call('POST', '/api/v1/products/101/reviews', { token, body, headers });
        await call('POST', '/api/v1/wallet/charges', { token, body: { amount: 4_242 }, headers });
        await call('POST', '/api/v1/orders', { token, raw: `{"${TEXT}"`, headers });
        await call('GET', `/api/v1/products?q=${QUERY}`, { token: `${token}x` });
        const lines = JSON.stringify(log);
        // It does tell of the requests, and of what broke.
        expect(log.filter(({ msg }) => msg === 'request')).toHaveLength(4);
        expect(lines.includes('request failed')).toBe(run !== undefined);
        expect(lines.includes('ER_DUP_ENTRY')).toBe(run !== undefined);
        for (const secret of [
          KEY,
          TEXT,
          QUERY,
          'Bearer',
          'eyJ',
          'hidden',
          '4242',
          TOKEN_POLICY.secret,
        ]) {
          expect([secret, lines.includes(secret)]).toEqual([secret, false]);
        }
      },
      { ports },
    );
  });
});
