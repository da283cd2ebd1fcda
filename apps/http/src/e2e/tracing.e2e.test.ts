import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { KnexUnitOfWork, logSettings } from '@jumun/adapters';
import { sharedRedisUrl, type TemporaryDatabase, temporaryDatabase } from '@jumun/adapters/testing';
import { SignJWT } from 'jose';
import { pino } from 'pino';
import { readConfig } from '../config.js';
import { loadDemoData } from '../demo-data.js';
import { start } from '../start.js';
import { Collector } from '../testing/collector.js';

const SECRET = 'a secret of thirty-two bytes or more';
const KEY = 'a-key-that-nobody-may-see';
const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const CALLER = '00f067aa0ba902b7';

interface Line {
  readonly msg: string;
  readonly traceId?: string;
  readonly route?: string;
}

/** A shop on MySQL and Redis for as long as `use` takes, and what it wrote into its log. */
async function whileTraced(
  databaseUrl: string,
  endpoint: string,
  use: (url: string) => Promise<void>,
): Promise<readonly Line[]> {
  const log: Line[] = [];
  const write = (line: string): void => {
    log.push(JSON.parse(line) as Line);
  };
  const config = readConfig({
    PORT: '0',
    MANAGEMENT_PORT: '0',
    HOST: '127.0.0.1',
    WARM_UP: 'off',
    DATABASE_URL: databaseUrl,
    REDIS_URL: sharedRedisUrl(),
    AUTH_JWT_SECRET: SECRET,
    SHUTDOWN_GRACE_SECONDS: '0',
    OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
  });
  const running = await start(config, pino(logSettings('http', 'info'), { write }));
  try {
    await use(`http://127.0.0.1:${running.port}/api/v1`);
  } finally {
    await running.stop();
  }
  return log;
}

async function headersOf(traceparent: string): Promise<Record<string, string>> {
  const token = await new SignJWT({})
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject('1')
    .setExpirationTime('1h')
    .sign(new TextEncoder().encode(SECRET));
  return {
    authorization: `Bearer ${token}`,
    'content-type': 'application/json',
    'idempotency-key': KEY,
    traceparent,
  };
}

describe('A shop that is traced', () => {
  let temporary: TemporaryDatabase;
  beforeAll(async () => {
    temporary = await temporaryDatabase('mysql');
    await loadDemoData(new KnexUnitOfWork(temporary.database));
  });
  afterAll(() => temporary.remove());

  it('tells how a request went on through desk, database and Redis, below its caller', async () => {
    const collector = await Collector.start();
    try {
      const headers = await headersOf(`00-${TRACE}-${CALLER}-01`);
      const log = await whileTraced(temporary.url, collector.url, async (url) => {
        const body = JSON.stringify({ amount: 54_321 });
        await fetch(`${url}/wallet/charges`, { method: 'POST', headers, body });
        await fetch(`${url}/products/101`, { headers });
      });
      const paths = collector.paths(TRACE);
      const charge = 'POST /api/v1/wallet/charges';
      const write = `${charge} > batch orders > database write`;
      expect(paths).toEqual(expect.arrayContaining([charge, write, `${write} > sql`]));
      expect(paths).toContain('GET /api/v1/products/:id > redis');
      const outermost = collector.spans.find(({ name }) => name === charge);
      expect(outermost).toMatchObject({ traceId: TRACE, parentSpanId: CALLER });
      expect(outermost?.attributes).toContainEqual({
        key: 'http.response.status_code',
        value: { intValue: 201 },
      });
      expect(collector.text).toContain('/v1/traces\n');
      expect(collector.text).toContain('INSERT wallets; INSERT wallet_entries');
      // No value of a statement, no header and no body.
      expect(collector.text).not.toMatch(new RegExp(`${KEY}|Bearer|eyJ|54321|${SECRET}`));

      const lines = log.filter(({ msg }) => msg === 'request');
      expect(lines.map(({ route, traceId }) => [route, traceId])).toEqual([
        ['/api/v1/wallet/charges', TRACE],
        ['/api/v1/products/:id', TRACE],
      ]);
    } finally {
      collector.close();
    }
  });

  it('tells nothing of what its caller has chosen not to trace', async () => {
    const collector = await Collector.start();
    try {
      const headers = await headersOf(`00-${TRACE}-${CALLER}-00`);
      await whileTraced(temporary.url, collector.url, async (url) => {
        expect((await fetch(`${url}/wallet`, { headers })).status).toBe(200);
        await fetch(`${url}/coupon-campaigns`);
      });
      const traces = new Set(collector.spans.map(({ traceId }) => traceId));
      expect([traces.size, traces.has(TRACE)]).toEqual([1, false]);
    } finally {
      collector.close();
    }
  });

  it('serves as ever while nobody collects, and says that traces are lost', async () => {
    const headers = await headersOf(`00-${TRACE}-${CALLER}-01`);
    const log = await whileTraced(temporary.url, 'http://127.0.0.1:1', async (url) => {
      expect((await fetch(`${url}/wallet`, { headers })).status).toBe(200);
    });
    expect(log.map(({ msg }) => msg)).toContain('traces are lost');
  }, 30_000);
});
