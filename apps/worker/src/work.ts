import {
  closePorts,
  prepareTables,
  relayWatcher,
  type RelayTuning,
  shopJobs,
  startJobs,
  startRelay,
  TablesOutdated,
  TOKENS,
} from '@jumun/adapters';
import closeWithGrace from 'close-with-grace';
import { type Logger, pino } from 'pino';
import { type StartingProcess, configOrExit } from './config-or-exit.js';
import type { Config } from './config.js';
import { workerContainer } from './container.js';

const CLOSE_WITHIN_MS = 10_000;

/** Runs the worker in this process until it is told to stop. */
export async function work(starting: StartingProcess, tuning: RelayTuning = {}): Promise<void> {
  const config = configOrExit(starting);
  const logger = pino({ level: config.logLevel, base: { app: 'worker' } });
  for (const warning of config.warnings) logger.warn(warning);
  const container = openContainer(config, logger, tuning);
  try {
    await prepareTables(container.get(TOKENS.database), (fault) => {
      logger.warn({ err: fault }, 'starting while the database is away');
    });
  } catch (fault) {
    await closePorts(container);
    if (!(fault instanceof TablesOutdated)) throw fault;
    starting.stderr.write('DATABASE_URL: the tables are not up to date; run npm run migrate\n');
    starting.exit(1);
  }
  const shop = container.get(TOKENS.shop);
  const jobs = shopJobs(shop, {
    statsIntervalSeconds: config.statsIntervalSeconds,
    onRollUp: ({ records, version, tookTurn }, milliseconds) => {
      logger.info({ records, version, tookTurn, milliseconds }, 'counted the sales');
    },
  });
  const onFault = (job: string, fault: unknown): void => {
    logger.error({ job, err: fault }, 'a job failed');
  };
  const running = [startJobs(jobs, ({ name }, fault) => onFault(name, fault))];
  const names = jobs.map(({ name }) => name);
  if (container.isBound(TOKENS.relay)) {
    const relay = startRelay(container, (fault) => onFault('relay', fault), tuning.pollMs);
    running.push(relay);
    names.push('relay');
  }
  logger.info({ jobs: names }, 'working');

  closeWithGrace({ delay: CLOSE_WITHIN_MS, logger }, async ({ err: fault, signal }) => {
    logger.info({ signal, err: fault }, 'stopping');
    await Promise.all(running.map((job) => job.stop()));
    await shop.close();
    await closePorts(container);
    logger.info('stopped');
  });
}

function openContainer(config: Config, logger: Logger, tuning: RelayTuning) {
  const { platform: endpoint } = config;
  const relay = endpoint === null ? null : { endpoint, watcher: relayWatcher(logger), tuning };
  const onFault = (fault: unknown): void => {
    logger.warn({ err: fault }, 'something that the shop can do without failed');
  };
  return workerContainer(config, onFault, relay);
}
