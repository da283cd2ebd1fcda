import { setTimeout as sleep } from 'node:timers/promises';
import type { HoldSignal, Lock } from '@jumun/application';
import bluebird from 'bluebird';
import Redlock, { type Answer, type Client, type Hold } from 'redlock';
import type { RedisConnection } from './redis-connection.js';

/** Longer than this nobody waits for a lock that others hold. */
const WAIT_MS = 1_000;
/** Between two attempts; by chance, so that two who want the same do not meet again and again. */
const [RETRY_AT_LEAST_MS, RETRY_AT_MOST_MS] = [4, 16];

/** What a lock needs of a node. */
type LockNode = Pick<RedisConnection, 'ask' | 'isAway' | 'post'>;

/**
 * Mutual exclusion between processes by the Redlock algorithm: whoever has the keys on more than half of the nodes. When
 * they cannot be had in time, or half of the nodes are away, the work runs without them. Redlock's promises are bluebird's:
 * while it hears what a node has answered, and no longer, bluebird's scheduler is the microtask queue, so an application
 * may use bluebird with a scheduler of its own.
 */
export class RedlockLock implements Lock {
  private readonly nodes: readonly LockNode[];
  private readonly prefix: string;
  private readonly redlock: Redlock;

  constructor(nodes: readonly LockNode[], namespace: string) {
    this.nodes = nodes;
    this.prefix = `${namespace}:lock:`;
    this.redlock = new Redlock(nodes.map(clientOf), { retryCount: 0 });
  }

  async withLock<T>(
    keys: readonly string[],
    ttlMs: number,
    work: (signal: HoldSignal) => Promise<T>,
  ): Promise<T> {
    const names = [...new Set(keys)].toSorted().map((key) => `${this.prefix}${key}`);
    const hold = names.length === 0 ? undefined : await this.acquire(names, ttlMs);
    try {
      return await work(new Span(hold === undefined ? ttlMs : hold.expiration - Date.now()));
    } finally {
      // Nobody waits for it: it is sent, and what this process asks for next comes after it. Should Redis hang now, the
      // hold ends with its time.
      release(hold);
    }
  }

  private async acquire(names: string[], ttlMs: number): Promise<Hold | undefined> {
    const deadline = performance.now() + WAIT_MS;
    while (this.hasQuorum()) {
      const hold = await attempt(this.redlock, names, ttlMs);
      if (hold !== undefined || performance.now() >= deadline) return hold;
      await sleep(RETRY_AT_LEAST_MS + Math.random() * (RETRY_AT_MOST_MS - RETRY_AT_LEAST_MS));
    }
    return undefined;
  }

  private hasQuorum(): boolean {
    const present = this.nodes.filter(({ isAway }) => !isAway);
    return present.length > this.nodes.length / 2;
  }
}

/** A span of time from now on. */
class Span implements HoldSignal {
  private readonly end: number;

  constructor(milliseconds: number) {
    this.end = performance.now() + milliseconds;
  }

  get aborted(): boolean {
    return performance.now() >= this.end;
  }
}

/**
 * The library says the same of a lock that others hold and of nodes that are away. Its promise is listened to at once: what
 * waits for it before an answer is told without a turn.
 */
function attempt(redlock: Redlock, names: string[], ttlMs: number): Promise<Hold | undefined> {
  const { promise, resolve } = Promise.withResolvers<Hold | undefined>();
  redlock.lock(names, ttlMs).then(resolve, () => resolve(undefined));
  return promise;
}

function release(hold: Hold | undefined): void {
  hold?.unlock().then(
    () => {},
    () => {
      // It has ended by itself, or will.
    },
  );
}

/** One node, as the library speaks to it. */
const clientOf = (node: LockNode): Client => ({
  evalsha(hash, [count = 0, ...args], answer) {
    const isUnlock = args.length === Number(count) + 1;
    if (isUnlock && node.isAway) {
      // A lock that was asked for before Redis hung would be taken when it goes on, by nobody.
      node.post((redis) => redis.evalsha(hash, count, ...args));
    }
    reply(
      node.ask((redis) => redis.evalsha(hash, count, ...args)),
      answer,
    );
  },
  eval([script = '', count = 0, ...args], answer) {
    reply(
      node.ask((redis) => redis.eval(String(script), count, ...args)),
      answer,
    );
  },
});

/** What `answer` returns is not for us: it may be a promise that rejects. */
function reply(asked: Promise<unknown>, answer: Answer): void {
  asked.then(
    (value) => {
      withoutTurns(() => answer(null, value));
    },
    (fault: unknown) => {
      withoutTurns(() => answer(fault instanceof Error ? fault : new Error(String(fault))));
    },
  );
}

/**
 * The library's promises would each wait for another turn of the event loop, and while a crowd arrives a turn is long. What
 * `settle` settles is told without. Bluebird has one scheduler for all who use it in a process, so it is given back at once:
 * nobody else's promises are told in another way.
 */
function withoutTurns(settle: () => void): void {
  const before = bluebird.setScheduler(queueMicrotask);
  try {
    settle();
  } finally {
    bluebird.setScheduler(before);
  }
}
