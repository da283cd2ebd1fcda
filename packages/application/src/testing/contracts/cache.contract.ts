import type { Cache } from '../../ports/cache.js';
import { type Contract, mustEqual, mustReject } from './contract.js';

export interface CacheHarness {
  /** An empty cache. */
  readonly cache: Cache;
  /** Lets `milliseconds` go by as the cache counts them. */
  readonly pass: (milliseconds: number) => Promise<void>;
}

/** A load that is answered by hand, and counts how often it was asked for. */
function aLoad() {
  const asked: { resolve(value: string | undefined): void; reject(fault: Error): void }[] = [];
  const waiting: (() => void)[] = [];
  return {
    load: (): Promise<string | undefined> =>
      new Promise((resolve, reject) => {
        asked.push({ resolve, reject });
        for (const tell of waiting.splice(0)) tell();
      }),
    get count() {
      return asked.length;
    },
    /** Resolves once the load was asked for `times` times. */
    async asked(times: number): Promise<void> {
      while (asked.length < times) {
        await new Promise<void>((tell) => {
          waiting.push(tell);
        });
      }
    },
    answer: (at: number, value: string | undefined): void => asked[at]?.resolve(value),
    fail: (at: number, fault: Error): void => asked[at]?.reject(fault),
  };
}

const MINUTE = 60_000;
const SHORT = 150;

const gives = (value: string | undefined) => async (): Promise<string | undefined> => value;

const never = async (): Promise<string> => {
  throw new Error('it was loaded although it was kept');
};

const keeping: Contract<CacheHarness> = [
  {
    sentence: 'loads what it does not have, and then keeps it to the letter',
    async check({ cache }) {
      for (const value of ['무선 마우스 🖱', '', '\u0000"\\', 'x'.repeat(100_000)]) {
        const key = `product:${value.length}`;
        mustEqual(await cache.read(key, MINUTE, gives(value)), value, 'what was loaded');
        mustEqual(await cache.read(key, MINUTE, never), value, 'what was kept');
      }
    },
  },
  {
    sentence: 'keeps each key by itself',
    async check({ cache }) {
      await cache.read('a', MINUTE, gives('A'));
      await cache.read('b', MINUTE, gives('B'));
      await cache.invalidate(['a']);
      mustEqual(await cache.read('a', MINUTE, gives('new A')), 'new A', 'the invalidated key');
      mustEqual(await cache.read('b', MINUTE, never), 'B', 'the other key');
    },
  },
  {
    sentence: 'keeps nothing for longer than it was told',
    async check({ cache, pass }) {
      await cache.read('short', SHORT, gives('old'));
      await cache.read('long', MINUTE, gives('old'));
      await pass(SHORT + 1);
      mustEqual(await cache.read('short', SHORT, gives('new')), 'new', 'what is past its time');
      mustEqual(await cache.read('long', MINUTE, never), 'old', 'what is not');
    },
  },
  {
    sentence: 'does not keep undefined',
    async check({ cache }) {
      mustEqual(await cache.read('key', MINUTE, gives(undefined)), undefined, 'the first read');
      mustEqual(await cache.read('key', MINUTE, gives('there now')), 'there now', 'the second');
    },
  },
  {
    sentence: 'does not remember a load that rejected, and rejects with its fault',
    async check({ cache }) {
      const fault = new Error('the database is away');
      const reading = cache.read('key', MINUTE, async () => {
        throw fault;
      });
      mustEqual((await mustReject(reading, 'a load that rejects')) === fault, true, 'its fault');
      const sudden = cache.read('key', MINUTE, () => {
        throw fault;
      });
      mustEqual((await mustReject(sudden, 'a load that throws')) === fault, true, 'its fault');
      mustEqual(await cache.read('key', MINUTE, gives('back')), 'back', 'the next read');
    },
  },
  {
    sentence: 'invalidates what it does not have without complaint',
    async check({ cache }) {
      await cache.invalidate([]);
      await cache.invalidate(['unknown']);
      mustEqual(await cache.read('unknown', MINUTE, gives('x')), 'x', 'the read after it');
    },
  },
];

const flights: Contract<CacheHarness> = [
  {
    sentence: 'lets callers at one time share one load',
    async check({ cache }) {
      const slow = aLoad();
      const readers = Array.from({ length: 100 }, () => cache.read('key', MINUTE, slow.load));
      await slow.asked(1);
      const late = cache.read('key', MINUTE, slow.load);
      slow.answer(0, 'shared');
      mustEqual(new Set(await Promise.all([...readers, late])), new Set(['shared']), 'answers');
      mustEqual(slow.count, 1, 'how often it was loaded');
    },
  },
  {
    sentence: 'lets a rejection reach every caller that shares the load',
    async check({ cache }) {
      const slow = aLoad();
      const readers = [1, 2, 3].map(() => cache.read('key', MINUTE, slow.load));
      const outcomes = Promise.allSettled(readers);
      await slow.asked(1);
      slow.fail(0, new Error('away'));
      const rejected = (await outcomes).filter(({ status }) => status === 'rejected');
      mustEqual(rejected.length, 3, 'how many callers were rejected');
    },
  },
  {
    sentence: 'does not make one key wait for another',
    async check({ cache }) {
      const slow = aLoad();
      const waiting = cache.read('slow', MINUTE, slow.load);
      await slow.asked(1);
      mustEqual(await cache.read('fast', MINUTE, gives('fast')), 'fast', 'the other key');
      slow.answer(0, 'slow');
      mustEqual(await waiting, 'slow', 'the slow key');
    },
  },
  {
    sentence: 'does not keep what was invalidated while it was loaded',
    async check({ cache }) {
      const slow = aLoad();
      const before = cache.read('key', MINUTE, slow.load);
      await slow.asked(1);
      await cache.invalidate(['key']);
      slow.answer(0, 'stale');
      await before;
      mustEqual(await cache.read('key', MINUTE, gives('fresh')), 'fresh', 'the read after it');
      mustEqual(await cache.read('key', MINUTE, never), 'fresh', 'what is kept');
    },
  },
  {
    sentence: 'starts afresh for who comes after an invalidation, while the old load still runs',
    async check({ cache }) {
      const slow = aLoad();
      const before = cache.read('key', MINUTE, slow.load);
      await slow.asked(1);
      await cache.invalidate(['key']);
      const after = cache.read('key', MINUTE, gives('fresh'));
      mustEqual(await after, 'fresh', 'who came after the invalidation');
      slow.answer(0, 'stale');
      await before;
      mustEqual(await cache.read('key', MINUTE, never), 'fresh', 'what is kept in the end');
    },
  },
];

/** What a cache owes. */
export const cacheContract: Contract<CacheHarness> = [...keeping, ...flights];
