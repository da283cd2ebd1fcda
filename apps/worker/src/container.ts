import 'reflect-metadata';
import { databaseModule, sharedModule, shopModule } from '@jumun/adapters';
import { Container } from 'inversify';
import type { Config } from './config.js';

/** Everything the worker stands on. */
export function workerContainer(config: Config, onFault: (fault: unknown) => void): Container {
  const { databaseUrl, redisUrls } = config;
  const container = new Container();
  container.load(databaseModule(databaseUrl), sharedModule(redisUrls, onFault), shopModule(config));
  return container;
}
