import { randomUUID } from 'node:crypto';
import type { Cache } from '@jumun/application';
import type { Redis } from 'ioredis';
import { endOfTurn } from '../local/end-of-turn.js';
import type { RedisConnection } from './redis-connection.js';
import { RedisScript } from './redis-script.js';

type Value = string | undefined;

/** A load under way in this process. */
interface Flight {
  /** What Redis had under the key when the load began; undefined when Redis was not asked. */
  readonly lease: string | undefined;
  readonly value: Promise<Value>;
}

/** All keys that were asked for in one turn of the event loop: they are looked up together. */
interface Turn {
  readonly keys: Set<string>;
  /** What Redis has by key: a value behind {@link KEPT}, or else a lease. Undefined when Redis is away. */
  readonly found: Promise<ReadonlyMap<string, string> | undefined>;
}

/** First character of a key's content when it is a value. */
const KEPT = '=';
/** A load that takes longer than this is not kept. */
const LEASE_MS = 10_000;
const KEYS_PER_LOOK = 256;
const LONGEST_VALUE = 1_048_576;
/** Up to this part of its time is taken from each entry by chance, so that not all end at once. */
const JITTER = 0.1;
/** After an outage: long enough for every process to connect again, and to deliver the invalidations it still owes. */
const SETTLE_MS = 500;
const DELIVER_AGAIN_MS = 100;
const OWED_AT_MOST = 10_000;

const LOOK = new RedisScript(`
  local found = {}
  for at, key in ipairs(KEYS) do
    found[at] = redis.call('GET', key)
    if not found[at] then
      found[at] = ARGV[1]
      redis.call('SET', key, ARGV[1], 'PX', ARGV[2])
    end
  end
  return found`);

const KEEP = new RedisScript(`
  if redis.call('GET', KEYS[1]) == ARGV[1] then
    redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
  end`);

/**
 * A cache that many processes share. Whoever finds nothing under a key leaves a lease there, and what it loads is kept only
 * if the lease is still there: an invalidation removes it, and so does anything else that empties Redis. Loaders that find
 * the same lease began after it was left, so they may share one load and any of them may keep.
 *
 * A Redis that is away, or hangs, fails no read: `load` answers, once per key and process at a time. An invalidation that
 * Redis did not confirm is owed to it: this process does not look at the key again before it is delivered, and no process
 * looks at anything for a moment after an outage that it noticed. So an old value can be read again only by others: if the
 * one that owes dies before Redis is back, or if Redis was away for that one alone; and never after the value's time.
 */
export class RedisCache implements Cache {
  private readonly connection: RedisConnection;
  private readonly prefix: string;
  private readonly flights = new Map<string, Flight>();
  /** By key, the latest invalidation that Redis has not confirmed. */
  private readonly owed = new Map<string, symbol>();
  private delivery: NodeJS.Timeout | undefined;
  private turn: Turn | undefined;
  private lookAgainAt = -Infinity;
  private longestTtlMs = 0;

  constructor(connection: RedisConnection, namespace: string) {
    this.connection = connection;
    this.prefix = `${namespace}:cache:`;
    connection.onBack((hadOutage) => this.comeBack(hadOutage));
  }

  async read(key: string, ttlMs: number, load: () => Promise<Value>): Promise<Value> {
    this.longestTtlMs = Math.max(this.longestTtlMs, ttlMs);
    const found = await this.look(key);
    if (found?.startsWith(KEPT) === true) return found.slice(KEPT.length);
    const flight = this.flights.get(key);
    const isSame = found === undefined || found === flight?.lease;
    return flight !== undefined && isSame ? flight.value : this.load(key, found, ttlMs, load);
  }

  async invalidate(keys: readonly string[]): Promise<void> {
    if (keys.length === 0) return;
    const mark = Symbol('invalidation');
    for (const key of keys) {
      this.flights.delete(key);
      this.owed.set(key, mark);
    }
    await this.deliver(keys);
  }

  /** What Redis has under the key; undefined when it cannot be known. */
  private async look(key: string): Promise<string | undefined> {
    if (!this.mayLook() || this.owed.has(key)) return undefined;
    this.turn ??= this.newTurn();
    const { keys, found } = this.turn;
    keys.add(key);
    return (await found)?.get(key);
  }

  private mayLook(): boolean {
    return !this.connection.isAway && performance.now() >= this.lookAgainAt;
  }

  /** Asks Redis at the end of the turn: later than everybody who shares the answer has asked for it. */
  private newTurn(): Turn {
    const keys = new Set<string>();
    return {
      keys,
      found: endOfTurn().then(() => {
        this.turn = undefined;
        return this.lookAll([...keys]);
      }),
    };
  }

  private async lookAll(keys: readonly string[]): Promise<ReadonlyMap<string, string> | undefined> {
    const looks: Promise<[string, string][]>[] = [];
    for (let at = 0; at < keys.length; at += KEYS_PER_LOOK) {
      looks.push(this.lookSome(keys.slice(at, at + KEYS_PER_LOOK)));
    }
    try {
      return new Map((await Promise.all(looks)).flat());
    } catch {
      return undefined; // The connection tells of its faults itself.
    }
  }

  private async lookSome(keys: readonly string[]): Promise<[string, string][]> {
    const found = await this.connection.ask((redis) =>
      LOOK.run(redis, this.named(keys), [randomUUID(), LEASE_MS]),
    );
    return keys.map((key, at) => [key, textAt(found, at)]);
  }

  private load(
    key: string,
    lease: string | undefined,
    ttlMs: number,
    load: () => Promise<Value>,
  ): Promise<Value> {
    const value = Promise.resolve().then(load);
    const flight: Flight = { lease, value };
    this.flights.set(key, flight);
    const land = (): void => {
      if (this.flights.get(key) === flight) this.flights.delete(key);
    };
    value.then((loaded) => {
      const mayKeep = this.flights.get(key) === flight && this.mayLook();
      if (!mayKeep || lease === undefined || loaded === undefined) return land();
      this.keep(key, lease, loaded, ttlMs).then(land, land);
    }, land);
    return value;
  }

  /** No reader waits for it: whoever looks later on this connection finds it. */
  private async keep(key: string, lease: string, value: string, ttlMs: number): Promise<void> {
    if (value.length > LONGEST_VALUE) return;
    const keptMs = Math.max(1, Math.floor(ttlMs * (1 - JITTER * Math.random())));
    const content = `${KEPT}${value}`;
    await this.connection.ask((redis) =>
      KEEP.run(redis, this.named([key]), [lease, content, keptMs]),
    );
    // Who looked before it was kept has found the lease, and still shares the load.
    await endOfTurn();
  }

  /** Resolves when Redis has confirmed, or cannot be reached; then it is tried again. */
  private async deliver(keys: readonly string[]): Promise<void> {
    const delivered = keys.map((key) => [key, this.owed.get(key)] as const);
    const unlink = (redis: Redis): Promise<number> => redis.unlink(this.named(keys));
    // To a Redis that hangs it is sent too, to be ahead of whatever is asked when it goes on.
    if (this.connection.isAway) this.connection.post(unlink);
    try {
      await this.connection.ask(unlink);
      for (const [key, mark] of delivered) if (this.owed.get(key) === mark) this.owed.delete(key);
    } catch {
      this.deliverLater();
    }
  }

  private deliverLater(): void {
    if (this.owed.size > OWED_AT_MOST) {
      // Instead of remembering what is old there, this process looks at nothing until all of it is gone.
      this.owed.clear();
      this.lookAgainAt = performance.now() + this.longestTtlMs;
    }
    this.delivery ??= setTimeout(() => {
      this.delivery = undefined;
      this.deliverOwed();
    }, DELIVER_AGAIN_MS).unref();
  }

  private deliverOwed(): void {
    const keys = [...this.owed.keys()];
    if (keys.length > 0) this.deliver(keys).catch(() => this.deliverLater());
  }

  private comeBack(hadOutage: boolean): void {
    const settled = performance.now() + SETTLE_MS;
    if (hadOutage) this.lookAgainAt = Math.max(this.lookAgainAt, settled);
    this.deliverOwed();
  }

  private named(keys: readonly string[]): string[] {
    return keys.map((key) => `${this.prefix}${key}`);
  }
}

function textAt(answer: unknown, at: number): string {
  const text: unknown = Array.isArray(answer) ? answer[at] : undefined;
  if (typeof text === 'string') return text;
  throw new TypeError('Redis has not answered with a text for each key');
}
