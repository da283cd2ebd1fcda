import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { cacheContract, eventBusContract, lockContract } from '@jumun/application/testing';
import { InProcessCache } from './in-process-cache.js';
import { InProcessEventBus } from './in-process-event-bus.js';
import { InProcessLock } from './in-process-lock.js';

const pass = async (milliseconds: number): Promise<void> => {
  await jest.advanceTimersByTimeAsync(milliseconds);
};

describe('In this process', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  describe('the cache', () => {
    for (const { sentence, check } of cacheContract) {
      it(sentence, () => check({ cache: new InProcessCache(), pass }));
    }

    it('counts what it had, what it did not have, and what it loaded', async () => {
      const cache = new InProcessCache();
      const read = () => cache.read('key', 60_000, async () => 'value');
      await Promise.all([read(), read(), read()]);
      await read();
      expect(cache.counts()).toEqual({ hits: 1, misses: 3, loads: 1 });
    });

    it('does not let go of everything at one time', async () => {
      const cache = new InProcessCache();
      const keys = Array.from({ length: 200 }, (_, at) => `key ${at}`);
      const readAll = () =>
        Promise.all(keys.map((key) => cache.read(key, 10_000, async () => 'value')));
      await readAll();
      await pass(9_500);
      await readAll();
      const { loads } = cache.counts();
      expect(loads).toBeGreaterThan(200);
      expect(loads).toBeLessThan(400);
    });
  });

  describe('the lock', () => {
    for (const { sentence, check } of lockContract) {
      it(sentence, () => {
        const lock = new InProcessLock();
        return check({ lock, rival: lock, pass });
      });
    }
  });

  describe('the event bus', () => {
    for (const { sentence, check } of eventBusContract) {
      it(sentence, () => {
        const events = new InProcessEventBus();
        return check({ events, rival: events, delivered: () => Promise.resolve() });
      });
    }
  });
});
