import type { RedisConnection } from './redis-connection.js';
import { RedisScript } from './redis-script.js';

/** Counts that are of use for some seconds are forgotten after these. */
const KEPT_MS = 5_000;
const KEYS_AT_ONCE = 500;

const ADD = new RedisScript(`
  local totals = {}
  for at, key in ipairs(KEYS) do
    totals[at] = redis.call('INCRBY', key, ARGV[at + 1])
    redis.call('PEXPIRE', key, ARGV[1])
  end
  return totals`);

/** Counts of what many processes have seen, such as requests of one customer in one second. They are soon forgotten. */
export class RedisTally {
  constructor(
    private readonly connection: RedisConnection,
    private readonly namespace: string,
  ) {}

  /**
   * Adds to each count, and resolves to what they are now. Rejects when Redis is away, or does not answer in time: then some
   * or all may have been added.
   */
  async add(counts: ReadonlyMap<string, number>): Promise<ReadonlyMap<string, number>> {
    const names = [...counts.keys()];
    const asked: Promise<readonly (readonly [string, number])[]>[] = [];
    for (let at = 0; at < names.length; at += KEYS_AT_ONCE) {
      asked.push(this.addSome(names.slice(at, at + KEYS_AT_ONCE), counts));
    }
    return new Map((await Promise.all(asked)).flat());
  }

  private async addSome(
    names: readonly string[],
    counts: ReadonlyMap<string, number>,
  ): Promise<readonly (readonly [string, number])[]> {
    const keys = names.map((name) => `${this.namespace}:tally:${name}`);
    const added = names.map((name) => counts.get(name) ?? 0);
    const totals = (await this.connection.ask((redis) =>
      ADD.run(redis, keys, [KEPT_MS, ...added]),
    )) as readonly number[];
    return names.map((name, at) => [name, totals[at] ?? 0] as const);
  }
}
