import {
  closePorts,
  type Job,
  type JobSettings,
  PlatformSimulator,
  prepareTables,
  type RelaySettings,
  type RelayTuning,
  relayWatcher,
  type RunningJob,
  shopJobs,
  startJobs,
  startRelay,
  TOKENS,
} from '@jumun/adapters';
import type { Shop } from '@jumun/application';
import type { Logger } from 'pino';
import type { Config } from './config.js';
import { httpContainer } from './container.js';
import { loadDemoData } from './demo-data.js';
import { HttpServer } from './server.js';

type Container = ReturnType<typeof httpContainer>;

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
 * What sends messages to the data platform, where this process does: in the embedded profile, to whoever is configured, and
 * else to a simulated platform.
 */
function relayOf(
  { profile, platform }: Config,
  simulator: PlatformSimulator | null,
  logger: Logger,
  tuning: RelayTuning,
): RelaySettings | null {
  const endpoint = platform ?? simulator?.endpoint;
  if (profile !== 'embedded' || endpoint === undefined) return null;
  return { endpoint, watcher: relayWatcher(logger), tuning };
}

/**
 * Starts the HTTP app; in the embedded profile it does the worker's jobs as well. What was opened is closed when it fails.
 * `tuning`: what of the way to send messages is to be another.
 */
export async function start(
  config: Config,
  logger: Logger,
  tuning: RelayTuning = {},
): Promise<Running> {
  const simulator = config.simulatesPlatform ? await PlatformSimulator.start() : null;
  const container = await openContainer(config, simulator, logger, tuning);
  const close = async (): Promise<void> => {
    await Promise.all([closePorts(container), simulator?.close()]);
  };
  try {
    await prepareTables(container.get(TOKENS.database), (fault) => {
      logger.warn({ err: fault }, 'starting while the database is away');
    });
    if (config.demoData) await loadDemoData(container.get(TOKENS.unitOfWork));
    const server = serverOf(container, config, logger, simulator);
    const port = await server.listen(config.port, config.host);
    if (config.warmUp) await server.warmUp();
    const jobs = startAllJobs(container, config, logger, tuning);
    return {
      port,
      async stop() {
        await Promise.all([server.close(), ...jobs.map((job) => job.stop())]);
        await close();
      },
    };
  } catch (fault) {
    await close();
    throw fault;
  }
}

/** The simulated platform listens already: it is closed where there is nothing to stand on. */
async function openContainer(
  config: Config,
  simulator: PlatformSimulator | null,
  logger: Logger,
  tuning: RelayTuning,
): Promise<Container> {
  try {
    return httpContainer(
      config,
      (fault) => logger.warn({ err: fault }, 'something that the shop can do without failed'),
      relayOf(config, simulator, logger, tuning),
    );
  } catch (fault) {
    await simulator?.close();
    throw fault;
  }
}

function serverOf(
  container: Container,
  config: Config,
  logger: Logger,
  simulator: PlatformSimulator | null,
): HttpServer {
  const queries = container.get(TOKENS.queries);
  return new HttpServer({
    shop: container.get(TOKENS.shop),
    probes: { database: () => queries.ping() },
    tokens: config.tokens,
    devTokens: config.devTokens,
    ...(simulator === null ? {} : { simulator }),
    logger,
    guard: {
      rateLimits: config.rateLimits,
      tally: container.isBound(TOKENS.redis) ? container.get(TOKENS.redis).tally : undefined,
      trustedProxies: config.trustedProxies,
      corsOrigins: config.corsOrigins,
    },
  });
}

function startAllJobs(
  container: Container,
  config: Config,
  logger: Logger,
  { pollMs }: RelayTuning,
): readonly RunningJob[] {
  const shop = container.get(TOKENS.shop);
  const onFault = (job: string, fault: unknown): void => {
    logger.error({ err: fault, job }, 'a job failed');
  };
  const work = config.profile === 'embedded' ? shopJobs(shop, jobSettings(config, logger)) : [];
  const jobs = startJobs([popularJob(shop), ...work], ({ name }, fault) => onFault(name, fault));
  if (!container.isBound(TOKENS.relay)) return [jobs];
  return [jobs, startRelay(container, (fault) => onFault('relay', fault), pollMs)];
}
