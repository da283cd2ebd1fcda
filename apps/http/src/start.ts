import {
  closePorts,
  doneWithout,
  type Job,
  JobTallies,
  PlatformSimulator,
  portFigures,
  prepareTables,
  type RelaySettings,
  type RelayTuning,
  relayWatcher,
  runJobs,
  type RunningManagement,
  type RunningTracing,
  startedWithout,
  startManagement,
  TOKENS,
  traced,
} from '@jumun/adapters';
import type { Shop } from '@jumun/application';
import type { Logger } from 'pino';
import type { Config } from './config.js';
import { httpContainer } from './container.js';
import { loadDemoData } from './demo-data.js';
import { metricsOf } from './observe.js';
import { readBuiltPages } from './pages/built-pages.js';
import type { PagesOptions } from './routes/pages.js';
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
    await prepareTables(container.get(TOKENS.database), startedWithout(logger));
    if (config.demoData) await loadDemoData(container.get(TOKENS.unitOfWork));
    const server = serverOf(opened, config, logger);
    const tallies = new JobTallies();
    management = await startManagement(config.management, {
      metrics: config.metrics ? metricsOf({ container, server, tallies }) : null,
      findDown: () => server.findDown(),
      log: logger,
    });
    const port = await server.listen(config.port, config.host);
    if (config.warmUp) await server.warmUp();
    const { running } = runJobs(container, {
      tallies,
      log: logger,
      statsIntervalSeconds: config.profile === 'embedded' ? config.statsIntervalSeconds : null,
      more: [popularJob(container.get(TOKENS.shop))],
      pollMs: tuning.pollMs,
    });
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

/** What a server stands on. */
interface Opened {
  readonly container: Container;
  readonly simulator: PlatformSimulator | null;
  readonly tracing: RunningTracing | undefined;
}

/** The simulated platform listens already, and traces may be told: both end where there is nothing to stand on. */
async function open(config: Config, logger: Logger, tuning: RelayTuning): Promise<Opened> {
  const tracing = await traced(config.tracing, logger);
  let simulator: PlatformSimulator | null = null;
  try {
    simulator = config.simulatesPlatform ? await PlatformSimulator.start() : null;
    const container = httpContainer(
      config,
      doneWithout(logger),
      relayOf(config, simulator, logger, tuning),
    );
    return { container, simulator, tracing };
  } catch (fault) {
    await Promise.all([simulator?.close(), tracing?.stop()]);
    throw fault;
  }
}

/** Without the pages the shop is still a shop, to programs. */
function pagesOf({ pages: settings }: Config, logger: Logger): PagesOptions | null {
  if (settings === null) return null;
  const built = readBuiltPages();
  if (built === null) logger.warn('there are no pages: npm run build makes them');
  return built === null ? null : { built, settings };
}

function serverOf({ container, simulator }: Opened, config: Config, logger: Logger): HttpServer {
  const queries = container.get(TOKENS.queries);
  return new HttpServer({
    shop: container.get(TOKENS.shop),
    probes: { database: () => queries.ping() },
    tokens: config.tokens,
    devTokens: config.devTokens,
    ...(simulator === null ? {} : { simulator }),
    pages: pagesOf(config, logger),
    logger,
    graceMs: config.shutdownGraceSeconds * MS_PER_SECOND,
    isCounted: config.metrics,
    isTraced: config.tracing !== null,
    portFigures: () => portFigures(container),
    guard: {
      rateLimits: config.rateLimits,
      tally: container.isBound(TOKENS.redis) ? container.get(TOKENS.redis).tally : undefined,
      trustedProxies: config.trustedProxies,
      corsOrigins: config.corsOrigins,
    },
  });
}
