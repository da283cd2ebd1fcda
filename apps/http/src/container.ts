import 'reflect-metadata';
import {
  databaseModule,
  relayModule,
  type RelaySettings,
  sharedModule,
  shopModule,
} from '@jumun/adapters';
import { Container } from 'inversify';
import type { Config } from './config.js';

/** Everything the HTTP app stands on; with what sends messages where `relay` says how. */
export function httpContainer(
  config: Config,
  onFault: (fault: unknown) => void,
  relay: RelaySettings | null,
): Container {
  const { databaseUrl, replicaUrl, redisUrls } = config;
  const container = new Container();
  container.load(
    databaseModule(databaseUrl, replicaUrl === undefined ? {} : { replicaUrl }),
    sharedModule(redisUrls, onFault),
    shopModule({ ...config, isTraced: config.tracing !== null }),
  );
  if (relay !== null) container.load(relayModule(relay));
  return container;
}
