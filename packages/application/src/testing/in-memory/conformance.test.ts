import { describe, it } from '@jest/globals';
import { NOON } from '@jumun/domain/testing';
import { cacheContract } from '../contracts/cache.contract.js';
import { describeContract, type StoreHarness } from '../contracts/contract.js';
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

const runner = { describe, it };

for (const [port, contract] of Object.entries(storeContracts)) {
  describeContract(runner, `${port} in memory`, contract, aStore);
}

describeContract(runner, 'Cache in memory', cacheContract, () => {
  const clock = new ManualClock(NOON);
  const pass = async (milliseconds: number): Promise<void> => clock.advance(milliseconds);
  return { cache: new InMemoryCache(clock), pass };
});

describeContract(runner, 'Lock in memory', lockContract, () => {
  const clock = new ManualClock(NOON);
  const lock = new InMemoryLock(clock);
  const pass = async (milliseconds: number): Promise<void> => clock.advance(milliseconds);
  return { lock, rival: lock, pass };
});

describeContract(runner, 'EventBus in memory', eventBusContract, () => {
  const events = new InMemoryEventBus();
  return { events, rival: events, delivered: () => Promise.resolve() };
});

describeContract(runner, 'IdSource in memory', idSourceContract, () => {
  const ids = new InMemoryIdSource();
  return { ids, rival: ids };
});
