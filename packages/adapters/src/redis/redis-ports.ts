import type { EventBus, Lock } from '@jumun/application';
import { RedisCache, type RedisCacheCounts } from './redis-cache.js';
import { RedisConnection, type RedisConnectionCounts } from './redis-connection.js';
import { RedisEventBus } from './redis-event-bus.js';
import { RedisSubscription } from './redis-subscription.js';
import { RedisTally } from './redis-tally.js';
import { RedlockLock } from './redlock-lock.js';

export interface RedisOptions {
  /** What keys and channels begin with, where several shops share one Redis. */
  readonly namespace?: string;
  /** Hears once of each outage of each connection, of commands that Redis refuses, and of listeners that throw. */
  readonly onFault?: (fault: unknown) => void;
}

/** What cache and connections have done and gone through. */
export interface RedisCounts {
  readonly cache: RedisCacheCounts;
  /** The connection of cache and news. */
  readonly main: RedisConnectionCounts;
  /** The connections of the lock, in the order of the URLs. */
  readonly nodes: readonly RedisConnectionCounts[];
}

/** A read waits for the cache no longer than this before it goes to the database. */
const CACHE_ANSWER_MS = 50;
const CACHE_PATIENCE = 3;
const LOCK_ANSWER_MS = 100;
const LOCK_PATIENCE = 1;

/** Cache, news and lock over Redis, each on connections of its own. Connects by itself, and again after every outage. */
export class RedisPorts {
  readonly cache: RedisCache;
  readonly events: EventBus;
  readonly lock: Lock;
  /** Of requests; on the first Redis. */
  readonly tally: RedisTally;
  private readonly main: RedisConnection;
  private readonly subscription: RedisSubscription;
  private readonly nodes: readonly RedisConnection[];

  /** The first Redis holds the cache and passes the news on; the lock is taken on most of all. */
  constructor(urls: readonly string[], options: RedisOptions = {}) {
    const { namespace = 'jumun', onFault = () => {} } = options;
    const [first] = urls;
    if (first === undefined) throw new RangeError('there is no Redis to connect to');
    this.main = new RedisConnection(first, {
      answerMs: CACHE_ANSWER_MS,
      patience: CACHE_PATIENCE,
      onFault,
    });
    this.subscription = new RedisSubscription(first, onFault);
    this.nodes = urls.map(
      (url) =>
        new RedisConnection(url, { answerMs: LOCK_ANSWER_MS, patience: LOCK_PATIENCE, onFault }),
    );
    this.cache = new RedisCache(this.main, namespace);
    this.events = new RedisEventBus(this.main, this.subscription, namespace, onFault);
    this.tally = new RedisTally(this.main, namespace);
    this.lock = new RedlockLock(this.nodes, namespace);
  }

  /** Rejects when the first Redis is away. The shop works without it, only slower. */
  async ping(): Promise<void> {
    await Promise.all([this.main.ask((redis) => redis.ping()), this.subscription.caughtUp()]);
  }

  counts(): RedisCounts {
    return {
      cache: this.cache.counts(),
      main: this.main.counts(),
      nodes: this.nodes.map((node) => node.counts()),
    };
  }

  /** Closes every connection; resolves when what was under way is done. */
  async close(): Promise<void> {
    this.subscription.close();
    await Promise.all([this.main, ...this.nodes].map((each) => each.close()));
  }
}
