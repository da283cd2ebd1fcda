import {
  findDown,
  JOB_METRICS,
  type JobTally,
  type ManagementLog,
  Metrics,
  observePorts,
  type Probes,
  READINESS_METRICS,
  ROLL_UP_METRICS,
  type RollUpTally,
  type RunningManagement,
  startManagement,
  TOKENS,
} from '@jumun/adapters';
import type { Config } from './config.js';
import type { workerContainer } from './container.js';

export interface Observed {
  readonly container: ReturnType<typeof workerContainer>;
  readonly jobs: JobTally;
  readonly rollUps: RollUpTally;
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
function metricsOf({ container, jobs, rollUps }: Observed, probes: Probes): Metrics {
  const metrics = new Metrics();
  metrics.add(READINESS_METRICS, async () => ({
    needed: Object.keys(probes),
    down: await findDown(probes),
  }));
  observePorts(container, metrics);
  metrics.add(JOB_METRICS, () => jobs.counts());
  metrics.add(ROLL_UP_METRICS, () => rollUps.counts());
  return metrics;
}
