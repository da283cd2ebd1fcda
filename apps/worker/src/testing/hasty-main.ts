import { work } from '../work.js';

// The worker as it is, in a greater hurry: what takes seconds where a platform is somewhere in the network takes
// milliseconds here, so that a test lives through outages and leases that run out.
await work(process, {
  policy: {
    firstPauseMs: 20,
    leaseMs: 1_500,
    resendAfterMs: 300,
    waitBehindFailedMs: 2_000,
    circuit: {
      fewFailures: 4,
      fewFailuresOverMs: 200,
      manyFailures: 20,
      firstProbeAfterMs: 50,
      longestProbePauseMs: 200,
      probes: 5,
    },
  },
  http: { connectMs: 200, totalMs: 250 },
  pollMs: 20,
});
