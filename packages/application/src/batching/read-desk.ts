import type { Result } from '@jumun/domain';
import { Batcher, type BatcherCounts, type BatcherOptions, type ServiceBusy } from './batcher.js';

/**
 * Where reads of single things meet: those that are asked for while one query is under way are answered together by the
 * next one. So a read always sees what was committed before it was asked for, and a crowd costs hardly more than one.
 */
export class ReadDesk<Key, Found> {
  private readonly batcher: Batcher<Key, Found | undefined>;

  /** `findMany` is given each key once, and leaves out what is not there. */
  constructor(
    findMany: (keys: readonly Key[]) => Promise<ReadonlyMap<Key, Found>>,
    options: BatcherOptions,
  ) {
    this.batcher = new Batcher(async (keys) => {
      const found = await findMany([...new Set(keys)]);
      return keys.map((key) => found.get(key));
    }, options);
  }

  /** What is there under the key, or undefined. */
  find(key: Key): Promise<Result<Found | undefined, ServiceBusy>> {
    return this.batcher.submit(key);
  }

  counts(): BatcherCounts {
    return this.batcher.counts();
  }
}
