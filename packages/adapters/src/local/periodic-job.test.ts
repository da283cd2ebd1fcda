import { describe, expect, it } from '@jest/globals';
import { startJob } from './periodic-job.js';

const noFault = (): void => {
  throw new Error('no fault was expected');
};

describe('A periodic job', () => {
  it('runs at once, and again after each interval', async () => {
    const thirdRun = Promise.withResolvers<void>();
    let runs = 0;
    const running = startJob(
      {
        name: 'count',
        intervalMs: 1,
        run: async () => {
          runs += 1;
          if (runs === 3) thirdRun.resolve();
        },
      },
      noFault,
    );
    await thirdRun.promise;
    await running.stop();
    expect(runs).toBeGreaterThanOrEqual(3);
  });

  it('never runs twice at one time, and stops only when the run is over', async () => {
    const begun = Promise.withResolvers<void>();
    const mayEnd = Promise.withResolvers<void>();
    let ended = false;
    const running = startJob(
      {
        name: 'slow',
        intervalMs: 1,
        run: async () => {
          begun.resolve();
          await mayEnd.promise;
          ended = true;
        },
      },
      noFault,
    );
    await begun.promise;
    const stopped = running.stop();
    mayEnd.resolve();
    await stopped;
    expect(ended).toBe(true);
  });

  it('tells of a run that fails, and goes on', async () => {
    const faults: unknown[] = [];
    const recovered = Promise.withResolvers<void>();
    const running = startJob(
      {
        name: 'shaky',
        intervalMs: 1,
        run: async () => {
          if (faults.length === 0) throw new Error('away');
          recovered.resolve();
        },
      },
      (job, fault) => faults.push([job.name, fault]),
    );
    await recovered.promise;
    await running.stop();
    expect(faults).toEqual([['shaky', new Error('away')]]);
  });

  it('stops during its interval without waiting for the rest of it', async () => {
    const ran = Promise.withResolvers<void>();
    const running = startJob(
      { name: 'rare', intervalMs: 3_600_000, run: async () => ran.resolve() },
      noFault,
    );
    await ran.promise;
    await expect(running.stop()).resolves.toBeUndefined();
  });
});
