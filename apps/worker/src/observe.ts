import {
  findDown,
  type JobTallies,
  type ManagementLog,
  Metrics,
  observePorts,
  type Probes,
  READINESS_METRICS,
  type RunningManagement,
  startManagement,
  TOKENS,
} from '@jumun/adapters';
import type { Config } from './config.js';
import type { workerContainer } from './container.js';

export interface Observed {
  readonly container: ReturnType<typeof workerContainer>;
  readonly tallies: JobTallies;
  readonly log: ManagementLog;
}

/** Opens the worker's management port. A worker is ready while its database answers. */
export function manage(config: Config, observed: Observed): Promise<RunningManagement> {
  const queries = observed.container.get(TOKENS.queries);
  const probes: Probes = { database: () => queries.ping() };
  return startManagement(config.management, {
    metrics: config.metrics ? metricsOf(observed, probes) : null,
    findDown: () => findDown(probes),
    log: observed.log,
  });
}

/** Everything that the worker has to tell. A further part is one more `add`. */
function metricsOf({ container, tallies }: Observed, probes: Probes): Metrics {
  const metrics = new Metrics();
  metrics.add(READINESS_METRICS, async () => ({
    needed: Object.keys(probes),
    down: await findDown(probes),
  }));
  observePorts(container, metrics);
  tallies.observe(metrics);
  return metrics;
}
