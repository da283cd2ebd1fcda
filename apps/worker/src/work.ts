import {
  closePorts,
  doneWithout,
  JobTallies,
  logSettings,
  ManagementPortUnavailable,
  prepareTables,
  relayWatcher,
  type RelayTuning,
  runJobs,
  type RunningManagement,
  startedWithout,
  TablesOutdated,
  TOKENS,
  traced,
} from '@jumun/adapters';
import closeWithGrace from 'close-with-grace';
import { type Logger, pino } from 'pino';
import { type StartingProcess, configOrExit } from './config-or-exit.js';
import type { Config } from './config.js';
import { workerContainer } from './container.js';
import { manage } from './observe.js';
import { stepBack } from './step-back.js';

const CLOSE_WITHIN_MS = 10_000;

/** Runs the worker in this process until it is told to stop. */
export async function work(starting: StartingProcess, tuning: RelayTuning = {}): Promise<void> {
  const config = configOrExit(starting);
  const logger = pino(logSettings('worker', config.logLevel));
  for (const warning of config.warnings) logger.warn(warning);
  stepBack(logger);
  const tracing = await traced(config.tracing, logger);
  const container = openContainer(config, logger, tuning);
  const tallies = new JobTallies();
  let management: RunningManagement;
  try {
    await prepareTables(container.get(TOKENS.database), startedWithout(logger));
    management = await manage(config, { container, tallies, log: logger });
  } catch (fault) {
    await Promise.all([closePorts(container), tracing?.stop()]);
    starting.stderr.write(`${cannotStart(fault)}\n`);
    starting.exit(1);
  }
  const { statsIntervalSeconds } = config;
  const { pollMs } = tuning;
  const jobs = { tallies, log: logger, statsIntervalSeconds, pollMs };
  const { names, running } = runJobs(container, jobs);
  logger.info({ jobs: names }, 'working');

  closeWithGrace({ delay: CLOSE_WITHIN_MS, logger }, async ({ err: fault, signal }) => {
    logger.info({ signal, err: fault }, 'stopping');
    await Promise.all(running.map((job) => job.stop()));
    await container.get(TOKENS.shop).close();
    await closePorts(container);
    await Promise.all([management.stop(), tracing?.stop()]);
    logger.info('stopped');
  });
}

/** The line for what an operator can mend; anything else is thrown. */
function cannotStart(fault: unknown): string {
  if (fault instanceof ManagementPortUnavailable) return fault.message;
  if (fault instanceof TablesOutdated) {
    return 'DATABASE_URL: the tables are not up to date; run npm run migrate';
  }
  throw fault;
}

function openContainer(config: Config, logger: Logger, tuning: RelayTuning) {
  const { platform: endpoint } = config;
  const relay = endpoint === null ? null : { endpoint, watcher: relayWatcher(logger), tuning };
  return workerContainer(config, doneWithout(logger), relay);
}
