import { Redis, ReplyError } from 'ioredis';
import { inSpan } from '../tracing/in-span.js';
import { SOCKET } from './redis-socket.js';

/** Redis is away, or does not answer in time. */
export class RedisAway extends Error {
  override readonly name = 'RedisAway';
}

export interface RedisConnectionOptions {
  /** Nobody waits longer than this for one answer. */
  readonly answerMs: number;
  /** After so many unanswered commands in a row, nobody waits at all until Redis answers again. */
  readonly patience: number;
  /** Hears once of each outage, and now and then of commands that Redis refuses. */
  readonly onFault: (fault: unknown) => void;
}

/** What a connection has gone through since it was made. */
export interface RedisConnectionCounts {
  /**
   * `CLOSED`: Redis is asked. `OPEN`: it has left too much unanswered, and nobody asks until it answers a probe. `AWAY`:
   * there is no connection.
   */
  readonly breaker: 'CLOSED' | 'OPEN' | 'AWAY';
  /** Times that Redis was found to be away, or to hang. */
  readonly outages: number;
  /** Commands that were not answered in time. */
  readonly unanswered: number;
}

/** Nobody looks where it comes from, and an outage makes very many of it. */
const AWAY = new RedisAway('Redis is away');

const ATTRIBUTES = () => ({ 'db.system.name': 'redis' });

type Command<T> = (redis: Redis) => Promise<T>;

/** A socket on which nothing was answered for so long is given up: its other end may have vanished without a word. */
const SILENCE_MS = 2_000;
/** How often a Redis that does not answer is asked whether it does. */
const PROBE_MS = 200;
const REFUSALS_TOLD_EVERY_MS = 10_000;

/**
 * A connection to one Redis on which nobody waits for long: a command is answered in time or rejects, and while Redis is
 * away it rejects at once. It comes back by itself.
 */
export class RedisConnection {
  private readonly redis: Redis;
  private readonly backListeners: ((hadOutage: boolean) => void)[] = [];
  private readonly options: RedisConnectionOptions;
  /** In a row. */
  private unanswered = 0;
  private allUnanswered = 0;
  private outages = 0;
  /** Set while Redis hangs: asks it whether it answers again. */
  private probe: NodeJS.Timeout | undefined;
  private isOutageTold = false;
  private isClosing = false;
  private refusalTold = -Infinity;

  constructor(url: string, options: RedisConnectionOptions) {
    this.options = options;
    this.redis = new Redis(url, {
      ...SOCKET,
      maxRetriesPerRequest: 0,
      autoResendUnfulfilledCommands: false,
      socketTimeout: SILENCE_MS,
    });
    this.redis.on('error', (fault: unknown) => this.tellOutage(fault));
    this.redis.on('close', () => this.tellOutage(undefined));
    this.redis.on('ready', () => this.comeBack());
  }

  /** Whether a command would reject at once. */
  get isAway(): boolean {
    return this.probe !== undefined || !this.isConnected;
  }

  counts(): RedisConnectionCounts {
    const hangs = this.probe !== undefined;
    const { outages, allUnanswered: unanswered } = this;
    return { breaker: hangs ? 'OPEN' : this.isConnected ? 'CLOSED' : 'AWAY', outages, unanswered };
  }

  /** Rejects with {@link RedisAway} in time when there is no answer, or with the refusal of a Redis that is there. */
  ask<T>(command: Command<T>): Promise<T> {
    if (this.isAway) return Promise.reject(AWAY);
    return inSpan('redis', ATTRIBUTES, () => this.inTime(command(this.redis)));
  }

  /** Sends a command of which nobody needs the answer, also to a Redis that hangs: it follows what was sent before. */
  post(command: Command<unknown>): void {
    if (this.isConnected) command(this.redis).catch(() => {});
  }

  /** `listener` is called when Redis can be asked for the first time, and after each outage. */
  onBack(listener: (hadOutage: boolean) => void): void {
    this.backListeners.push(listener);
  }

  /** Resolves when Redis has answered what it was asked before. */
  async close(): Promise<void> {
    this.isClosing = true;
    try {
      await this.ask((redis) => redis.quit());
    } catch {
      // It is away: there is nothing to wait for.
    }
    clearTimeout(this.probe);
    this.redis.disconnect();
  }

  private get isConnected(): boolean {
    return this.redis.status === 'ready';
  }

  private inTime<T>(answer: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      let isSettled = false;
      const giveUp = (): void => {
        if (isSettled) return;
        isSettled = true;
        this.missAnswer();
        reject(new RedisAway(`Redis has not answered within ${this.options.answerMs} ms`));
      };
      // After a stall of this process the answer may be there already, and is read in the next turn.
      const timer = setTimeout(() => setImmediate(giveUp), this.options.answerMs);
      const settle = (): void => {
        isSettled = true;
        clearTimeout(timer);
      };
      answer.then(
        (value) => {
          settle();
          this.unanswered = 0;
          resolve(value);
        },
        (fault: unknown) => {
          settle();
          reject(this.isRefusal(fault) ? fault : new RedisAway('Redis is away', { cause: fault }));
        },
      );
    });
  }

  private isRefusal(fault: unknown): fault is Error {
    if (!(fault instanceof ReplyError)) return false;
    this.unanswered = 0;
    const isScriptUnknown = fault instanceof Error && fault.message.startsWith('NOSCRIPT');
    const now = performance.now();
    if (!isScriptUnknown && now > this.refusalTold + REFUSALS_TOLD_EVERY_MS) {
      this.refusalTold = now;
      this.options.onFault(fault);
    }
    return true;
  }

  private missAnswer(): void {
    this.unanswered += 1;
    this.allUnanswered += 1;
    if (this.unanswered < this.options.patience || this.probe !== undefined) return;
    this.tellOutage(undefined);
    this.probeLater();
  }

  private probeLater(): void {
    const probe = setTimeout(() => {
      const isMeant = (): boolean => this.probe === probe;
      const asked = this.isConnected ? this.inTime(this.redis.ping()) : Promise.reject(AWAY);
      asked.then(
        () => isMeant() && this.comeBack(),
        () => isMeant() && this.probeLater(),
      );
    }, PROBE_MS);
    this.probe = probe.unref();
  }

  private comeBack(): void {
    clearTimeout(this.probe);
    this.probe = undefined;
    this.unanswered = 0;
    const hadOutage = this.isOutageTold;
    this.isOutageTold = false;
    for (const listener of this.backListeners) listener(hadOutage);
  }

  private tellOutage(cause: unknown): void {
    if (this.isOutageTold || this.isClosing) return;
    this.isOutageTold = true;
    this.outages += 1;
    this.options.onFault(new RedisAway('Redis is away', { cause }));
  }
}
