import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  BlockIdSource,
  Database,
  InProcessCache,
  InProcessEventBus,
  InProcessLock,
  KnexQueries,
  KnexUnitOfWork,
  migrate,
  shopPolicy,
  SystemClock,
} from '@jumun/adapters';
import { type Clock, type Lock, Shop } from '@jumun/application';
import { ExpiringLock, NeverLock } from '@jumun/application/testing';
import { pino } from 'pino';
import { loadDemoData } from '../demo-data.js';
import { HttpServer } from '../server.js';
import { Client } from './client.js';

/** A way to run the shop in which everything must work the same. */
export interface Variant {
  readonly name: string;
  readonly lock: () => Lock;
  /** Reads and writes share one connection. */
  readonly singlePool: boolean;
}

export const USUAL: Variant = {
  name: 'as usual',
  lock: () => new InProcessLock(),
  singlePool: false,
};

export const VARIANTS: readonly Variant[] = [
  USUAL,
  { ...USUAL, name: 'with a lock that never locks', lock: () => new NeverLock() },
  { ...USUAL, name: 'with a lock that expires in the middle', lock: () => new ExpiringLock() },
  { ...USUAL, name: 'with a pool of one connection', singlePool: true },
];

export interface ShopOptions {
  readonly variant?: Variant;
  readonly clock?: Clock;
  readonly orderHoldSeconds?: number;
}

/** The demo shop on an SQLite file of its own, reached through real HTTP. */
export interface RunningShop {
  /** Nobody in particular. */
  readonly anybody: Client;
  readonly operator: Client;
  readonly shop: Shop;
  readonly database: Database;
  customer(userId: number): Promise<Client>;
  close(): Promise<void>;
}

const TOKENS = { secret: 'a secret of thirty-two bytes or more', issuer: null, audience: null };
const OPERATOR = 8_000_000;

export async function openShop({
  variant = USUAL,
  clock = new SystemClock(),
  orderHoldSeconds = 900,
}: ShopOptions = {}): Promise<RunningShop> {
  const folder = await mkdtemp(join(tmpdir(), 'jumun-'));
  const database = Database.open(`sqlite://${join(folder, 'shop.db')}`, variant);
  await migrate(database);
  const unitOfWork = new KnexUnitOfWork(database);
  await loadDemoData(unitOfWork);
  const queries = new KnexQueries(database);
  const shop = new Shop(
    {
      unitOfWork,
      queries,
      ids: new BlockIdSource(database),
      clock,
      lock: variant.lock(),
      cache: new InProcessCache(),
      events: new InProcessEventBus(),
    },
    shopPolicy({ orderHoldSeconds, salesTimeZone: 'Asia/Seoul' }),
  );
  const server = new HttpServer({
    shop,
    probes: { database: () => queries.ping() },
    tokens: TOKENS,
    devTokens: true,
    logger: pino({ level: 'silent' }),
  });
  const port = await server.listen(0, '127.0.0.1');
  const anybody = new Client(`http://127.0.0.1:${port}`);
  return {
    anybody,
    operator: await anybody.signIn(OPERATOR, ['operator']),
    shop,
    database,
    customer: (userId) => anybody.signIn(userId),
    async close() {
      await server.close();
      await database.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Opens a shop for the length of one test. */
export async function withShop(
  options: ShopOptions,
  use: (running: RunningShop) => Promise<void>,
): Promise<void> {
  const running = await openShop(options);
  try {
    await use(running);
  } finally {
    await running.close();
  }
}
