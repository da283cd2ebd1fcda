import {
  closePorts,
  prepareTables,
  shopJobs,
  startJobs,
  TablesOutdated,
  TOKENS,
} from '@jumun/adapters';
import closeWithGrace from 'close-with-grace';
import { pino } from 'pino';
import { configOrExit } from './config-or-exit.js';
import { workerContainer } from './container.js';

const CLOSE_WITHIN_MS = 10_000;

const config = configOrExit(process);
const logger = pino({ level: config.logLevel, base: { app: 'worker' } });
const container = workerContainer(config, (fault) => {
  logger.warn({ err: fault }, 'something that the shop can do without failed');
});
try {
  await prepareTables(container.get(TOKENS.database), (fault) => {
    logger.warn({ err: fault }, 'starting while the database is away');
  });
} catch (fault) {
  await closePorts(container);
  if (!(fault instanceof TablesOutdated)) throw fault;
  console.error('DATABASE_URL: the tables are not up to date; run npm run migrate');
  process.exit(1);
}
const shop = container.get(TOKENS.shop);
const jobs = shopJobs(shop, {
  statsIntervalSeconds: config.statsIntervalSeconds,
  onRollUp: ({ records, version, tookTurn }, milliseconds) => {
    logger.info({ records, version, tookTurn, milliseconds }, 'counted the sales');
  },
});
const running = startJobs(jobs, ({ name }, fault) => {
  logger.error({ job: name, err: fault }, 'a job failed');
});
logger.info({ jobs: jobs.map(({ name }) => name) }, 'working');

closeWithGrace({ delay: CLOSE_WITHIN_MS, logger }, async ({ err: fault, signal }) => {
  logger.info({ signal, err: fault }, 'stopping');
  await running.stop();
  await shop.close();
  await closePorts(container);
  logger.info('stopped');
});
