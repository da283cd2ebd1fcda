import type {
  Cache,
  Clock,
  DeliveryRelay,
  EventBus,
  IdSource,
  Lock,
  Queries,
  Shop,
} from '@jumun/application';
import type { ServiceIdentifier } from 'inversify';
import type { Database } from '../knex/database.js';
import type { KnexUnitOfWork } from '../knex/knex-unit-of-work.js';
import type { HttpPlatformClient } from '../platform/http-platform-client.js';
import type { RedisPorts } from '../redis/redis-ports.js';

const token = <T>(name: string): ServiceIdentifier<T> => Symbol.for(`jumun.${name}`);

/** What a composition root can ask a container for. */
export const TOKENS = {
  cache: token<Cache>('cache'),
  clock: token<Clock>('clock'),
  database: token<Database>('database'),
  events: token<EventBus>('events'),
  ids: token<IdSource>('ids'),
  lock: token<Lock>('lock'),
  platform: token<HttpPlatformClient>('platform'),
  queries: token<Queries>('queries'),
  redis: token<RedisPorts>('redis'),
  relay: token<DeliveryRelay>('relay'),
  shop: token<Shop>('shop'),
  unitOfWork: token<KnexUnitOfWork>('unitOfWork'),
};
