export { BlockIdSource } from './knex/block-id-source.js';
export { Database, type DatabaseOptions, isDatabaseUrl } from './knex/database.js';
export { KnexQueries } from './knex/knex-queries.js';
export { KnexUnitOfWork } from './knex/knex-unit-of-work.js';
export { migrate } from './knex/migrate.js';
export { InProcessCache } from './local/in-process-cache.js';
export { InProcessEventBus } from './local/in-process-event-bus.js';
export { InProcessLock } from './local/in-process-lock.js';
export type { JobCounts, JobsCounts, JobTally } from './local/job-tally.js';
export { startRelayLoop } from './local/relay-loop.js';
export { type Job, type RunningJob, startJobs } from './local/periodic-job.js';
export { SystemClock } from './local/system-clock.js';
export { HttpPlatformClient, type HttpPlatformOptions } from './platform/http-platform-client.js';
export { type PlatformEndpoint, platformWarnings } from './platform/platform-endpoint.js';
export {
  type PlatformArrival,
  type PlatformBehaviour,
  type PlatformReport,
  PlatformSimulator,
  WELL_BEHAVED,
} from './platform/platform-simulator.js';
export { logSettings } from './log/log-settings.js';
export {
  type ManagementAddress,
  type ManagementLog,
  ManagementPortUnavailable,
  type RunningManagement,
  startManagement,
} from './management/management-server.js';
export { type Readiness, READINESS_METRICS } from './management/readiness-metrics.js';
export { findDown, type Probes } from './management/readiness.js';
export { counter, type Family, gauge, type Reading, seconds } from './metrics/family.js';
export { Metrics } from './metrics/metrics.js';
export { type RedisOptions, RedisPorts } from './redis/redis-ports.js';
export { RequestTrace } from './tracing/request-tracing.js';
export {
  type RunningTracing,
  startTracing,
  type TracingSettings,
} from './tracing/start-tracing.js';
export { ConfigError, configErrorOf, variablesSet } from './settings/config-error.js';
export { isHttpUrl, isReadableOnTheWay } from './settings/http-url.js';
export {
  managementOf,
  MEANINGS,
  platformOf,
  type TracingConfig,
  tracingOf,
} from './settings/shared-settings.js';
export { listOf, RULES, type VariableRule, wholeNumber } from './settings/variable-rules.js';
export { closePorts } from './wiring/close-ports.js';
export {
  asksForHelp,
  type DescribedProgram,
  type DescribedVariable,
  describeVariables,
  helpFor,
} from './wiring/describe-variables.js';
export { databaseModule, shopModule } from './wiring/modules.js';
export { observePorts } from './wiring/observe-ports.js';
export { type PortFigures, portFigures } from './wiring/port-figures.js';
export { prepareTables, TablesOutdated } from './wiring/prepare-tables.js';
export { relayModule, type RelaySettings, type RelayTuning } from './wiring/relay-module.js';
export { relayWatcher } from './wiring/relay-watcher.js';
export { JobTallies, type JobsToRun, runJobs } from './wiring/run-jobs.js';
export { doneWithout, startedWithout, traced } from './wiring/process-log.js';
export type { RollUpCounts } from './wiring/roll-up-tally.js';
export { sharedModule } from './wiring/shared-module.js';
export { type JobSettings, shopJobs } from './wiring/shop-jobs.js';
export { shopPolicy, type ShopSettings } from './wiring/shop-policy.js';
export { TOKENS } from './wiring/tokens.js';
