import 'reflect-metadata';
import { databaseModule, localModule, shopModule } from '@jumun/adapters';
import { Container } from 'inversify';
import type { Config } from './config.js';

/** Everything the worker is made of. */
export function workerContainer(config: Config, onFault: (fault: unknown) => void): Container {
  const container = new Container();
  container.load(databaseModule(config.databaseUrl), localModule(onFault), shopModule(config));
  return container;
}
