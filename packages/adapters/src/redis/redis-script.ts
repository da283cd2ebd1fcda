import { createHash } from 'node:crypto';
import type { Redis } from 'ioredis';

/** A Lua script, which Redis runs as one step. It is sent once, and then known by its hash until Redis restarts. */
export class RedisScript {
  private readonly hash: string;
  private readonly source: string;

  constructor(source: string) {
    this.source = source;
    this.hash = createHash('sha1').update(source).digest('hex');
  }

  async run(
    redis: Redis,
    keys: readonly string[],
    args: readonly (string | number)[],
  ): Promise<unknown> {
    try {
      return await redis.evalsha(this.hash, keys.length, ...keys, ...args);
    } catch (fault) {
      if (!(fault instanceof Error && fault.message.startsWith('NOSCRIPT'))) throw fault;
      return redis.eval(this.source, keys.length, ...keys, ...args);
    }
  }
}
