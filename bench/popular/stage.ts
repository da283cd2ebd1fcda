import type { Shop } from '@jumun/application';
import { StatementLog } from '@jumun/adapters/testing';
import { Redis } from 'ioredis';
import type { Bench } from '../lib/bench.ts';
import { type Book, withBooks } from '../lib/books.ts';
import { openJumun } from '../lib/container.ts';
import { Contender } from '../lib/contender.ts';
import type { Page } from '../lib/crowd-tasks.ts';
import { withRedis } from '../lib/servers.ts';
import { type Service, startService, withServices } from '../lib/service.ts';
import { RICH } from '../lib/database.ts';
import { buy, shopBefore } from '../reads/history.ts';

export const POPULAR = '/api/v1/products/popular';

/** Two processes that show the popular products, and whoever counts the sales. */
export interface Stage {
  readonly services: readonly [Service, Service];
  readonly both: Contender;
  readonly databaseUrl: string;
  readonly redisUrl: string;
  /** Lets somebody watch what the database and Redis are asked; it slows the database down. */
  readonly observed: (use: (observer: Observer) => Promise<void>) => Promise<void>;
  /** Sells something, that was not counted yet. */
  readonly sell: () => Promise<void>;
  /** Counts what was sold: every process hears of new rankings. */
  readonly count: () => Promise<void>;
}

/** Knows what is asked of the database and of Redis, as these count it themselves. */
export class Observer {
  private readonly log: StatementLog;
  private readonly redis: Redis;

  private constructor(log: StatementLog, redis: Redis) {
    this.log = log;
    this.redis = redis;
  }

  static async watch(
    server: string,
    redisUrl: string,
    use: (observer: Observer) => Promise<void>,
  ): Promise<void> {
    const log = await StatementLog.begin(server);
    const redis = new Redis(redisUrl);
    try {
      await use(new Observer(log, redis));
    } finally {
      redis.disconnect();
      await log.close();
    }
  }

  /** How often a ranking was read from the database to be shown. */
  builds({ days, sort }: { readonly days: number; readonly sort: string }): Promise<number> {
    return this.log.count(`FROM rankings WHERE days = ${days} AND sort = '${sort}'`);
  }

  /** How often rankings were stored. */
  rollUps(): Promise<number> {
    return this.log.count('DELETE FROM rankings');
  }

  /**
   * How often a process had not got a ranking in its memory, at most: each time it asks Redis by a script, and again by one
   * when it keeps there what it has built. Who waits for another process looks by GET, which is not counted again.
   */
  async looks(): Promise<number> {
    const info = await this.redis.info('commandstats');
    const calls = [...info.matchAll(/^cmdstat_(?:eval|evalsha):calls=(\d+)/gm)];
    return calls.reduce((sum, [, count]) => sum + Number(count), 0);
  }
}

export interface PopularPage extends Page {
  readonly days: number;
  readonly sort: 'quantity' | 'revenue';
}

export const popularPage = (
  days: number,
  sort: PopularPage['sort'] = 'quantity',
  limit = 5,
): PopularPage => ({
  days,
  sort,
  path: `${POPULAR}?days=${days}&sort=${sort}&limit=${limit}`,
  begins: '{"period":{"from":"',
});

/** What most ask for. */
export const USUAL: PopularPage = { ...popularPage(3), path: POPULAR };

/** Starts everybody on one MySQL server and a Redis, with some sales counted; audits the books when `use` is done. */
export const withStage = (
  bench: Bench,
  server: string,
  use: (stage: Stage) => Promise<void>,
): Promise<void> =>
  withRedis((redisUrl) =>
    withBooks(bench, server, 1, async (books) => {
      const [book] = books as [Book];
      const databaseUrl = book.db.url;
      const jumun = await openJumun(databaseUrl, [redisUrl]);
      const observed: Stage['observed'] = (look) => Observer.watch(server, redisUrl, look);
      try {
        await shopBefore(jumun.shop, {
          customers: bench.small ? 10 : 100,
          orders: 2,
          products: RICH.products,
        });
        await jumun.shop.rollUpSales();
        const start = () => startService({ databaseUrl, redisUrl });
        await withServices([start, start], async (started) => {
          const [one, another] = started;
          if (!one || !another) throw new Error('somebody is missing');
          const both = new Contender('Jumun, two processes', started, book);
          let order = RICH.products;
          await use({
            services: [one, another],
            both,
            databaseUrl,
            redisUrl,
            observed,
            sell: async () => {
              order += 1;
              await buy(jumun.shop, 1, order, RICH.products);
            },
            count: () => countSales(jumun.shop),
          });
        });
      } finally {
        await jumun.close();
      }
    }),
  );

async function countSales(shop: Shop): Promise<void> {
  const { version } = await shop.rollUpSales();
  if (version === null) throw new Error('these sales were counted by somebody else');
}
