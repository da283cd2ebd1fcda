import {
  closePorts,
  type Job,
  type JobSettings,
  JobTally,
  PlatformSimulator,
  prepareTables,
  type RelaySettings,
  type RelayTuning,
  relayWatcher,
  RollUpTally,
  type RunningJob,
  type RunningManagement,
  type RunningTracing,
  shopJobs,
  startJobs,
  startManagement,
  startRelay,
  startTracing,
  TOKENS,
} from '@jumun/adapters';
import type { Shop } from '@jumun/application';
import type { Logger } from 'pino';
import type { Config } from './config.js';
import { httpContainer } from './container.js';
import { loadDemoData } from './demo-data.js';
import { metricsOf } from './observe.js';
import { HttpServer } from './server.js';

type Container = ReturnType<typeof httpContainer>;

/** The whole service, running. */
export interface Running {
  readonly port: number;
  readonly managementPort: number;
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

const jobSettings = (
  { statsIntervalSeconds }: Config,
  logger: Logger,
  rollUps: RollUpTally,
): JobSettings => ({
  statsIntervalSeconds,
  onRollUp: (rollUp, milliseconds) => {
    const { records, version, tookTurn } = rollUp;
    rollUps.note(rollUp);
    logger.info({ records, version, tookTurn, milliseconds }, 'counted the sales');
  },
});

const MS_PER_SECOND = 1_000;

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
  const opened = await open(config, logger, tuning);
  const { container } = opened;
  let management: RunningManagement | undefined;
  const close = async (): Promise<void> => {
    await Promise.all([closePorts(container), opened.simulator?.close()]);
    await Promise.all([management?.stop(), opened.tracing?.stop()]);
  };
  try {
    await prepareTables(container.get(TOKENS.database), (fault) => {
      logger.warn({ err: fault }, 'starting while the database is away');
    });
    if (config.demoData) await loadDemoData(container.get(TOKENS.unitOfWork));
    const server = serverOf(opened, config, logger);
    const tallies: Tallies = { jobs: new JobTally(), rollUps: new RollUpTally() };
    management = await startManagement(config.management, {
      metrics: config.metrics ? metricsOf({ container, server, ...tallies }) : null,
      findDown: () => server.findDown(),
      log: logger,
    });
    const port = await server.listen(config.port, config.host);
    if (config.warmUp) await server.warmUp();
    const running = startAllJobs({ container, config, logger, tallies }, tuning);
    return {
      port,
      managementPort: management.port,
      async stop() {
        await Promise.all([server.close(), ...running.map((job) => job.stop())]);
        await close();
      },
    };
  } catch (fault) {
    await close();
    throw fault;
  }
}
/** What counts what the jobs do. */
interface Tallies {
  readonly jobs: JobTally;
  readonly rollUps: RollUpTally;
}

/** What a server stands on. */
interface Opened {
  readonly container: Container;
  readonly simulator: PlatformSimulator | null;
  readonly tracing: RunningTracing | undefined;
}

/** The simulated platform listens already, and traces may be told: both end where there is nothing to stand on. */
async function open(config: Config, logger: Logger, tuning: RelayTuning): Promise<Opened> {
  const tracing = await traced(config, logger);
  let simulator: PlatformSimulator | null = null;
  try {
    simulator = config.simulatesPlatform ? await PlatformSimulator.start() : null;
    const container = httpContainer(
      config,
      (fault) => logger.warn({ err: fault }, 'something that the shop can do without failed'),
      relayOf(config, simulator, logger, tuning),
    );
    return { container, simulator, tracing };
  } catch (fault) {
    await Promise.all([simulator?.close(), tracing?.stop()]);
    throw fault;
  }
}

const traced = ({ tracing }: Config, logger: Logger) =>
  tracing === null
    ? undefined
    : startTracing({ ...tracing, onFault: (said) => logger.warn({ said }, 'traces are lost') });

function serverOf({ container, simulator }: Opened, config: Config, logger: Logger): HttpServer {
  const queries = container.get(TOKENS.queries);
  return new HttpServer({
    shop: container.get(TOKENS.shop),
    probes: { database: () => queries.ping() },
    tokens: config.tokens,
    devTokens: config.devTokens,
    ...(simulator === null ? {} : { simulator }),
    logger,
    graceMs: config.shutdownGraceSeconds * MS_PER_SECOND,
    isCounted: config.metrics,
    isTraced: config.tracing !== null,
    guard: {
      rateLimits: config.rateLimits,
      tally: container.isBound(TOKENS.redis) ? container.get(TOKENS.redis).tally : undefined,
      trustedProxies: config.trustedProxies,
      corsOrigins: config.corsOrigins,
    },
  });
}

interface JobDeps {
  readonly container: Container;
  readonly config: Config;
  readonly logger: Logger;
  readonly tallies: Tallies;
}

function startAllJobs(deps: JobDeps, { pollMs }: RelayTuning): readonly RunningJob[] {
  const { container, config, logger, tallies } = deps;
  const shop = container.get(TOKENS.shop);
  const onFault = (job: string, fault: unknown): void => {
    logger.error({ err: fault, job }, 'a job failed');
  };
  const settings = jobSettings(config, logger, tallies.rollUps);
  const work = config.profile === 'embedded' ? shopJobs(shop, settings) : [];
  const counted = [popularJob(shop), ...work].map((job) => tallies.jobs.counted(job));
  const jobs = startJobs(counted, ({ name }, fault) => onFault(name, fault));
  if (!container.isBound(TOKENS.relay)) return [jobs];
  return [jobs, startRelay(container, (fault) => onFault('relay', fault), pollMs)];
}
