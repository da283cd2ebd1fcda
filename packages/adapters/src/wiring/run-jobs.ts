import type { RollUp } from '@jumun/application';
import type { Container } from 'inversify';
import { JobTally } from '../local/job-tally.js';
import { type Job, type RunningJob, startJobs } from '../local/periodic-job.js';
import { JOB_METRICS, ROLL_UP_METRICS } from '../metrics/job-metrics.js';
import type { Metrics } from '../metrics/metrics.js';
import { RollUpTally } from './roll-up-tally.js';
import { shopJobs } from './shop-jobs.js';
import { startRelay } from './start-relay.js';
import { TOKENS } from './tokens.js';

/** The part of a log that is written to. */
interface JobLog {
  info(facts: object, text: string): void;
  error(facts: object, text: string): void;
}

/** What the jobs of a process have done. */
export class JobTallies {
  readonly jobs = new JobTally();
  readonly rollUps = new RollUpTally();

  /** Shows it. */
  observe(metrics: Metrics): void {
    metrics.add(JOB_METRICS, () => this.jobs.counts());
    metrics.add(ROLL_UP_METRICS, () => this.rollUps.counts());
  }
}

export interface JobsToRun {
  readonly tallies: JobTallies;
  readonly log: JobLog;
  /** From one count of the sales to the next; null: this process does not do the worker's jobs. */
  readonly statsIntervalSeconds: number | null;
  /** Further jobs of this process. */
  readonly more?: readonly Job[];
  /** How often the relay looks for messages by itself, in milliseconds; as usual unless told otherwise. */
  readonly pollMs?: number | undefined;
}

/** Starts the jobs of a process, counted and told of in its log: with the relay, where the container has one. */
export function runJobs(
  container: Container,
  { tallies, log, statsIntervalSeconds, more = [], pollMs }: JobsToRun,
): { readonly names: readonly string[]; readonly running: readonly RunningJob[] } {
  const shop = container.get(TOKENS.shop);
  const onFault = (job: string, fault: unknown): void => {
    log.error({ err: fault, job }, 'a job failed');
  };
  const onRollUp = (rollUp: RollUp, milliseconds: number): void => {
    const { records, version, tookTurn } = rollUp;
    tallies.rollUps.note(rollUp);
    log.info({ records, version, tookTurn, milliseconds }, 'counted the sales');
  };
  const work =
    statsIntervalSeconds === null ? [] : shopJobs(shop, { statsIntervalSeconds, onRollUp });
  const jobs = [...more, ...work].map((job) => tallies.jobs.counted(job));
  const names = jobs.map(({ name }) => name);
  const running = [startJobs(jobs, ({ name }, fault) => onFault(name, fault))];
  if (!container.isBound(TOKENS.relay)) return { names, running };
  running.push(startRelay(container, (fault) => onFault('relay', fault), pollMs));
  return { names: [...names, 'relay'], running };
}
