import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Answer, Client } from '../testing/client.js';
import { Fleet } from '../testing/fleet.js';
import { routesOn, withServer } from '../testing/memory-server.js';

const MINUTE = 60_000;
/** Requests of one customer in a second. */
const LIMIT = 60;
const REPLAYED = 'idempotency-replayed';

const range = (count: number): readonly number[] => Array.from({ length: count }, (_, at) => at);

/** Every POST of a customer, in an order in which each succeeds, by its route. `order` is the order that was placed. */
const POSTS: readonly (readonly [route: string, body: object])[] = [
  ['/api/v1/wallet/charges', { amount: 100_000 }],
  ['/api/v1/orders', { items: [{ productId: 101, quantity: 1 }] }],
  ['/api/v1/orders/:id/payment', {}],
  ['/api/v1/products/:id/reviews', { rating: 5, text: '좋아요' }],
  ['/api/v1/orders/:id/cancel', {}],
  ['/api/v1/coupon-campaigns/:id/coupons', {}],
];

const pathOf = (route: string, order: number): string => {
  const id = route.includes('/products') ? 101 : route.includes('/coupon-campaigns') ? 501 : order;
  return route.replace('/api/v1', '').replace(':id', String(id));
};

const saidOf = ({ status, body }: Answer): string => `${status} ${JSON.stringify(body)}`;

describe('Several processes on MySQL', () => {
  let fleet: Fleet;
  beforeAll(async () => {
    const environment = { RATE_LIMIT_PER_CUSTOMER: String(LIMIT) };
    fleet = await Fleet.start({ shops: 2, workers: 0, environment });
  }, 2 * MINUTE);
  afterAll(async () => {
    await fleet.stop();
  }, MINUTE);

  const atBoth = (customer: number): Promise<Client[]> =>
    Promise.all(fleet.shops.map((shop) => fleet.customer(customer, shop)));

  it('are asked here for every POST that a customer has', () =>
    withServer(async (server) => {
      const posts = routesOn(server).filter(
        ({ method, access }) => method === 'POST' && access === 'customer',
      );
      expect(posts.map(({ path }) => path).toSorted()).toEqual(
        POSTS.map(([route]) => route).toSorted(),
      );
    }));

  it(
    'give every POST under one key one effect and one answer, at once and later, and after one was killed',
    async () => {
      const clients = await atBoth(41);
      const first = new Map<string, string>();
      let order = 0;
      for (const [route, body] of POSTS) {
        const path = pathOf(route, order);
        const answers = await Promise.all(
          range(4).map(async (at) => clients[at % 2]?.post(path, body, { key: route })),
        );
        const [answer] = answers;
        if (answer === undefined) throw new Error('there are two processes');
        if (route === '/api/v1/orders') order = answer.body.id;
        const said = new Set(answers.map((each) => (each === undefined ? '' : saidOf(each))));
        expect([route, answer.status < 300, said.size]).toEqual([route, true, 1]);
        const replayed = answers.filter((each) => each?.headers.has(REPLAYED) === true);
        expect([route, replayed.length]).toEqual([route, 3]);
        first.set(route, saidOf(answer));
      }

      await fleet.shops[0]?.kill();
      const fresh = await fleet.customer(41, await fleet.addShop());
      for (const client of [clients[1], fresh]) {
        for (const [route, body] of POSTS) {
          const again = await client?.post(pathOf(route, order), body, { key: route });
          if (again === undefined) throw new Error('it answers');
          expect([route, saidOf(again), again.headers.get(REPLAYED)]).toEqual([
            route,
            first.get(route),
            'true',
          ]);
        }
      }
      expect((await fresh.get('/wallet')).body.balance).toBe(100_000);
      expect((await fresh.get('/wallet/entries')).body.items).toHaveLength(3);
      expect((await fresh.get('/coupons')).body.items).toHaveLength(1);
      expect((await fresh.get('/orders')).body.items).toHaveLength(1);
    },
    MINUTE,
  );

  it(
    'do once what was asked of one that was killed in the middle, and is asked again of another',
    async () => {
      const victim = await fleet.addShop();
      const survivor = fleet.shops.at(-2);
      const customers = range(60).map((at) => 500 + at);
      const charge = async (customer: number, shop = survivor): Promise<Answer> =>
        (await fleet.customer(customer, shop)).post(
          '/wallet/charges',
          { amount: 700 },
          { key: `charge-of-${customer}` },
        );
      let answered = 0;
      const some = Promise.withResolvers<void>();
      const asked = customers.map(async (customer) => {
        try {
          await charge(customer, victim);
          answered += 1;
          if (answered === 5) some.resolve();
        } catch {
          // It was killed before it could answer.
        }
      });
      await some.promise;
      await victim.kill();
      await Promise.all(asked);

      for (const customer of customers) {
        // The database may still hold what the killed process had begun.
        let again = await charge(customer);
        while (again.status === 503) again = await charge(customer);
        expect(again.status).toBe(201);
        expect(again.body.balance).toBe(700);
      }
      expect(await fleet.audit()).toEqual([]);
    },
    MINUTE,
  );

  it(
    'count the requests of a customer together, and each alone while Redis is away',
    async () => {
      const shops = fleet.shops.slice(-3, -1);
      const clients = await Promise.all(shops.map((shop) => fleet.customer(42, shop)));
      /** Asks both without a pause for so many seconds; how many requests were let in each second. */
      const letInPerSecond = async (seconds: number): Promise<number> => {
        const began = performance.now();
        let letIn = 0;
        const asking = [...clients, ...clients].map(async (client) => {
          while (performance.now() - began < seconds * 1_000) {
            const { status } = await client.get('/wallet');
            expect([200, 429]).toContain(status);
            if (status === 200) letIn += 1;
          }
        });
        await Promise.all(asking);
        return letIn / seconds;
      };
      await letInPerSecond(1);
      // A machine that is very busy may tell too late for a while.
      let together = await letInPerSecond(2);
      for (let times = 0; times < 5 && together >= LIMIT * 1.4; times += 1) {
        together = await letInPerSecond(1);
      }
      expect(together).toBeLessThan(LIMIT * 1.4);
      await fleet.redis.kill();
      const alone = await letInPerSecond(2);
      expect(alone).toBeGreaterThan(0);
      expect(alone).toBeLessThan(2 * LIMIT * 1.6);
      await fleet.redis.restart();
    },
    MINUTE,
  );
});
