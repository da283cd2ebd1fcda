import { describe, expect, it } from '@jest/globals';
import { type Heard, type MemoryServer, routesOn, withServer } from '../testing/memory-server.js';

const API = '/api/v1';
const NO_SUCH_ID = 999_999_999;

/** Things of customer 1, by id: an order of each state, and a coupon. */
interface Belongings {
  readonly pending: number;
  readonly paid: number;
  readonly cancelled: number;
  readonly coupon: number;
}

async function shopAsKim({ call, tokens: { kim: token } }: MemoryServer): Promise<Belongings> {
  const post = async (path: string, body: object = {}): Promise<number> =>
    (await call('POST', `${API}${path}`, { token, body })).body.id as number;
  const place = () => post('/orders', { items: [{ productId: 101, quantity: 1 }] });
  await post('/wallet/charges', { amount: 1_000_000 });
  const [pending, paid, cancelled] = [await place(), await place(), await place()];
  await post(`/orders/${paid}/payment`);
  await post(`/orders/${cancelled}/cancel`);
  return { pending, paid, cancelled, coupon: await post('/coupon-campaigns/501/coupons') };
}

/** Everything that customer 1 can see of what is theirs. */
async function allOfKim({ call, tokens: { kim: token } }: MemoryServer): Promise<unknown> {
  const pages = ['/wallet', '/wallet/entries', '/orders', '/coupons'];
  return Promise.all(pages.map(async (page) => (await call('GET', API + page, { token })).body));
}

/** Requests for a thing that belongs to somebody, by its id. */
const OWNED: Readonly<Record<string, object>> = {
  [`GET ${API}/orders/:id`]: {},
  [`POST ${API}/orders/:id/payment`]: { body: {} },
  [`POST ${API}/orders/:id/cancel`]: { body: {} },
};

/** Routes of customers whose id names what belongs to nobody. */
const SHARED: readonly string[] = [
  `POST ${API}/coupon-campaigns/:id/coupons`,
  `POST ${API}/products/:id/reviews`,
];

/** What is said, apart from what is different in every answer: the id that was asked for, and the request's own. */
function saidOf({ status, headers, body }: Heard, id: number): unknown {
  const shape = JSON.stringify({ ...body, requestId: null }).replaceAll(
    new RegExp(`\\b${id}\\b`, 'g'),
    'ID',
  );
  const names = [...headers.keys()].filter((name) => name !== 'content-length');
  return { status, shape, names };
}

describe("What is another customer's", () => {
  it('is asked for by these routes, and every other route with an id is for what belongs to nobody', () =>
    withServer(async (server) => {
      const withId = routesOn(server)
        .filter(({ access, path }) => access === 'customer' && path.includes('/:'))
        .map(({ method, path }) => `${method} ${path}`);
      expect(withId.toSorted()).toEqual([...Object.keys(OWNED), ...SHARED].toSorted());
    }));

  it.each(Object.keys(OWNED))(
    'is answered like what does not exist, and stays as it is: %s',
    (route) =>
      withServer(async (server) => {
        const { call, tokens } = server;
        const { pending, paid, cancelled } = await shopAsKim(server);
        const before = await allOfKim(server);
        const [method = '', path = ''] = route.split(' ');
        const ask = async (id: number, token: string): Promise<unknown> =>
          saidOf(
            await call(method, path.replace(':id', String(id)), { token, ...OWNED[route] }),
            id,
          );
        for (const token of [tokens.lee, tokens.operator]) {
          const nothing = await ask(NO_SUCH_ID, token);
          expect(nothing).toMatchObject({
            status: 404,
            shape: expect.stringContaining('NOT_FOUND'),
          });
          for (const id of [pending, paid, cancelled])
            expect(await ask(id, token)).toEqual(nothing);
        }
        expect(await allOfKim(server)).toEqual(before);
      }),
  );

  it('cannot be used for an order, and that is told like what does not exist', () =>
    withServer(async (server) => {
      const { call, tokens } = server;
      const { coupon } = await shopAsKim(server);
      const before = await allOfKim(server);
      const token = tokens.lee;
      await call('POST', `${API}/wallet/charges`, { token, body: { amount: 1_000_000 } });
      const place = async (couponId: number): Promise<unknown> => {
        const body = { items: [{ productId: 101, quantity: 1 }], couponId };
        return saidOf(await call('POST', `${API}/orders`, { token, body }), couponId);
      };
      const nothing = await place(NO_SUCH_ID);
      expect(nothing).toMatchObject({
        status: 404,
        shape: expect.stringContaining('COUPON_NOT_FOUND'),
      });
      expect(await place(coupon)).toEqual(nothing);
      expect(await allOfKim(server)).toEqual(before);
    }));

  it('is in no list, whatever cursor is sent', () =>
    withServer(async (server) => {
      const { call, tokens } = server;
      await shopAsKim(server);
      for (const list of ['/orders', '/wallet/entries', '/coupons']) {
        const theirs = await call('GET', `${API}${list}?limit=1`, { token: tokens.kim });
        const cursor = String(theirs.body.nextCursor ?? '');
        for (const query of ['', `?cursor=${cursor}`]) {
          if (query !== '' && cursor === '') continue;
          const { status, body } = await call('GET', API + list + query, { token: tokens.lee });
          expect([list, status, body.items]).toEqual([list, 200, []]);
        }
      }
    }));

  it('is not replayed to who uses the same idempotency key', () =>
    withServer(async ({ call, tokens }) => {
      const place = (token: string) =>
        call('POST', `${API}/wallet/charges`, {
          token,
          body: { amount: 1_000 },
          headers: { 'Idempotency-Key': 'guessed' },
        });
      const kims = await place(tokens.kim);
      const lees = await place(tokens.lee);
      expect(lees.headers.has('idempotency-replayed')).toBe(false);
      expect(lees.body.chargeId).not.toBe(kims.body.chargeId);
    }));
});
