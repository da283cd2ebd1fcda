import { readdirSync, readFileSync } from 'node:fs';
import { CommitOutcomeUnknown, DependencyUnavailable, type UnitOfWork } from '@jumun/application';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PROBLEMS } from './problems.js';
import { type MemoryServer, openServer, problemIn, withServer } from './testing/memory-server.js';

const FOLDER = new URL('../../../docs/problems/', import.meta.url);
const pageOf = (code: string): string => readFileSync(new URL(`${code}.md`, FOLDER), 'utf8');

let server: MemoryServer;
beforeAll(async () => {
  server = await openServer();
});
afterAll(() => server.server.close());

describe('The pages of the problems', () => {
  it('are there for every code, and for nothing else', () => {
    expect(readdirSync(FOLDER).toSorted()).toEqual(
      PROBLEMS.map(({ code }) => `${code}.md`).toSorted(),
    );
  });

  it.each(PROBLEMS)('$code is what the type points to', async ({ code }) => {
    const { status, headers, text } = await server.call('GET', `/docs/problems/${code}`);
    expect([status, headers.get('content-type')]).toEqual([200, 'text/markdown; charset=utf-8']);
    expect(text).toBe(pageOf(code));
  });

  it.each(PROBLEMS)('$code has an example that says what the service says', (problem) => {
    const page = pageOf(problem.code);
    const [, example = ''] = /```json\n([^]*?)```/.exec(page) ?? [];
    expect(JSON.parse(example)).toMatchObject({
      ...problem,
      type: `/docs/problems/${problem.code}`,
      requestId: expect.any(String),
      instance: expect.any(String),
    });
    expect(page).toMatch(`# ${problem.code}\n`);
    expect(page).toMatch(`HTTP status ${problem.status}.`);
    for (const heading of ['What it means', 'What to do', 'Members', 'Example']) {
      expect(page).toMatch(`\n## ${heading}\n`);
    }
  });

  it.each(PROBLEMS)('$code says whether to send the request again', ({ code, status }) => {
    const [, whether] = /^\*\*Send it again\?\*\* (Yes|Later|No)\b/m.exec(pageOf(code)) ?? [];
    // What is only for the moment; whatever else was refused is refused again, while all is as it was.
    const isPassing = status >= 500 || status === 429 || status === 408;
    expect(['Yes', 'Later', 'No']).toContain(whether);
    expect(whether === 'Yes').toBe(isPassing);
  });
});

describe('A fault', () => {
  const failing = (
    fault: () => Error,
  ): { readonly ports: { readonly unitOfWork: UnitOfWork } } => ({
    ports: { unitOfWork: { run: () => Promise.reject(fault()) } },
  });
  const charge = ({ call, tokens: { kim: token } }: MemoryServer) =>
    call('POST', '/api/v1/wallet/charges', { token, body: { amount: 1 } });

  it.each([
    ['the database is away', () => new DependencyUnavailable('10.0.0.7'), 'DEPENDENCY_UNAVAILABLE'],
    ['the outcome is unknown', () => new CommitOutcomeUnknown('COMMIT'), 'OUTCOME_UNKNOWN'],
  ])('when %s asks to come again', (_name, fault, code) =>
    withServer(async (failed) => {
      const heard = await charge(failed);
      expect(problemIn(heard)).toMatchObject({ status: 503, code });
      expect(heard.headers.get('retry-after')).toMatch(/^[1-9]\d*$/);
      expect(heard.text).not.toMatch(/10\.0\.0\.7|COMMIT/);
    }, failing(fault)),
  );

  it('that nobody foresaw tells nothing, and is logged whole under the request', () =>
    withServer(
      async (failed) => {
        const heard = await charge(failed);
        const { requestId } = problemIn(heard) as { readonly requestId: string };
        expect(problemIn(heard)).toMatchObject({ status: 500, code: 'INTERNAL_ERROR' });
        expect(heard.text).not.toMatch(/secret|wallets/);
        const logged = failed.log.filter((line) => line['requestId'] === requestId);
        expect(logged).toEqual([
          expect.objectContaining({
            level: 50,
            err: expect.objectContaining({
              message: 'UPDATE wallets: secret',
              stack: expect.stringContaining('problems.test.ts'),
            }),
          }),
          expect.objectContaining({ level: 30, status: 500, userId: 1 }),
        ]);
      },
      failing(() => new Error('UPDATE wallets: secret')),
    ));

  it('on a read is told the same way', () => {
    const ports = {
      cache: { read: () => Promise.reject(new Error()), invalidate: async () => {} },
    };
    return withServer(
      async ({ call }) => {
        expect(problemIn(await call('GET', '/api/v1/products/101'))).toMatchObject({ status: 500 });
      },
      { ports },
    );
  });
});

describe('A full queue', () => {
  it('refuses at once, and says when to come again', () =>
    withServer(
      async ({ call, tokens: { kim: token } }) => {
        const heard = await call('POST', '/api/v1/coupon-campaigns/501/coupons', { token });
        expect(problemIn(heard)).toMatchObject({ status: 503, code: 'SERVICE_BUSY' });
        expect(heard.headers.get('retry-after')).toBe('1');
      },
      { desk: { maxQueued: 0 } },
    ));
});
