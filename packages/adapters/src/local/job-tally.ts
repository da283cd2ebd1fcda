import { Distribution, type DistributionSnapshot } from '@jumun/application';
import type { Job } from './periodic-job.js';

/** What a job has come to since it was started. */
export interface JobCounts {
  readonly intervalMs: number;
  readonly succeeded: number;
  readonly failed: number;
  /** Milliseconds since 1970; of the start, where it has never succeeded. */
  readonly lastSuccess: number;
  readonly tookMs: DistributionSnapshot;
}

/** By the job's name. */
export type JobsCounts = Readonly<Record<string, JobCounts>>;

/** Bounds for how long a run takes, in milliseconds. */
const BOUNDS_MS = [1, 5, 20, 100, 500, 1_000, 5_000, 20_000, 60_000, 300_000] as const;

/** Counts the runs of jobs. A job without a failure may still hang: that shows in when it has last succeeded. */
export class JobTally {
  private readonly kept = new Map<string, () => JobCounts>();

  /** `now`: milliseconds since 1970. */
  constructor(private readonly now: () => number = Date.now) {}

  /** The same job, which is counted. */
  counted(job: Job): Job {
    const { name, intervalMs } = job;
    const tookMs = new Distribution(BOUNDS_MS);
    const runs = { succeeded: 0, failed: 0, lastSuccess: this.now() };
    this.kept.set(name, () => ({ intervalMs, ...runs, tookMs: tookMs.toSnapshot() }));
    return {
      name,
      intervalMs,
      run: async () => {
        const start = performance.now();
        try {
          await job.run();
          runs.succeeded += 1;
          runs.lastSuccess = this.now();
        } catch (fault) {
          runs.failed += 1;
          throw fault;
        } finally {
          tookMs.add(performance.now() - start);
        }
      },
    };
  }

  counts(): JobsCounts {
    return Object.fromEntries([...this.kept].map(([name, counts]) => [name, counts()]));
  }
}
