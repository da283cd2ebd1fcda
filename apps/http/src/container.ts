import 'reflect-metadata';
import { databaseModule, sharedModule, shopModule } from '@jumun/adapters';
import { Container } from 'inversify';
import type { Config } from './config.js';

/** Everything the HTTP app stands on. */
export function httpContainer(config: Config, onFault: (fault: unknown) => void): Container {
  const { databaseUrl, replicaUrl, redisUrls } = config;
  const container = new Container();
  container.load(
    databaseModule(databaseUrl, replicaUrl === undefined ? {} : { replicaUrl }),
    sharedModule(redisUrls, onFault),
    shopModule(config),
  );
  return container;
}
