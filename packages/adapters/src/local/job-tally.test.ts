import { describe, expect, it } from '@jest/globals';
import { JobTally } from './job-tally.js';

describe('A tally of jobs', () => {
  it('counts what succeeded and what failed, and when it last went well', async () => {
    let now = 1_000;
    let isBroken = false;
    const tally = new JobTally(() => now);
    const job = tally.counted({
      name: 'sweep',
      intervalMs: 500,
      run: () => (isBroken ? Promise.reject(new Error('no')) : Promise.resolve()),
    });
    expect(tally.counts()['sweep']).toMatchObject({ succeeded: 0, failed: 0, lastSuccess: 1_000 });
    now = 2_000;
    await job.run();
    now = 3_000;
    isBroken = true;
    await expect(job.run()).rejects.toThrow('no');
    expect(tally.counts()).toEqual({
      sweep: {
        intervalMs: 500,
        succeeded: 1,
        failed: 1,
        lastSuccess: 2_000,
        tookMs: expect.objectContaining({ count: 2 }),
      },
    });
  });
});
