import { SalesCalendar } from '@jumun/domain';
import { NOON } from '@jumun/domain/testing';
import type { BatcherOptions } from '../../batching/batcher.js';
import { Shop, type ShopPolicy, type ShopPorts } from '../../shop.js';
import { ManualClock } from '../doubles/manual-clock.js';
import { InMemoryCache } from './in-memory-cache.js';
import { InMemoryEventBus } from './in-memory-event-bus.js';
import { InMemoryIdSource } from './in-memory-id-source.js';
import { InMemoryLock } from './in-memory-lock.js';
import { InMemoryQueries } from './in-memory-queries.js';
import { InMemoryStore } from './in-memory-store.js';
import { InMemoryUnitOfWork } from './in-memory-unit-of-work.js';

export interface ShopInMemory {
  readonly shop: Shop;
  readonly store: InMemoryStore;
  readonly clock: ManualClock;
  readonly ports: ShopPorts;
}

/** What of an in-memory shop may be somebody's own. */
export interface ShopInMemoryOptions {
  readonly store?: InMemoryStore;
  readonly clock?: ManualClock;
  readonly ports?: Partial<Omit<ShopPorts, 'clock'>>;
  readonly policy?: Partial<Omit<ShopPolicy, 'desk'>>;
  readonly desk?: Partial<BatcherOptions>;
}

/**
 * A whole shop in memory, for tests and examples. It is noon on 17 January 2024 in Seoul until the clock is set. Two shops
 * over one store, or over one set of ports, are two processes of one service.
 */
export function shopInMemory(options: ShopInMemoryOptions = {}): ShopInMemory {
  const { store = new InMemoryStore(), clock = new ManualClock(NOON) } = options;
  const ports: ShopPorts = {
    unitOfWork: new InMemoryUnitOfWork(store),
    queries: new InMemoryQueries(store),
    ids: new InMemoryIdSource(),
    cache: new InMemoryCache(clock),
    events: new InMemoryEventBus(),
    lock: new InMemoryLock(clock),
    ...options.ports,
    clock,
  };
  const shop = new Shop(ports, {
    orderHoldSeconds: 900,
    salesCalendar: new SalesCalendar('Asia/Seoul'),
    ...options.policy,
    desk: { maxBatch: 256, maxQueued: 10_000, endOfTurn: () => Promise.resolve(), ...options.desk },
  });
  return { shop, store, clock, ports };
}
