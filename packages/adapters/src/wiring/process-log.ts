import type { TracingConfig } from '../settings/shared-settings.js';
import { type RunningTracing, startTracing } from '../tracing/start-tracing.js';

/** The part of a log that is written to. */
interface ProcessLog {
  warn(facts: object, text: string): void;
}

/** Hears of what the shop can do without: a cache, news, the lock. */
export const doneWithout =
  (log: ProcessLog) =>
  (fault: unknown): void =>
    log.warn({ err: fault }, 'something that the shop can do without failed');

/** Hears that a process starts although its database is away. */
export const startedWithout =
  (log: ProcessLog) =>
  (fault: unknown): void =>
    log.warn({ err: fault }, 'starting while the database is away');

/** Traces the process where that is configured, and tells the log when traces are lost. */
export const traced = (
  tracing: TracingConfig,
  log: ProcessLog,
): Promise<RunningTracing> | undefined =>
  tracing === null
    ? undefined
    : startTracing({ ...tracing, onFault: (said) => log.warn({ said }, 'traces are lost') });
