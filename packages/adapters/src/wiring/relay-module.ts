import 'reflect-metadata';
import {
  type Clock,
  DELIVERY_DEFAULTS,
  type DeliveryPolicy,
  DeliveryRelay,
  type RelayWatcher,
  type UnitOfWork,
} from '@jumun/application';
import { ContainerModule } from 'inversify';
import { pause } from '../knex/pause.js';
import type { Database } from '../knex/database.js';
import { HttpPlatformClient, type HttpPlatformOptions } from '../platform/http-platform-client.js';
import type { PlatformEndpoint } from '../platform/platform-endpoint.js';
import { TOKENS } from './tokens.js';

/** Where messages go, and what of the usual way to send them is to be another. */
export interface RelaySettings {
  readonly endpoint: PlatformEndpoint;
  readonly watcher: RelayWatcher;
  readonly tuning?: RelayTuning;
}

/** What tests have faster than a platform in the network would like it. */
export interface RelayTuning {
  readonly policy?: Partial<DeliveryPolicy>;
  readonly http?: Omit<HttpPlatformOptions, 'connections'>;
  /** How often the relay looks for messages by itself, in milliseconds. */
  readonly pollMs?: number;
}

/** SQLite works while we wait, and customers are served by the same process. */
const MAX_IN_FLIGHT_EMBEDDED = 32;

/** Outcomes that come within so long a time are written down together: at a thousand a second, fifty transactions. */
const GATHER_MS = 20;

/** What sends messages to the data platform, over the ports that the container has. Whoever loads it closes `TOKENS.platform`. */
export const relayModule = ({ endpoint, watcher, tuning = {} }: RelaySettings): ContainerModule =>
  new ContainerModule(({ bind }) => {
    const policyOn = ({ isEmbedded }: Database): DeliveryPolicy => ({
      ...DELIVERY_DEFAULTS,
      ...(isEmbedded ? { maxInFlight: MAX_IN_FLIGHT_EMBEDDED } : {}),
      ...tuning.policy,
    });
    bind(TOKENS.platform)
      .toResolvedValue(
        (database: Database) => {
          const connections = policyOn(database).maxInFlight;
          return new HttpPlatformClient(endpoint, { ...tuning.http, connections });
        },
        [TOKENS.database],
      )
      .inSingletonScope();
    bind(TOKENS.relay)
      .toResolvedValue(
        (
          database: Database,
          unitOfWork: UnitOfWork,
          clock: Clock,
          platform: HttpPlatformClient,
        ) => {
          const gather = () => pause(GATHER_MS);
          const chance = Math.random;
          const ports = { unitOfWork, clock, platform, chance, gather, watcher };
          return new DeliveryRelay(ports, policyOn(database));
        },
        [TOKENS.database, TOKENS.unitOfWork, TOKENS.clock, TOKENS.platform],
      )
      .inSingletonScope();
  });
