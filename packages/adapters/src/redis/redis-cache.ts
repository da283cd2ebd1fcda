import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
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

/** What Redis has under a key, when it is no value. */
interface Lease {
  readonly id: string;
  /** Whether it was left by this very look, and not by somebody who is loading already. */
  readonly isOurs: boolean;
}

/** What Redis has under a key. */
type Found = { readonly value: string } | { readonly lease: Lease };

/** What a cache over Redis has done since it was made. */
export interface RedisCacheCounts {
  /** Reads that Redis answered. */
  readonly hits: number;
  /** Reads that found nothing kept, whoever loaded for them. */
  readonly misses: number;
  /** Loads by this process: what the database was asked. */
  readonly loads: number;
  /** Of the misses, those that another process has loaded for us. */
  readonly builtElsewhere: number;
  /** Reads that went on without Redis. */
  readonly fallbacks: number;
}

/** All keys that were asked for in one turn of the event loop: they are looked up together. */
interface Turn {
  readonly keys: Set<string>;
  /** What Redis has by key. Undefined when Redis is away. */
  readonly found: Promise<ReadonlyMap<string, Found> | undefined>;
}

/** First character of a key's content when it is a value. */
const KEPT = '=';
/** A load that takes longer than this is not kept. */
const LEASE_MS = 10_000;
/** How long a process waits for what another one is loading before it loads by itself, and how often it looks. */
const PATIENCE_MS = 500;
const LOOK_AGAIN_MS = 10;
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

const RELEASE = new RedisScript(`
  if redis.call('GET', KEYS[1]) == ARGV[1] then
    redis.call('UNLINK', KEYS[1])
  end`);

/**
 * A cache that many processes share. Whoever finds nothing under a key leaves a lease there and loads; whoever finds a lease
 * waits for what its owner loads, and loads by itself only when that takes long. What was loaded is kept only if the lease is
 * still there: an invalidation removes it, and so does anything else that empties Redis. Loaders that find the same lease
 * began after it was left, so any of them may keep. A load that gives nothing to keep gives its lease back.
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
  private hits = 0;
  private misses = 0;
  private loads = 0;
  private builtElsewhere = 0;
  private fallbacks = 0;

  constructor(connection: RedisConnection, namespace: string) {
    this.connection = connection;
    this.prefix = `${namespace}:cache:`;
    connection.onBack((hadOutage) => this.comeBack(hadOutage));
  }

  async read(key: string, ttlMs: number, load: () => Promise<Value>): Promise<Value> {
    this.longestTtlMs = Math.max(this.longestTtlMs, ttlMs);
    const found = await this.look(key);
    if (found !== undefined && 'value' in found) {
      this.hits += 1;
      return found.value;
    }
    const lease = found?.lease;
    if (lease === undefined) this.fallbacks += 1;
    else this.misses += 1;
    const flight = this.flights.get(key);
    const isSame = lease === undefined || lease.id === flight?.lease;
    return flight !== undefined && isSame ? flight.value : this.fly(key, lease, ttlMs, load);
  }

  counts(): RedisCacheCounts {
    const { hits, misses, loads, builtElsewhere, fallbacks } = this;
    return { hits, misses, loads, builtElsewhere, fallbacks };
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
  private async look(key: string): Promise<Found | undefined> {
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

  private async lookAll(keys: readonly string[]): Promise<ReadonlyMap<string, Found> | undefined> {
    const looks: Promise<[string, Found][]>[] = [];
    for (let at = 0; at < keys.length; at += KEYS_PER_LOOK) {
      looks.push(this.lookSome(keys.slice(at, at + KEYS_PER_LOOK)));
    }
    try {
      return new Map((await Promise.all(looks)).flat());
    } catch {
      return undefined; // The connection tells of its faults itself.
    }
  }

  private async lookSome(keys: readonly string[]): Promise<[string, Found][]> {
    const ours = randomUUID();
    const found = await this.connection.ask((redis) =>
      LOOK.run(redis, this.named(keys), [ours, LEASE_MS]),
    );
    return keys.map((key, at) => {
      const text = textAt(found, at);
      return text.startsWith(KEPT)
        ? [key, { value: text.slice(KEPT.length) }]
        : [key, { lease: { id: text, isOurs: text === ours } }];
    });
  }

  /** Loads, or waits for whoever is loading; whoever comes meanwhile shares what comes of it. */
  private fly(
    key: string,
    lease: Lease | undefined,
    ttlMs: number,
    load: () => Promise<Value>,
  ): Promise<Value> {
    let isLoaded = false;
    const loadHere = async (): Promise<Value> => {
      isLoaded = true;
      this.loads += 1;
      return load();
    };
    const isElsewhere = lease?.isOurs === false;
    const value = isElsewhere ? this.waitFor(key, loadHere) : Promise.resolve().then(loadHere);
    const flight: Flight = { lease: lease?.id, value };
    this.flights.set(key, flight);
    const land = (): void => {
      if (this.flights.get(key) === flight) this.flights.delete(key);
    };
    value.then(
      (loaded) => {
        if (!isLoaded || lease === undefined) return land();
        const mayKeep = this.flights.get(key) === flight && this.mayLook();
        if (mayKeep && loaded !== undefined && loaded.length <= LONGEST_VALUE) {
          this.keep(key, lease.id, loaded, ttlMs).then(land, land);
        } else {
          land();
          this.release(key, lease.id);
        }
      },
      () => {
        land();
        if (isLoaded && lease !== undefined) this.release(key, lease.id);
      },
    );
    return value;
  }

  /** What another process is loading; where that takes too long, or comes to nothing, what `load` gives. */
  private async waitFor(key: string, load: () => Promise<Value>): Promise<Value> {
    const [name = ''] = this.named([key]);
    const deadline = performance.now() + PATIENCE_MS;
    while (performance.now() < deadline) {
      await sleep(LOOK_AGAIN_MS);
      const content = await this.glance(key, name);
      if (content === undefined) break;
      if (content.startsWith(KEPT)) {
        this.builtElsewhere += 1;
        return content.slice(KEPT.length);
      }
    }
    return load();
  }

  /** What Redis has under the key, without leaving a lease there. */
  private async glance(key: string, name: string): Promise<string | undefined> {
    if (!this.mayLook() || this.owed.has(key)) return undefined;
    try {
      return (await this.connection.ask((redis) => redis.get(name))) ?? undefined;
    } catch {
      return undefined; // The connection tells of its faults itself.
    }
  }

  /** No reader waits for it: whoever looks later on this connection finds it. */
  private async keep(key: string, lease: string, value: string, ttlMs: number): Promise<void> {
    const keptMs = Math.max(1, Math.floor(ttlMs * (1 - JITTER * Math.random())));
    const content = `${KEPT}${value}`;
    await this.connection.ask((redis) =>
      KEEP.run(redis, this.named([key]), [lease, content, keptMs]),
    );
    // Who looked before it was kept has found the lease, and still shares the load.
    await endOfTurn();
  }

  /** Lets others load at once what this process has nothing to keep of. */
  private release(key: string, lease: string): void {
    const released = this.connection.ask((redis) => RELEASE.run(redis, this.named([key]), [lease]));
    released.catch(() => {}); // It ends in its own time.
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
