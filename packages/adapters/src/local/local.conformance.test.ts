import { afterEach, beforeEach, describe, it, jest } from '@jest/globals';
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
