import { type JobTallies, Metrics, observePorts, READINESS_METRICS } from '@jumun/adapters';
import type { httpContainer } from './container.js';
import type { HttpServer } from './server.js';
import { SERVER_METRICS } from './server-metrics.js';

export interface Observed {
  readonly container: ReturnType<typeof httpContainer>;
  readonly server: HttpServer;
  readonly tallies: JobTallies;
}

/** Everything that the HTTP app has to tell. A further part is one more `add`. */
export function metricsOf({ container, server, tallies }: Observed): Metrics {
  const metrics = new Metrics();
  metrics.add(SERVER_METRICS, () => server.counts());
  metrics.add(READINESS_METRICS, () => server.readiness());
  observePorts(container, metrics);
  tallies.observe(metrics);
  return metrics;
}
