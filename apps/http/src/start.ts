import {
  closePorts,
  type Job,
  type JobSettings,
  prepareTables,
  shopJobs,
  startJobs,
  TOKENS,
} from '@jumun/adapters';
import type { Shop } from '@jumun/application';
import type { Logger } from 'pino';
import type { Config } from './config.js';
import { httpContainer } from './container.js';
import { loadDemoData } from './demo-data.js';
import { HttpServer } from './server.js';

/** The whole service, running. */
export interface Running {
  readonly port: number;
  /** Answers what has begun, finishes what was accepted, closes everything. */
  stop(): Promise<void>;
}

/** News of new rankings may be lost; then they are found in this time. */
const LOOK_FOR_RANKINGS_MS = 3_000;

/** Whoever shows the popular products keeps them ready, from the start on. */
const popularJob = (shop: Shop): Job => ({
  name: 'refreshPopular',
  intervalMs: LOOK_FOR_RANKINGS_MS,
  run: () => shop.refreshPopular(),
});

const jobSettings = ({ statsIntervalSeconds }: Config, logger: Logger): JobSettings => ({
  statsIntervalSeconds,
  onRollUp: ({ records, version, tookTurn }, milliseconds) => {
    logger.info({ records, version, tookTurn, milliseconds }, 'counted the sales');
  },
});

/**
 * Starts the HTTP app; in the embedded profile it does the worker's jobs as well. What was opened is closed when it fails.
 */
export async function start(config: Config, logger: Logger): Promise<Running> {
  const container = httpContainer(config, (fault) => {
    logger.warn({ err: fault }, 'something that the shop can do without failed');
  });
  const database = container.get(TOKENS.database);
  try {
    await prepareTables(database, (fault) => {
      logger.warn({ err: fault }, 'starting while the database is away');
    });
    if (config.demoData) await loadDemoData(container.get(TOKENS.unitOfWork));
    const shop = container.get(TOKENS.shop);
    const queries = container.get(TOKENS.queries);
    const server = new HttpServer({
      shop,
      probes: { database: () => queries.ping() },
      tokens: config.tokens,
      devTokens: config.devTokens,
      logger,
    });
    const port = await server.listen(config.port, config.host);
    if (config.warmUp) await server.warmUp();
    const work = config.profile === 'embedded' ? shopJobs(shop, jobSettings(config, logger)) : [];
    const jobs = startJobs([popularJob(shop), ...work], (job, fault) => {
      logger.error({ err: fault, job: job.name }, 'a job failed');
    });
    return {
      port,
      async stop() {
        await Promise.all([server.close(), jobs.stop()]);
        await closePorts(container);
      },
    };
  } catch (fault) {
    await closePorts(container);
    throw fault;
  }
}
