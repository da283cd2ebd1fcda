import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Route } from './routes/route.js';
import { type Call, problemIn, routesOn, withServer } from './testing/memory-server.js';

const REQUESTS = 600;
/** A run can be had again: the failure names its request, and the seed gives the same ones. */
const SEED = 20_240_117;

/** Values that are right somewhere, nearly right, or wrong everywhere. */
const numbers = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 1, max: 5 }) },
  { weight: 3, arbitrary: fc.constantFrom(101, 103, 501, 502, 25_000, 1_000_000) },
  fc.constantFrom(0, -1, 0.5, 999, 1000, 2 ** 31, 2 ** 53, 1e21, 1e308, -0),
);
const times = fc.constantFrom('2024-01-01T00:00:00Z', '2100-01-01T00:00:00+09:00', '2024-01-01');
const words = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('이어폰', '마우스') },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  fc.constantFrom('', ' ', "'; DROP TABLE orders; --", '%', '\0', '\ud800', 'x'.repeat(2001)),
);
const lines = fc.array(
  fc.record({ productId: fc.constantFrom(101, 102, 103, 999, 0), quantity: numbers }),
  { maxLength: 3 },
);
const values = fc.oneof(numbers, words, lines, fc.constantFrom(null, true, [], {}));

/** A body whose fields are mostly those of the route. */
const bodyFor = ({ body }: Route): fc.Arbitrary<string> => {
  const known = Object.keys(body?.shape ?? {});
  const kinds = (name: string): fc.Arbitrary<unknown> => {
    if (name === 'items') return fc.oneof({ weight: 5, arbitrary: lines }, values);
    if (name.endsWith('At')) return fc.oneof({ weight: 9, arbitrary: times }, values);
    const usual = /name|text|description|category/.test(name) ? words : numbers;
    return fc.oneof({ weight: 9, arbitrary: usual }, values);
  };
  const model: Record<string, fc.Arbitrary<unknown>> = {
    ...Object.fromEntries(known.map((name) => [name, kinds(name)])),
    stray: values,
  };
  const fields = fc.record(model, { requiredKeys: known });
  const likely = fields.map(({ stray, ...rest }) =>
    JSON.stringify(stray === null ? { ...rest, stray } : rest),
  );
  return fc.oneof({ weight: 8, arbitrary: likely }, fc.json(), fc.string());
};

const queryFor = ({ query }: Route): fc.Arbitrary<string> => {
  const names: readonly string[] = [...Object.keys(query.shape), 'stray'];
  const pair = fc.tuple(fc.constantFrom(...names), fc.oneof(numbers, words).map(String));
  return fc
    .array(pair, { maxLength: 3 })
    .map((pairs) => pairs.map(([name, value]) => [name, value.toWellFormed()]))
    .map((pairs) => new URLSearchParams(pairs).toString());
};

const pathFor = ({ path }: Route): fc.Arbitrary<string> =>
  fc
    .oneof(
      { weight: 4, arbitrary: numbers.map(String) },
      words.map((word) => encodeURIComponent(word.toWellFormed())),
      fc.constantFrom('%', '%ff', '..', '9'.repeat(30)),
    )
    .map((value) => path.replace(/:\w+/, () => value));

const headers = fc.record(
  {
    'idempotency-key': fc.oneof(
      { weight: 6, arbitrary: fc.integer({ min: 1, max: 100 }).map((at) => `key-${at}`) },
      fc.constantFrom('', 'a b', 'k'.repeat(300)),
    ),
    'content-type': fc.oneof(
      { weight: 8, arbitrary: fc.constant('application/json') },
      fc.constantFrom('text/plain', 'application/json;charset=x'),
    ),
    'x-request-id': fc.constantFrom('fuzz', 'not sane'),
  },
  { requiredKeys: [] },
);

const requestFor = (route: Route) =>
  fc.record({
    method: fc.oneof(
      { weight: 20, arbitrary: fc.constant<string>(route.method) },
      fc.constantFrom('DELETE', 'HEAD', 'OPTIONS', 'PUT'),
    ),
    url: fc.tuple(pathFor(route), queryFor(route)).map((parts) => parts.join('?')),
    who: fc.constantFrom('kim', 'kim', 'lee', 'operator', 'operator', 'nobody' as const),
    raw: fc.option(bodyFor(route), { nil: undefined }),
    headers,
  });

/** A stream of events is answered without an end; it has tests of its own. */
const isStream = ({ path }: Route): boolean => path.endsWith('/events');

describe('Whatever is sent', () => {
  it(
    'is answered, and never with a fault',
    () =>
      withServer(async (server) => {
        for (const token of [server.tokens.kim, server.tokens.lee]) {
          const body = { amount: 10_000_000 };
          await server.call('POST', '/api/v1/wallet/charges', { token, body });
        }
        const seen = new Set<number>();
        const requests = fc
          .constantFrom(...routesOn(server).filter((route) => !isStream(route)))
          .chain(requestFor);
        await fc.assert(
          fc.asyncProperty(requests, async ({ method, url, who, raw, headers: extra }) => {
            const call: Call = {
              token: who === 'nobody' ? null : server.tokens[who],
              headers: extra,
              ...(raw === undefined || !['POST', 'PATCH', 'PUT', 'DELETE'].includes(method)
                ? {}
                : { raw }),
            };
            const heard = await server.call(method, url, call);
            seen.add(heard.status);
            expect(heard.headers.get('x-request-id')).toMatch(/\S/);
            expect(heard.status).toBeLessThan(500);
            const isWhole = heard.status < 400 || method === 'HEAD' || problemIn(heard) !== null;
            expect(isWhole).toBe(true);
          }),
          { numRuns: REQUESTS, seed: SEED },
        );
        // The fuzz is worth something only if it gets through to the use cases.
        const usual = [200, 201, 204, 400, 401, 403, 404, 405, 415];
        expect([...seen]).toEqual(expect.arrayContaining(usual));
      }),
    60_000,
  );
});
