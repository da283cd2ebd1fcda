import {
  BlockIdSource,
  type Database,
  InProcessCache,
  InProcessEventBus,
  InProcessLock,
  KnexQueries,
  KnexUnitOfWork,
  RedisPorts,
  shopPolicy,
  SystemClock,
} from '@jumun/adapters';
import {
  redisNamespace,
  sharedRedisUrl,
  type Store,
  temporaryDatabase,
} from '@jumun/adapters/testing';
import { type Clock, type Lock, Shop } from '@jumun/application';
import { ExpiringLock, NeverLock } from '@jumun/application/testing';
import { pino } from 'pino';
import { loadDemoData } from '../demo-data.js';
import { HttpServer } from '../server.js';
import { Client } from './client.js';

/** A way to run the shop in which everything must work the same. */
export interface Variant {
  readonly name: string;
  readonly store: Store;
  readonly lock: () => Lock;
  /** Reads and writes share one connection. */
  readonly singleConnection: boolean;
  /** Cache, lock and news are those that processes share; `lock` is not used then. */
  readonly redis: boolean;
}

export const USUAL: Variant = {
  name: 'on SQLite',
  store: 'sqlite',
  lock: () => new InProcessLock(),
  singleConnection: false,
  redis: false,
};
const ON_MYSQL: Variant = { ...USUAL, name: 'on MySQL', store: 'mysql' };

const inOtherWays = (variant: Variant): readonly Variant[] => [
  variant,
  {
    ...variant,
    name: `${variant.name}, with a lock that never locks`,
    lock: () => new NeverLock(),
  },
  {
    ...variant,
    name: `${variant.name}, with a lock that expires in the middle`,
    lock: () => new ExpiringLock(),
  },
  { ...variant, name: `${variant.name}, with one connection`, singleConnection: true },
];

export const VARIANTS: readonly Variant[] = [
  ...inOtherWays(USUAL),
  ...inOtherWays(ON_MYSQL),
  { ...ON_MYSQL, name: 'on MySQL and Redis', redis: true },
];

export interface ShopOptions {
  readonly variant?: Variant;
  readonly clock?: Clock;
  readonly orderHoldSeconds?: number;
}

/** The demo shop on a database of its own, reached through real HTTP. */
export interface RunningShop {
  /** Nobody in particular. */
  readonly anybody: Client;
  readonly port: number;
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
  const { database, remove } = await temporaryDatabase(variant.store, variant);
  const unitOfWork = new KnexUnitOfWork(database);
  await loadDemoData(unitOfWork);
  const queries = new KnexQueries(database);
  const redis = variant.redis
    ? new RedisPorts([sharedRedisUrl()], { namespace: redisNamespace() })
    : undefined;
  const shop = new Shop(
    {
      unitOfWork,
      queries,
      ids: new BlockIdSource(database),
      clock,
      lock: redis?.lock ?? variant.lock(),
      cache: redis?.cache ?? new InProcessCache(),
      events: redis?.events ?? new InProcessEventBus(),
    },
    shopPolicy({ orderHoldSeconds, salesTimeZone: 'Asia/Seoul' }, database),
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
    port,
    operator: await anybody.signIn(OPERATOR, ['operator']),
    shop,
    database,
    customer: (userId) => anybody.signIn(userId),
    async close() {
      await server.close();
      await redis?.close();
      await remove();
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
