import { logSettings } from '@jumun/adapters';
import { pino } from 'pino';
import { readConfig } from '../config.js';
import { start } from '../start.js';

// The app as it is, but what it takes seconds for when it tells the platform, it takes milliseconds for. What has failed is
// sent again when an operator says so, and not sooner.
const config = readConfig(process.env);
const running = await start(config, pino(logSettings('http', config.logLevel)), {
  policy: {
    firstPauseMs: 40,
    resendAfterMs: 600_000,
    circuit: {
      fewFailures: 4,
      fewFailuresOverMs: 100,
      manyFailures: 20,
      firstProbeAfterMs: 100,
      longestProbePauseMs: 500,
      probes: 16,
    },
  },
  http: { connectMs: 2_000, totalMs: 5_000 },
  pollMs: 20,
});
process.once('SIGTERM', () => {
  running.stop().then(
    () => process.exit(),
    () => process.exit(1),
  );
});
