import type { JobsCounts } from '../local/job-tally.js';
import type { RollUpCounts } from '../wiring/roll-up-tally.js';
import { counter, each, type Family, gauge, seconds } from './family.js';

const MS_PER_SECOND = 1_000;

/** Of `JobTally.counts`. */
export const JOB_METRICS: readonly Family<JobsCounts>[] = [
  counter('jumun_job_runs_total', 'Runs of a job, by what became of them', (jobs) =>
    Object.entries(jobs).flatMap(([job, { succeeded, failed }]) => [
      [{ job_name: job, outcome: 'succeeded' }, succeeded] as const,
      [{ job_name: job, outcome: 'failed' }, failed] as const,
    ]),
  ),
  gauge(
    'jumun_job_last_success_timestamp_seconds',
    'When a job has last succeeded, or was started if it never has, in seconds since 1970',
    (jobs) => each('job_name', jobs, ({ lastSuccess }) => lastSuccess / MS_PER_SECOND),
  ),
  gauge('jumun_job_interval_seconds', 'How long a job waits from one run to the next', (jobs) =>
    each('job_name', jobs, ({ intervalMs }) => intervalMs / MS_PER_SECOND),
  ),
  seconds('jumun_job_duration_seconds', 'How long a run of a job took', (jobs) =>
    each('job_name', jobs, ({ tookMs }) => tookMs),
  ),
];

/** Of `RollUpTally.counts`. */
export const ROLL_UP_METRICS: readonly Family<RollUpCounts>[] = [
  counter(
    'jumun_sales_counted_total',
    'Sales records that this process has counted into the daily sums',
    ({ records }) => records,
  ),
  counter(
    'jumun_rankings_stored_total',
    'Versions of the rankings that this process has stored',
    ({ versions }) => versions,
  ),
];
