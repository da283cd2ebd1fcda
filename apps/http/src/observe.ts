import {
  JOB_METRICS,
  type JobTally,
  Metrics,
  observePorts,
  READINESS_METRICS,
  ROLL_UP_METRICS,
  type RollUpTally,
} from '@jumun/adapters';
import type { httpContainer } from './container.js';
import type { HttpServer } from './server.js';
import { SERVER_METRICS } from './server-metrics.js';

export interface Observed {
  readonly container: ReturnType<typeof httpContainer>;
  readonly server: HttpServer;
  readonly jobs: JobTally;
  readonly rollUps: RollUpTally;
}

/** Everything that the HTTP app has to tell. A further part is one more `add`. */
export function metricsOf({ container, server, jobs, rollUps }: Observed): Metrics {
  const metrics = new Metrics();
  metrics.add(SERVER_METRICS, () => server.counts());
  metrics.add(READINESS_METRICS, () => server.readiness());
  observePorts(container, metrics);
  metrics.add(JOB_METRICS, () => jobs.counts());
  metrics.add(ROLL_UP_METRICS, () => rollUps.counts());
  return metrics;
}
