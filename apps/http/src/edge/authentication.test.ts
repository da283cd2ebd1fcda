import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SignJWT, UnsecuredJWT } from 'jose';
import { ADMIN_PATHS, SHOP_PATHS } from '../pages/page-paths.js';
import type { Route } from '../routes/route.js';
import {
  type MemoryServer,
  openServer,
  problemIn,
  refusalIn,
  routesOn,
  TOKEN_POLICY,
  withServer,
} from '../testing/memory-server.js';
import { Authentication } from './authentication.js';
import { CLOCK_TOLERANCE_SECONDS } from './tokens/token-policy.js';

const KEY = new TextEncoder().encode(TOKEN_POLICY.secret);
const OTHER_KEY = new TextEncoder().encode('another secret of thirty-two bytes or more');

const token = (payload: Record<string, unknown>, key = KEY, alg = 'HS256'): Promise<string> =>
  new SignJWT(payload).setProtectedHeader({ alg }).sign(key);

const soon = (): number => Math.floor(Date.now() / 1000) + 60;
const past = (): number => Math.floor(Date.now() / 1000) - 60;

/** Every token that is not to be trusted, and why. */
const BAD_TOKENS: readonly (readonly [why: string, make: () => Promise<string> | string])[] = [
  ['is signed by somebody else', () => token({ sub: '1' }, OTHER_KEY)],
  ['has expired', () => token({ sub: '1', exp: past() })],
  ['is not valid yet', () => token({ sub: '1', nbf: soon() })],
  ['is not signed', () => new UnsecuredJWT({ sub: '1' }).encode()],
  ['is signed by another algorithm', () => token({ sub: '1' }, KEY, 'HS512')],
  ['has no subject', () => token({})],
  ['has a number for a subject', () => token({ sub: 1 })],
  ['has the subject 0', () => token({ sub: '0' })],
  ['has a negative subject', () => token({ sub: '-1' })],
  ['has a subject that is no number', () => token({ sub: 'kim' })],
  ['has a subject with a leading zero', () => token({ sub: '01' })],
  ['has a subject beyond the safe integers', () => token({ sub: '9007199254740992' })],
  ['has roles that are no list', () => token({ sub: '1', roles: 'operator' })],
  [
    'was changed',
    async () => (await token({ sub: '1' })).replace(/\.[^.]+\./, '.eyJzdWIiOiIyIn0.'),
  ],
  ['is nonsense', () => 'a.b.c'],
  ['is not three words', () => 'nonsense'],
  ['is empty', () => ''],
];

let server: MemoryServer;
let routes: readonly Route[];
beforeAll(async () => {
  server = await openServer();
  routes = routesOn(server);
});
afterAll(() => server.server.close());

const ask = (route: Route, bearer: string | null) =>
  server.call(route.method, route.path.replace(/:\w+/, '1'), { token: bearer });

describe('A route', () => {
  it('is for customers or operators wherever it is not named here', () => {
    const open = routes.filter(({ access }) => access === 'public');
    expect(open.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /api/v1/coupon-campaigns',
      'GET /api/v1/products',
      'GET /api/v1/products/:id',
      'GET /api/v1/products/:id/alternatives',
      'GET /api/v1/products/popular',
      'GET /api/v1/products/popular/events',
      'GET /api/v1/products/:id/reviews',
      'POST /api/v1/dev/tokens',
      'POST /api/v1/dev/rush',
      'GET /api/v1/dev/rush',
      'POST /api/v1/dev/rush/stop',
      'GET /livez',
      'GET /readyz',
      'GET /docs/problems/:code',
      'GET /openapi.json',
      'GET /docs',
      'GET /docs/assets/:file',
      // Pages hold nothing of anybody: what is shown in them is asked for with a token.
      ...[...SHOP_PATHS, ...ADMIN_PATHS].map((path) => `GET ${path}`),
      'GET /assets/:file',
    ]);
    const operators = routes.filter(({ access }) => access === 'operator');
    expect(operators.every(({ path }) => path.startsWith('/api/v1/admin/'))).toBe(true);
    const admin = routes.filter(({ path }) => path.startsWith('/api/v1/admin/'));
    expect(admin).toEqual(operators);
  });

  it('that is not public asks for a token', async () => {
    for (const route of routes.filter(({ access }) => access !== 'public')) {
      const refused = await ask(route, null);
      expect(refusalIn(refused)).toEqual([401, 'UNAUTHENTICATED']);
      expect(refused.headers.get('www-authenticate')).toBe('Bearer');
    }
  });

  it('for operators refuses customers', async () => {
    for (const route of routes.filter(({ access }) => access === 'operator')) {
      expect(refusalIn(await ask(route, server.tokens.kim))).toEqual([403, 'FORBIDDEN']);
      const other = await token({ sub: '1', roles: ['customer'] });
      expect(refusalIn(await ask(route, other))).toEqual([403, 'FORBIDDEN']);
      const { status } = await ask(route, server.tokens.operator);
      expect([401, 403]).not.toContain(status);
    }
  });

  it('that is public looks at no token', async () => {
    const { status } = await server.call('GET', '/api/v1/products', { token: 'nonsense' });
    expect(status).toBe(200);
  });

  it('says who is missing before it says what is wrong', async () => {
    const refused = await server.call('POST', '/api/v1/orders/x/payment', {
      raw: '{',
      headers: { 'content-type': 'text/plain' },
    });
    expect(refusalIn(refused)).toEqual([401, 'UNAUTHENTICATED']);
  });
});

describe('A token is refused that', () => {
  it.each(BAD_TOKENS)('%s', async (_why, make) => {
    const refused = await server.call('GET', '/api/v1/wallet', { token: await make() });
    expect(problemIn(refused)).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' });
    expect(refused.headers.get('www-authenticate')).toBe('Bearer error="invalid_token"');
  });

  it('does not come as a bearer', async () => {
    const headers = { authorization: `Basic ${server.tokens.kim}` };
    const refused = await server.call('GET', '/api/v1/wallet', { headers });
    expect(refusalIn(refused)).toEqual([401, 'UNAUTHENTICATED']);
  });

  it('is of another issuer, or for another audience', () =>
    withServer(
      async ({ call }) => {
        const status = async (claims: object) =>
          (await call('GET', '/api/v1/wallet', { token: await token({ sub: '1', ...claims }) }))
            .status;
        expect(await status({ iss: 'shop', aud: 'jumun' })).toBe(200);
        expect(await status({ iss: 'shop', aud: ['jumun', 'other'] })).toBe(200);
        expect(await status({ iss: 'other', aud: 'jumun' })).toBe(401);
        expect(await status({ iss: 'shop', aud: 'other' })).toBe(401);
        expect(await status({})).toBe(401);
      },
      { deps: { tokens: { ...TOKEN_POLICY, issuer: 'shop', audience: 'jumun' } } },
    ));
});

describe('A token is taken that', () => {
  it.each([
    ['has neither roles nor an end', {}],
    ['has other roles', { roles: ['someone'] }],
    ['ends later', { exp: soon() }],
  ])('%s', async (_name, claims) => {
    const bearer = await token({ sub: '9007199254740991', ...claims });
    const { body } = await server.call('GET', '/api/v1/wallet', { token: bearer });
    expect(body).toMatchObject({ userId: 9_007_199_254_740_991 });
  });

  it('comes as a "bearer", however that is spelled', async () => {
    const headers = { authorization: `bearer ${server.tokens.kim}` };
    expect((await server.call('GET', '/api/v1/wallet', { headers })).status).toBe(200);
  });
});

describe('The development issuer', () => {
  it('gives anybody a token for anyone', async () => {
    const body = { userId: 7, roles: ['operator'] };
    const issued = await server.call('POST', '/api/v1/dev/tokens', { body });
    expect([issued.status, issued.body]).toEqual([201, { token: expect.any(String) }]);
    expect(issued.headers.get('cache-control')).toBe('no-store');
    const bearer = issued.body.token as string;
    const { body: wallet } = await server.call('GET', '/api/v1/wallet', { token: bearer });
    expect(wallet).toMatchObject({ userId: 7 });
    const campaign = '/api/v1/admin/coupon-campaigns/999/grow';
    const grown = await server.call('POST', campaign, { token: bearer, body: { quantity: 1 } });
    expect(refusalIn(grown)).toEqual([404, 'COUPON_CAMPAIGN_NOT_FOUND']);
  });

  it('does not exist where another issuer is configured', () =>
    withServer(
      async ({ call }) => {
        const refused = await call('POST', '/api/v1/dev/tokens', { body: { userId: 1 } });
        expect(refusalIn(refused)).toEqual([404, 'ROUTE_NOT_FOUND']);
      },
      { deps: { devTokens: false } },
    ));
});

describe('While secrets are exchanged', () => {
  const policy = { ...TOKEN_POLICY, otherSecret: 'another secret of thirty-two bytes or more' };
  const admit = async (bearer: string) =>
    (await new Authentication(policy).admit('customer', `Bearer ${bearer}`)).isOk();

  it('tokens of either are taken, and of no third', async () => {
    const third = new TextEncoder().encode('a third secret of thirty-two bytes or more');
    expect(await admit(await token({ sub: '1' }))).toBe(true);
    expect(await admit(await token({ sub: '1' }, OTHER_KEY))).toBe(true);
    expect(await admit(await token({ sub: '1' }, third))).toBe(false);
  });

  it('the first one signs', async () => {
    const issued = await new Authentication(policy).issue(1, [], 60);
    expect(
      (await new Authentication(TOKEN_POLICY).admit('customer', `Bearer ${issued}`)).isOk(),
    ).toBe(true);
  });
});

describe('A token that was seen before', () => {
  const FIRST_SECOND = 1_800_000_000;

  /** Authentication at a time that is set by hand. */
  function atTime(seconds: number) {
    const clock = { seconds };
    const authentication = new Authentication(TOKEN_POLICY, { now: () => clock.seconds * 1_000 });
    const admit = async (bearer: string, access: 'customer' | 'operator' = 'customer') => {
      const admitted = await authentication.admit(access, `Bearer ${bearer}`);
      return admitted.isOk() ? admitted.value?.userId : admitted.error.code;
    };
    return { clock, admit };
  }

  it('is good up to its last second and what clocks may differ by, and not a moment longer', async () => {
    const { clock, admit } = atTime(FIRST_SECOND);
    const bearer = await token({ sub: '7', exp: FIRST_SECOND + 60 });
    expect(await admit(bearer)).toBe(7);
    clock.seconds += 60 + CLOCK_TOLERANCE_SECONDS - 0.001;
    expect(await admit(bearer)).toBe(7);
    clock.seconds = FIRST_SECOND + 60 + CLOCK_TOLERANCE_SECONDS;
    expect(await admit(bearer)).toBe('UNAUTHENTICATED');
  });

  it('lets nobody in whose own token is another one', async () => {
    const { admit } = atTime(FIRST_SECOND);
    const [good, bad] = await Promise.all([token({ sub: '7' }), token({ sub: '7' }, OTHER_KEY)]);
    expect(await admit(good)).toBe(7);
    expect(await admit(bad)).toBe('UNAUTHENTICATED');
    expect(await admit(await token({ sub: '8' }))).toBe(8);
    expect(await admit(good)).toBe(7);
  });

  it('opens no more than it did the first time', async () => {
    const { admit } = atTime(FIRST_SECOND);
    const bearer = await token({ sub: '7' });
    expect(await admit(bearer)).toBe(7);
    expect(await admit(bearer, 'operator')).toBe('FORBIDDEN');
  });

  it('is refused again when it was refused', async () => {
    const { clock, admit } = atTime(FIRST_SECOND);
    const bearer = await token({ sub: '7', nbf: FIRST_SECOND + 10 });
    expect(await admit(bearer)).toBe('UNAUTHENTICATED');
    clock.seconds += 10 - CLOCK_TOLERANCE_SECONDS - 1;
    expect(await admit(bearer)).toBe('UNAUTHENTICATED');
    clock.seconds += 1;
    expect(await admit(bearer)).toBe(7);
  });
});
