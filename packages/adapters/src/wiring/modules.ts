import 'reflect-metadata';
import { Shop } from '@jumun/application';
import { ContainerModule } from 'inversify';
import { BlockIdSource } from '../knex/block-id-source.js';
import { Database, type DatabaseOptions } from '../knex/database.js';
import { KnexQueries } from '../knex/knex-queries.js';
import { KnexUnitOfWork } from '../knex/knex-unit-of-work.js';
import { InProcessCache } from '../local/in-process-cache.js';
import { InProcessEventBus } from '../local/in-process-event-bus.js';
import { InProcessLock } from '../local/in-process-lock.js';
import { SystemClock } from '../local/system-clock.js';
import { shopPolicy, type ShopSettings } from './shop-policy.js';
import { TOKENS } from './tokens.js';

/** The database and what stands on it. Whoever loads the module closes the database. */
export const databaseModule = (url: string, options: DatabaseOptions = {}): ContainerModule =>
  new ContainerModule(({ bind }) => {
    bind(TOKENS.database).toConstantValue(Database.open(url, options));
    bind(TOKENS.unitOfWork)
      .toResolvedValue((database: Database) => new KnexUnitOfWork(database), [TOKENS.database])
      .inSingletonScope();
    bind(TOKENS.queries)
      .toResolvedValue((database: Database) => new KnexQueries(database), [TOKENS.database])
      .inSingletonScope();
    bind(TOKENS.ids)
      .toResolvedValue((database: Database) => new BlockIdSource(database), [TOKENS.database])
      .inSingletonScope();
  });

/** Cache, lock and news in this process: all that one process needs. */
export const localModule = (onFault?: (fault: unknown) => void): ContainerModule =>
  new ContainerModule(({ bind }) => {
    bind(TOKENS.cache).toConstantValue(new InProcessCache());
    bind(TOKENS.lock).toConstantValue(new InProcessLock());
    bind(TOKENS.events).toConstantValue(new InProcessEventBus(onFault));
  });

/** The shop over whatever ports the container has, by the clock of this machine. */
export const shopModule = (settings: ShopSettings): ContainerModule =>
  new ContainerModule(({ bind }) => {
    bind(TOKENS.clock).toConstantValue(new SystemClock());
    bind(TOKENS.shop)
      .toResolvedValue(
        (database, unitOfWork, queries, ids, cache, lock, events, clock) =>
          new Shop(
            { unitOfWork, queries, ids, cache, lock, events, clock },
            shopPolicy(settings, database),
          ),
        [
          TOKENS.database,
          TOKENS.unitOfWork,
          TOKENS.queries,
          TOKENS.ids,
          TOKENS.cache,
          TOKENS.lock,
          TOKENS.events,
          TOKENS.clock,
        ],
      )
      .inSingletonScope();
  });
