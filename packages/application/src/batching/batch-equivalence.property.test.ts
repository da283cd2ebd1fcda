import { describe, it } from '@jest/globals';
import * as fc from 'fast-check';
import {
  type BatchHarness,
  batchEquivalenceProperty,
  ExpiringLock,
  type InMemoryStore,
  type ManualClock,
  NeverLock,
  RerunningUnitOfWork,
  shopInMemory,
} from '../testing/index.js';

const inMemory =
  (change: (ports: BatchHarness, store: InMemoryStore) => Partial<BatchHarness> = () => ({})) =>
  (clock: ManualClock): BatchHarness => {
    const { ports, store } = shopInMemory({ clock });
    return { ...ports, ...change(ports, store) };
  };

describe('A batch gives the same answers and leaves the same books as its commands one after another', () => {
  it('in memory', async () => {
    await fc.assert(batchEquivalenceProperty(inMemory()), { numRuns: 400 });
  });

  it('when every transaction is rolled back once and run again', async () => {
    const rerunning = inMemory(({ unitOfWork }) => ({
      unitOfWork: new RerunningUnitOfWork(unitOfWork),
    }));
    await fc.assert(batchEquivalenceProperty(rerunning), { numRuns: 100 });
  });

  it('with a lock that lets everybody in', async () => {
    const unlocked = inMemory(() => ({ lock: new NeverLock() }));
    await fc.assert(batchEquivalenceProperty(unlocked), { numRuns: 50 });
  });

  it('with a lock whose holds end in the middle', async () => {
    const expiring = inMemory(() => ({ lock: new ExpiringLock() }));
    await fc.assert(batchEquivalenceProperty(expiring), { numRuns: 50 });
  });
});
