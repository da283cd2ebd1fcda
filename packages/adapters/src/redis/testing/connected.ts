import { setTimeout as sleep } from 'node:timers/promises';
import { RedisConnection, type RedisConnectionOptions } from '../redis-connection.js';

const AT_MOST_MS = 10_000;
const LOOK_EVERY_MS = 5;

/** Resolves once `condition` holds. */
export async function until(
  what: string,
  condition: () => boolean | Promise<boolean>,
): Promise<void> {
  for (const deadline = Date.now() + AT_MOST_MS; !(await condition()); await sleep(LOOK_EVERY_MS)) {
    if (Date.now() > deadline) throw new Error(`${what}: not within ${AT_MOST_MS} ms`);
  }
}

/** Whether `work` resolves. */
export const succeeds = (work: Promise<unknown>): Promise<boolean> =>
  work.then(
    () => true,
    () => false,
  );

/** How many milliseconds `work` takes. */
export async function duration(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** Longer than in production: a machine that runs many tests at once is slow, and Redis is not to be blamed for it. */
export const ANSWER_MS = 500;
/** Whoever took no longer than this has not waited for an answer. */
export const AT_ONCE_MS = 250;

const USUAL: RedisConnectionOptions = { answerMs: ANSWER_MS, patience: 3, onFault: () => {} };

/** Connections that are all closed at once. */
export class Connections {
  private readonly opened: RedisConnection[] = [];

  /** A connection that may not be connected yet. */
  open(url: string, options: Partial<RedisConnectionOptions> = {}): RedisConnection {
    const connection = new RedisConnection(url, { ...USUAL, ...options });
    this.opened.push(connection);
    return connection;
  }

  async connect(
    url: string,
    options: Partial<RedisConnectionOptions> = {},
  ): Promise<RedisConnection> {
    const connection = this.open(url, options);
    await until('Redis is there', () => !connection.isAway);
    return connection;
  }

  async close(): Promise<void> {
    await Promise.all(this.opened.splice(0).map((each) => each.close()));
  }
}
