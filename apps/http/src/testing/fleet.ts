import { fileURLToPath } from 'node:url';
import { Database } from '@jumun/adapters';
import {
  auditDatabase,
  type MysqlServer,
  type RedisServer,
  type Shelved,
  startMysql,
  startRedis,
  temporaryMysqlDatabase,
} from '@jumun/adapters/testing';
import { SignJWT } from 'jose';
import { Client } from './client.js';
import { NodeProcess } from './node-process.js';
import { ShopProcess } from './shop-process.js';

const SECRET = 'a secret of thirty-two bytes or more';
const WORKER = fileURLToPath(new URL('../../../worker/dist/main.js', import.meta.url));
const MIGRATE = fileURLToPath(new URL('../../../worker/dist/migrate-main.js', import.meta.url));

export interface FleetOptions {
  readonly shops?: number;
  readonly workers?: number;
  /** How long an order is held for its payment. */
  readonly orderHoldSeconds?: number;
  /** From one count of the sales to the next. */
  readonly statsIntervalSeconds?: number;
  /** Further variables of the environment. */
  readonly environment?: Readonly<Record<string, string>>;
  /** How long an HTTP app that is told to stop still takes requests; 0 unless told otherwise. */
  readonly shutdownGraceSeconds?: number;
}

/** The production profile on this machine: MySQL, Redis, and several processes of each kind, all of which can be killed. */
export class Fleet {
  readonly shops: ShopProcess[] = [];
  readonly workers: NodeProcess[] = [];

  private constructor(
    readonly mysql: MysqlServer,
    readonly redis: RedisServer,
    private readonly databaseUrl: string,
    private readonly environment: Readonly<Record<string, string>>,
  ) {}

  static async start(options: FleetOptions = {}): Promise<Fleet> {
    const { shops = 2, workers = 2, orderHoldSeconds = 900, statsIntervalSeconds = 300 } = options;
    const { shutdownGraceSeconds = 0 } = options;
    const [mysql, redis] = await Promise.all([startMysql(), startRedis()]);
    const { url } = await temporaryMysqlDatabase(mysql.url);
    const fleet = new Fleet(mysql, redis, url, {
      DATABASE_URL: url,
      REDIS_URL: redis.url,
      AUTH_JWT_SECRET: SECRET,
      ORDER_HOLD_SECONDS: String(orderHoldSeconds),
      STATS_INTERVAL_SECONDS: String(statsIntervalSeconds),
      SHUTDOWN_GRACE_SECONDS: String(shutdownGraceSeconds),
      DEMO_DATA: 'on',
      LOG_LEVEL: 'info',
      NODE_ENV: 'production',
      ...options.environment,
    });
    try {
      await fleet.migrate();
      for (let at = 0; at < shops; at += 1) await fleet.addShop();
      for (let at = 0; at < workers; at += 1) await fleet.addWorker();
      return fleet;
    } catch (fault) {
      await fleet.stop();
      throw fault;
    }
  }

  async migrate(): Promise<void> {
    const process = await NodeProcess.start(MIGRATE, this.environment, /up to date/);
    await process.ended();
  }

  /** `environment`: further variables of this one. */
  async addShop(environment: Readonly<Record<string, string>> = {}): Promise<ShopProcess> {
    const shop = await ShopProcess.start({ ...this.environment, ...environment });
    this.shops.push(shop);
    return shop;
  }

  async addWorker(): Promise<void> {
    const environment = { ...this.environment, MANAGEMENT_PORT: '0', MANAGEMENT_HOST: '127.0.0.1' };
    this.workers.push(await NodeProcess.start(WORKER, environment, /"msg":"working"/));
  }

  /** A customer, whose requests go to one process. */
  async customer(
    userId: number,
    shop: Pick<ShopProcess, 'url'> | undefined,
    roles: string[] = [],
  ): Promise<Client> {
    if (shop === undefined) throw new Error('there is no such process');
    const token = await new SignJWT({ roles })
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject(String(userId))
      .setIssuedAt()
      .setExpirationTime('1h')
      .sign(new TextEncoder().encode(SECRET));
    return new Client(shop.url, token);
  }

  operator(): Promise<Client> {
    return this.customer(8_000_000, this.shops[0], ['operator']);
  }

  /** Broken rules between the tables. */
  async audit(shelved: Shelved = {}): Promise<readonly string[]> {
    const database = Database.open(this.databaseUrl);
    try {
      return await auditDatabase(database, shelved);
    } finally {
      await database.close();
    }
  }

  /** Ends everything, by force where it does not end by itself; resolves to the exit codes of the processes. */
  async stop(): Promise<readonly (number | null)[]> {
    const processes = [...this.shops, ...this.workers];
    const codes = await Promise.all(processes.map((process) => process.stop()));
    await Promise.all([this.mysql.stop(), this.redis.stop()]);
    return codes;
  }
}
