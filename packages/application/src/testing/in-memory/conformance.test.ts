import { describe, it } from '@jest/globals';
import { NOON } from '@jumun/domain/testing';
import { cacheContract } from '../contracts/cache.contract.js';
import type { StoreHarness } from '../contracts/contract.js';
import { eventBusContract } from '../contracts/event-bus.contract.js';
import { idSourceContract } from '../contracts/id-source.contract.js';
import { lockContract } from '../contracts/lock.contract.js';
import { storeContracts } from '../contracts/store-contracts.js';
import { ManualClock } from '../doubles/manual-clock.js';
import { InMemoryCache } from './in-memory-cache.js';
import { InMemoryEventBus } from './in-memory-event-bus.js';
import { InMemoryIdSource } from './in-memory-id-source.js';
import { InMemoryLock } from './in-memory-lock.js';
import { InMemoryQueries } from './in-memory-queries.js';
import { InMemoryStore } from './in-memory-store.js';
import { InMemoryUnitOfWork } from './in-memory-unit-of-work.js';

function aStore(): StoreHarness {
  const store = new InMemoryStore();
  return {
    unitOfWork: new InMemoryUnitOfWork(store),
    rival: new InMemoryUnitOfWork(store),
    queries: new InMemoryQueries(store),
  };
}

describe.each(Object.entries(storeContracts))('%s in memory', (_port, contract) => {
  for (const { sentence, check } of contract) it(sentence, () => check(aStore()));
});

describe('Cache in memory', () => {
  for (const { sentence, check } of cacheContract) {
    it(sentence, () => {
      const clock = new ManualClock(NOON);
      const pass = async (milliseconds: number): Promise<void> => clock.advance(milliseconds);
      return check({ cache: new InMemoryCache(clock), pass });
    });
  }
});

describe('Lock in memory', () => {
  for (const { sentence, check } of lockContract) {
    it(sentence, () => {
      const clock = new ManualClock(NOON);
      const lock = new InMemoryLock(clock);
      const pass = async (milliseconds: number): Promise<void> => clock.advance(milliseconds);
      return check({ lock, rival: lock, pass });
    });
  }
});

describe('EventBus in memory', () => {
  for (const { sentence, check } of eventBusContract) {
    it(sentence, () => {
      const events = new InMemoryEventBus();
      return check({ events, rival: events, delivered: () => Promise.resolve() });
    });
  }
});

describe('IdSource in memory', () => {
  for (const { sentence, check } of idSourceContract) {
    it(sentence, () => {
      const ids = new InMemoryIdSource();
      return check({ ids, rival: ids });
    });
  }
});
