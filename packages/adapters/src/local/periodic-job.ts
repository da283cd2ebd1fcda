/** Work that is done again and again. */
export interface Job {
  readonly name: string;
  /** Milliseconds from the end of one run to the beginning of the next. */
  readonly intervalMs: number;
  run(): Promise<unknown>;
}

/** A job, or several, at work; `stop` resolves when the last run is over. */
export interface RunningJob {
  stop(): Promise<void>;
}

/** Runs the job now and then again after each interval. A run that fails is told to `onFault`; the next one comes all the same. */
export function startJob(job: Job, onFault: (job: Job, fault: unknown) => void): RunningJob {
  const stopping = new AbortController();
  const running = repeat(job, stopping.signal, onFault);
  return {
    stop: () => {
      stopping.abort();
      return running;
    },
  };
}

/** Starts all jobs; they stop together. */
export function startJobs(
  jobs: readonly Job[],
  onFault: (job: Job, fault: unknown) => void,
): RunningJob {
  const running = jobs.map((job) => startJob(job, onFault));
  return {
    async stop() {
      await Promise.all(running.map((job) => job.stop()));
    },
  };
}

async function repeat(
  job: Job,
  stopping: AbortSignal,
  onFault: (job: Job, fault: unknown) => void,
): Promise<void> {
  while (!stopping.aborted) {
    try {
      await job.run();
    } catch (fault) {
      onFault(job, fault);
    }
    await interval(job.intervalMs, stopping);
  }
}

/** Resolves after `milliseconds`, or at once when stopping. */
function interval(milliseconds: number, stopping: AbortSignal): Promise<void> {
  return new Promise((resume) => {
    if (stopping.aborted) return resume();
    const timer = setTimeout(done, milliseconds);
    stopping.addEventListener('abort', done, { once: true });
    function done(): void {
      clearTimeout(timer);
      stopping.removeEventListener('abort', done);
      resume();
    }
  });
}
