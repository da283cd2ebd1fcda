import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SignJWT, UnsecuredJWT } from 'jose';
import type { Route } from '../routes/route.js';
import { KeyIssuer } from '../testing/key-issuer.js';
import {
  type Heard,
  type MemoryServer,
  openServer,
  problemIn,
  routesOn,
  type ServerOptions,
} from '../testing/memory-server.js';

const ISSUER = 'https://issuer.example';
const AUDIENCE = 'jumun';
const SECRET = 'a secret of thirty-two bytes or more';
const OTHER_SECRET = 'another secret of thirty-two bytes or more';

const inSeconds = (seconds: number): number => Math.floor(Date.now() / 1_000) + seconds;
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** What a right token says of a customer of whom nothing is known. */
const right = () => ({
  sub: '77',
  iss: ISSUER,
  aud: AUDIENCE,
  nbf: inSeconds(-1),
  exp: inSeconds(600),
});

interface Credential {
  readonly name: string;
  readonly make: () => Promise<string | null>;
}

/** A way to be sure of tokens, with one token of every kind. */
interface Trust {
  readonly deps: NonNullable<ServerOptions['deps']>;
  readonly customer: () => Promise<string>;
  readonly operator: () => Promise<string>;
  /** None of these may come in. */
  readonly bad: readonly Credential[];
}

type Sign = (claims: object) => Promise<string>;

/** What is wrong with a token whoever signs it. */
const badClaims = (sign: Sign): readonly Credential[] => [
  { name: 'an expired token', make: () => sign({ exp: inSeconds(-60) }) },
  { name: 'a token that is not valid yet', make: () => sign({ nbf: inSeconds(60) }) },
  { name: 'a token of a wrong issuer', make: () => sign({ iss: 'https://other.example' }) },
  { name: 'a token of no issuer', make: () => sign({ iss: undefined }) },
  { name: 'a token for a wrong audience', make: () => sign({ aud: 'others' }) },
  { name: 'a token for no audience', make: () => sign({ aud: undefined }) },
  {
    name: 'a token without signature (alg none)',
    make: async () => new UnsecuredJWT({ ...right(), roles: ['operator'] }).encode(),
  },
  {
    name: 'a token whose claims were changed',
    make: async () => {
      const [header, , signature] = (await sign({})).split('.');
      const claims = Buffer.from(JSON.stringify({ ...right(), roles: ['operator'] }));
      return [header, claims.toString('base64url'), signature].join('.');
    },
  },
];

const hmac = (secret: string, claims: object, header: object = {}): Promise<string> =>
  new SignJWT({ ...right(), ...claims })
    .setProtectedHeader({ alg: 'HS256', ...header })
    .sign(bytesOf(secret));

async function bySecret(): Promise<Trust> {
  const issuer = await KeyIssuer.start();
  const key = await issuer.addKey('one', 'RS256');
  await issuer.close();
  const sign: Sign = (claims) => hmac(SECRET, claims);
  return {
    deps: { tokens: { secret: SECRET, issuer: ISSUER, audience: AUDIENCE } },
    customer: () => sign({}),
    operator: () => sign({ roles: ['operator'] }),
    bad: [
      ...badClaims(sign),
      { name: 'a token of another secret', make: () => hmac(OTHER_SECRET, {}) },
      { name: 'a token of a private key', make: () => issuer.sign(key, right()) },
    ],
  };
}

async function byKeys(issuer: KeyIssuer): Promise<Trust> {
  const key = await issuer.addKey('one', 'RS256');
  const unknown = await issuer.addKey('unknown', 'RS256');
  issuer.removeKey('unknown');
  const sign: Sign = (claims) => issuer.sign(key, { ...right(), ...claims });
  return {
    deps: { tokens: { jwksUrl: issuer.url, issuer: ISSUER, audience: AUDIENCE } },
    customer: () => sign({}),
    operator: () => sign({ roles: ['operator'] }),
    bad: [
      ...badClaims(sign),
      {
        name: 'a token signed by the public key as a secret (RS/HS confusion)',
        make: () => hmac(key.pem, { roles: ['operator'] }, { kid: 'one' }),
      },
      { name: 'a token of an unknown key', make: () => issuer.sign(unknown, right()) },
      {
        name: 'a token of an unknown key under a known name',
        make: () => issuer.sign(unknown, right(), { kid: 'one' }),
      },
    ],
  };
}

const LARGEST = Number.MAX_SAFE_INTEGER;
const isStream = ({ path }: Route): boolean => path.endsWith('/events');

/** The same request of every route: of a thing that there is not, with a body that no route takes. */
const askAs = (server: MemoryServer, route: Route, token: string | null): Promise<Heard> =>
  server.call(route.method, route.path.replaceAll(/:\w+/g, String(LARGEST)), {
    token,
    ...(route.body === null ? {} : { body: { 'no such field': true } }),
  });

/** What that request gets when it is let in. */
function answerInside({ body, path, status, answerType }: Route): readonly [number, string | null] {
  if (body !== null) return [400, 'VALIDATION_FAILED'];
  // A page is there for anything: it says itself that there is no such thing.
  return path.includes('/:') && answerType !== 'text/html' ? [404, '…_NOT_FOUND'] : [status, null];
}

const outside = (challenge: string) => ({ status: 401, code: 'UNAUTHENTICATED', challenge });

/** Whatever is not found. */
const answerOf = (heard: Heard) => [
  heard.status,
  heard.status < 400 ? null : codeOf(heard).replace(/^.*_NOT_FOUND$/, '…_NOT_FOUND'),
];
const codeOf = (heard: Heard): string => (problemIn(heard) as { readonly code: string }).code;
const refusedAs = (heard: Heard) => ({
  status: heard.status,
  code: codeOf(heard),
  challenge: heard.headers.get('www-authenticate'),
});

const issuer = await KeyIssuer.start();
afterAll(() => issuer.close());

describe.each([
  ['a shared secret', bySecret],
  ['the keys of an issuer', () => byKeys(issuer)],
])('Where tokens are verified by %s', (_name, trustOf) => {
  let trust: Trust;
  let server: MemoryServer;
  let routes: readonly Route[];
  beforeAll(async () => {
    trust = await trustOf();
    server = await openServer({ deps: trust.deps });
    routes = routesOn(server).filter((route) => !isStream(route));
  });
  afterAll(() => server.server.close());

  const of = (...kinds: readonly Route['access'][]): readonly Route[] => {
    const found = routes.filter(({ access }) => kinds.includes(access));
    expect(found.length).toBeGreaterThan(0);
    return found;
  };

  it('a route of customers or operators asks for a token', async () => {
    for (const route of of('customer', 'operator')) {
      const heard = await askAs(server, route, null);
      expect([route.path, refusedAs(heard)]).toEqual([route.path, outside('Bearer')]);
    }
  });

  it('no bad token opens a route of customers or operators', async () => {
    for (const { name, make } of trust.bad) {
      const token = await make();
      for (const route of of('customer', 'operator')) {
        const heard = await askAs(server, route, token);
        expect([name, route.path, refusedAs(heard)]).toEqual([
          name,
          route.path,
          outside('Bearer error="invalid_token"'),
        ]);
      }
    }
  });

  it("a customer's token opens the routes of customers, and none of operators", async () => {
    const token = await trust.customer();
    for (const route of of('customer')) {
      const heard = await askAs(server, route, token);
      expect([route.path, ...answerOf(heard)]).toEqual([route.path, ...answerInside(route)]);
    }
    for (const route of of('operator')) {
      const heard = await askAs(server, route, token);
      expect([route.path, ...answerOf(heard)]).toEqual([route.path, 403, 'FORBIDDEN']);
    }
  });

  it("an operator's token opens all of them", async () => {
    const token = await trust.operator();
    for (const route of of('customer', 'operator')) {
      const heard = await askAs(server, route, token);
      expect([route.path, ...answerOf(heard)]).toEqual([route.path, ...answerInside(route)]);
    }
  });

  it('a public route gives everybody the same answer, whatever token they have', async () => {
    const all: readonly Credential[] = [
      ...trust.bad,
      { name: 'a customer', make: trust.customer },
      { name: 'an operator', make: trust.operator },
    ];
    for (const route of of('public')) {
      const open = answerOf(await askAs(server, route, null));
      expect([route.path, ...open]).toEqual([route.path, ...answerInside(route)]);
      for (const { name, make } of all) {
        const heard = await askAs(server, route, await make());
        expect([name, route.path, ...answerOf(heard)]).toEqual([name, route.path, ...open]);
      }
    }
  });
});
