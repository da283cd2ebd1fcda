import {
  closePorts,
  JobTally,
  logSettings,
  ManagementPortUnavailable,
  prepareTables,
  relayWatcher,
  type RelayTuning,
  RollUpTally,
  type RunningJob,
  type RunningManagement,
  shopJobs,
  startJobs,
  startRelay,
  startTracing,
  TablesOutdated,
  TOKENS,
} from '@jumun/adapters';
import closeWithGrace from 'close-with-grace';
import { type Logger, pino } from 'pino';
import { type StartingProcess, configOrExit } from './config-or-exit.js';
import type { Config } from './config.js';
import { workerContainer } from './container.js';
import { manage, type Observed } from './observe.js';

const CLOSE_WITHIN_MS = 10_000;

/** Runs the worker in this process until it is told to stop. */
export async function work(starting: StartingProcess, tuning: RelayTuning = {}): Promise<void> {
  const config = configOrExit(starting);
  const logger = pino(logSettings('worker', config.logLevel));
  for (const warning of config.warnings) logger.warn(warning);
  const tracing = await traced(config, logger);
  const container = openContainer(config, logger, tuning);
  const observed = { container, jobs: new JobTally(), rollUps: new RollUpTally(), log: logger };
  let management: RunningManagement;
  try {
    await prepareTables(container.get(TOKENS.database), (fault) => {
      logger.warn({ err: fault }, 'starting while the database is away');
    });
    management = await manage(config, observed);
  } catch (fault) {
    await Promise.all([closePorts(container), tracing?.stop()]);
    starting.stderr.write(`${cannotStart(fault)}\n`);
    starting.exit(1);
  }
  const running = startAllJobs(config, observed, logger, tuning);

  closeWithGrace({ delay: CLOSE_WITHIN_MS, logger }, async ({ err: fault, signal }) => {
    logger.info({ signal, err: fault }, 'stopping');
    await Promise.all(running.map((job) => job.stop()));
    await container.get(TOKENS.shop).close();
    await closePorts(container);
    await Promise.all([management.stop(), tracing?.stop()]);
    logger.info('stopped');
  });
}

const traced = ({ tracing }: Config, logger: Logger) =>
  tracing === null
    ? undefined
    : startTracing({ ...tracing, onFault: (said) => logger.warn({ said }, 'traces are lost') });

/** The line for what an operator can mend; anything else is thrown. */
function cannotStart(fault: unknown): string {
  if (fault instanceof ManagementPortUnavailable) return fault.message;
  if (fault instanceof TablesOutdated) {
    return 'DATABASE_URL: the tables are not up to date; run npm run migrate';
  }
  throw fault;
}

function startAllJobs(
  { statsIntervalSeconds }: Config,
  { container, jobs: tally, rollUps }: Observed,
  logger: Logger,
  { pollMs }: RelayTuning,
): readonly RunningJob[] {
  const jobs = shopJobs(container.get(TOKENS.shop), {
    statsIntervalSeconds,
    onRollUp: (rollUp, milliseconds) => {
      const { records, version, tookTurn } = rollUp;
      rollUps.note(rollUp);
      logger.info({ records, version, tookTurn, milliseconds }, 'counted the sales');
    },
  }).map((job) => tally.counted(job));
  const onFault = (job: string, fault: unknown): void => {
    logger.error({ job, err: fault }, 'a job failed');
  };
  const running = [startJobs(jobs, ({ name }, fault) => onFault(name, fault))];
  const names = jobs.map(({ name }) => name);
  if (container.isBound(TOKENS.relay)) {
    running.push(startRelay(container, (fault) => onFault('relay', fault), pollMs));
    names.push('relay');
  }
  logger.info({ jobs: names }, 'working');
  return running;
}

function openContainer(config: Config, logger: Logger, tuning: RelayTuning) {
  const { platform: endpoint } = config;
  const relay = endpoint === null ? null : { endpoint, watcher: relayWatcher(logger), tuning };
  const onFault = (fault: unknown): void => {
    logger.warn({ err: fault }, 'something that the shop can do without failed');
  };
  return workerContainer(config, onFault, relay);
}
