import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { PROGRAM, readConfig } from './config.js';
import { run } from './run.js';
import { type Running, start } from './start.js';
import { Client } from './testing/client.js';
import { KeyIssuer } from './testing/key-issuer.js';

const SILENT = pino({ level: 'silent' });

async function inFolder(use: (databaseUrl: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'jumun-start-'));
  try {
    await use(`sqlite://${join(folder, 'shop.db')}`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function whileRunning(
  variables: Readonly<Record<string, string>>,
  use: (url: string) => Promise<void>,
): Promise<void> {
  const all = { PORT: '0', WARM_UP: 'off', ...variables };
  const running: Running = await start(readConfig(all), SILENT);
  try {
    await use(`http://127.0.0.1:${running.port}`);
  } finally {
    await running.stop();
  }
}

const totalAt = async (url: string): Promise<number> => {
  const response = await fetch(`${url}/api/v1/products`);
  return ((await response.json()) as { total: number }).total;
};

describe('The service', () => {
  it('starts on an empty database with the demo data, and again on the same', () =>
    inFolder(async (DATABASE_URL) => {
      for (let times = 0; times < 2; times += 1) {
        await whileRunning({ DATABASE_URL }, async (url) => {
          expect((await fetch(`${url}/readyz`)).status).toBe(200);
          expect(await totalAt(url)).toBe(12);
        });
      }
    }));

  it('has warmed itself up when it has started', () =>
    whileRunning({ DATABASE_URL: 'sqlite://:memory:', WARM_UP: 'on' }, async (url) => {
      expect((await fetch(`${url}/readyz`)).status).toBe(200);
      expect(await totalAt(url)).toBe(12);
    }));

  it('gives the first customer the first ids, whatever it has put to itself', () =>
    whileRunning({ DATABASE_URL: 'sqlite://:memory:', WARM_UP: 'on' }, async (url) => {
      const chulsoo = await new Client(url).signIn(1);
      await chulsoo.post('/wallet/charges', { amount: 50_000 });
      const items = [{ productId: 101, quantity: 1 }];
      const placed = await chulsoo.post('/orders', { items });
      const paid = await chulsoo.post(`/orders/${placed.body.id}/payment`);
      const issued = await chulsoo.post('/coupon-campaigns/501/coupons');
      expect([placed.body.id, paid.body.paymentId, issued.body.id]).toEqual([1001, 2001, 3001]);
    }));

  it('counts the sales by itself, and shows what is popular', () =>
    whileRunning(
      { DATABASE_URL: 'sqlite://:memory:', STATS_INTERVAL_SECONDS: '1' },
      async (url) => {
        const chulsoo = await new Client(url).signIn(1);
        await chulsoo.post('/wallet/charges', { amount: 100_000 });
        const items = [{ productId: 101, quantity: 2 }];
        const placed = await chulsoo.post('/orders', { items });
        await chulsoo.post(`/orders/${placed.body.id}/payment`);
        const deadline = Date.now() + 10_000;
        let popular = await chulsoo.get('/products/popular');
        while (popular.body.totalQuantity !== 2) {
          expect(Date.now()).toBeLessThan(deadline);
          await new Promise((resume) => setImmediate(resume));
          popular = await chulsoo.get('/products/popular');
        }
        expect(popular.body.items).toMatchObject([
          { rank: 1, name: '무선 마우스', revenue: 50_000 },
        ]);
      },
    ));

  it('starts without the demo data, in memory', () =>
    whileRunning({ DATABASE_URL: 'sqlite://:memory:', DEMO_DATA: 'off' }, async (url) => {
      expect(await totalAt(url)).toBe(0);
    }));

  it('can be reached by nobody once it was stopped', async () => {
    let stopped = '';
    await whileRunning({ DATABASE_URL: 'sqlite://:memory:' }, async (url) => {
      stopped = url;
      expect((await fetch(`${url}/livez`)).status).toBe(200);
    });
    await expect(fetch(`${stopped}/livez`)).rejects.toThrow('fetch failed');
  });
});

describe('The service that trusts an issuer', () => {
  const DATABASE_URL = 'sqlite://:memory:';
  const withIssuer = async (use: (issuer: KeyIssuer) => Promise<void>): Promise<void> => {
    const issuer = await KeyIssuer.start();
    try {
      await use(issuer);
    } finally {
      await issuer.close();
    }
  };
  const walletOf = async (url: string, token: string): Promise<readonly unknown[]> => {
    const { status, body } = await new Client(url, token).get('/wallet');
    return [status, body.userId ?? body.code];
  };

  it('takes its tokens, by new keys too, warms itself up without one, and issues none', () =>
    withIssuer(async (issuer) => {
      const one = await issuer.addKey('one');
      const variables = {
        DATABASE_URL,
        AUTH_JWKS_URL: issuer.url,
        HOST: '127.0.0.1',
        WARM_UP: 'on',
      };
      await whileRunning(variables, async (url) => {
        expect(await walletOf(url, await issuer.sign(one, { sub: '7' }))).toEqual([200, 7]);
        expect((await new Client(url).post('/dev/tokens', { userId: 1 })).status).toBe(404);
      });
    }));

  it('starts while the issuer is away, and says that it cannot tell who asks', () =>
    withIssuer(async (issuer) => {
      const one = await issuer.addKey('one');
      issuer.answerWith('fault');
      const variables = { DATABASE_URL, AUTH_JWKS_URL: issuer.url, HOST: '127.0.0.1' };
      await whileRunning(variables, async (url) => {
        expect((await fetch(`${url}/readyz`)).status).toBe(200);
        expect(await totalAt(url)).toBe(12);
        expect(await walletOf(url, await issuer.sign(one, { sub: '7' }))).toEqual([
          503,
          'DEPENDENCY_UNAVAILABLE',
        ]);
      });
    }));
});

describe('The service as it is configured', () => {
  it('limits customers and addresses, and lets the pages of other origins in', () =>
    whileRunning(
      {
        DATABASE_URL: 'sqlite://:memory:',
        RATE_LIMIT_PER_CUSTOMER: '1',
        RATE_LIMIT_PER_ADDRESS: '500',
        TRUST_PROXY: 'loopback',
        CORS_ORIGINS: 'https://shop.example',
      },
      async (url) => {
        const chulsoo = await new Client(url).signIn(1);
        const answers = await Promise.all(
          [1, 2, 3, 4, 5, 6, 7, 8].map(() => chulsoo.get('/wallet')),
        );
        expect(answers.some(({ body }) => body.code === 'RATE_LIMITED')).toBe(true);
        const { headers } = await fetch(`${url}/api/v1/products`, {
          headers: { origin: 'https://shop.example', 'x-forwarded-for': '198.51.100.7' },
        });
        expect(headers.get('access-control-allow-origin')).toBe('https://shop.example');
        expect(headers.get('ratelimit')).toBe('"address";r=499;t=1');
      },
    ));
});

describe('A start that asks for help', () => {
  it('tells every variable, and starts nothing', async () => {
    const told: string[] = [];
    const terminal = {
      tell: (text: string) => told.push(text),
      complain: (text: string) => told.push(`complaint: ${text}`),
    };
    expect(await run({ PORT: 'nonsense' }, terminal, ['--help'])).toBe(0);
    expect(told).toHaveLength(1);
    for (const { name } of PROGRAM.variables) expect(told[0]).toContain(`  ${name} (`);
  });
});

describe('A start that cannot be', () => {
  const complaintsOf = async (variables: Readonly<Record<string, string>>) => {
    const complaints: string[] = [];
    const complain = (text: string): void => {
      complaints.push(text);
    };
    const code = await run({ LOG_LEVEL: 'silent', ...variables }, { tell: complain, complain });
    return { code, complaints };
  };

  it('says which variables are wrong, a line each', async () => {
    expect(await complaintsOf({ PORT: 'x', REDIS_URL: 'http://x' })).toEqual({
      code: 1,
      complaints: [
        'PORT: must be a whole number from 0 to 65535',
        'REDIS_URL: must be redis://host:port, or several with commas',
      ],
    });
  });

  it('says that the port is taken, and lets go of the database', () =>
    inFolder((DATABASE_URL) =>
      whileRunning({ DATABASE_URL }, async (url) => {
        const { port } = new URL(url);
        expect(await complaintsOf({ DATABASE_URL: 'sqlite://:memory:', PORT: port })).toEqual({
          code: 1,
          complaints: [`PORT: ${port} is in use`],
        });
      }),
    ));

  it('says that the database is none, or cannot be there', () =>
    inFolder(async (databaseUrl) => {
      const file = databaseUrl.replace('sqlite://', '');
      await writeFile(file, 'this is no database, and it is long enough to be seen not to be one');
      const { code, complaints } = await complaintsOf({ DATABASE_URL: databaseUrl, PORT: '0' });
      expect([code, complaints]).toEqual([
        1,
        [expect.stringMatching(/^DATABASE_URL: cannot be opened \(SQLITE_NOTADB\)$/)],
      ]);
      expect(await complaintsOf({ DATABASE_URL: `${databaseUrl}/below`, PORT: '0' })).toEqual({
        code: 1,
        complaints: [expect.stringMatching(/^DATABASE_URL: cannot be opened \(E[A-Z]+\)$/)],
      });
    }));

  it('says that the host is not of this machine', async () => {
    const variables = { DATABASE_URL: 'sqlite://:memory:', PORT: '0', HOST: '192.0.2.1' };
    expect(await complaintsOf(variables)).toEqual({
      code: 1,
      complaints: ['HOST: cannot be listened on (EADDRNOTAVAIL)'],
    });
  });
});
