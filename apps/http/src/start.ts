import { migrate, shopJobs, startJobs, TOKENS } from '@jumun/adapters';
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

/** Starts the embedded profile: HTTP and the worker's jobs in one process. What was opened is closed when it fails. */
export async function start(config: Config, logger: Logger): Promise<Running> {
  const container = httpContainer(config, (fault) => {
    logger.error({ err: fault }, 'a listener failed');
  });
  const database = container.get(TOKENS.database);
  try {
    await migrate(database);
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
    const jobs = startJobs(shopJobs(shop), ({ name }, fault) => {
      logger.error({ err: fault, job: name }, 'a job failed');
    });
    return {
      port,
      async stop() {
        await Promise.all([server.close(), jobs.stop()]);
        await database.close();
      },
    };
  } catch (fault) {
    await database.close();
    throw fault;
  }
}
