import type { ContainerModule } from 'inversify';
import { localModule } from './modules.js';
import { redisModule } from './redis-module.js';

/** Cache, lock and news: on these Redis servers, or, where there are none, in this process. */
export const sharedModule = (
  redisUrls: readonly string[],
  onFault: (fault: unknown) => void,
): ContainerModule =>
  redisUrls.length === 0 ? localModule(onFault) : redisModule(redisUrls, { onFault });
