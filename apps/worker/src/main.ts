import { migrate, shopJobs, startJobs, TOKENS } from '@jumun/adapters';
import closeWithGrace from 'close-with-grace';
import { pino } from 'pino';
import { configOrExit } from './config-or-exit.js';
import { workerContainer } from './container.js';

const CLOSE_WITHIN_MS = 10_000;

const config = configOrExit(process);
const logger = pino({ level: config.logLevel, base: { app: 'worker' } });
const container = workerContainer(config, (fault) => {
  logger.error({ err: fault }, 'a listener failed');
});
const database = container.get(TOKENS.database);
await migrate(database);
const shop = container.get(TOKENS.shop);
const jobs = shopJobs(shop);
const running = startJobs(jobs, ({ name }, fault) => {
  logger.error({ job: name, err: fault }, 'a job failed');
});
logger.info({ jobs: jobs.map(({ name }) => name) }, 'working');

closeWithGrace({ delay: CLOSE_WITHIN_MS, logger }, async ({ err: fault, signal }) => {
  logger.info({ signal, err: fault }, 'stopping');
  await running.stop();
  await shop.close();
  await database.close();
  logger.info('stopped');
});
