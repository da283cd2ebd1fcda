import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Child } from './child.ts';

/** Signs the tokens of every bench. */
export const SECRET = 'a secret of thirty-two bytes or more';

const HTTP_MAIN = fileURLToPath(new URL('../../apps/http/dist/main.js', import.meta.url));
const WORKER_MAIN = fileURLToPath(new URL('../../apps/worker/dist/main.js', import.meta.url));
const FRONT = fileURLToPath(new URL('front-process.ts', import.meta.url));
/** What `npm start` and the image give the process, and so every baseline behind the same front. */
const YOUNG_GENERATION = '--max-semi-space-size=64';
const READY_WITHIN_MS = 20_000;
const LOOK_EVERY_MS = 20;

/** A process that serves HTTP, answering at `url`. */
export interface Service {
  readonly url: string;
  readonly pid: number;
  /** Rejects when it does not stop in good order. */
  stop(): Promise<void>;
}

export interface ServiceOptions {
  readonly databaseUrl: string;
  /** None: cache, lock and news in the process. */
  readonly redisUrl?: string;
  /** Further variables of its environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** Options of Node itself, such as `--cpu-prof`. */
  readonly nodeOptions?: readonly string[];
}

/** Starts the HTTP app as in production, on a free port; resolves when it is ready. */
export function startService(options: ServiceOptions): Promise<Service> {
  const { databaseUrl, redisUrl, env, nodeOptions = [] } = options;
  return serve([...nodeOptions, HTTP_MAIN], {
    NODE_ENV: 'production',
    HOST: '127.0.0.1',
    PORT: '0',
    MANAGEMENT_PORT: '0',
    DATABASE_URL: databaseUrl,
    AUTH_JWT_SECRET: SECRET,
    DEMO_DATA: 'off',
    RATE_LIMIT_PER_CUSTOMER: '0',
    SHUTDOWN_GRACE_SECONDS: '0',
    ...(redisUrl === undefined ? {} : { REDIS_URL: redisUrl }),
    ...env,
  });
}

/**
 * Starts a process with our HTTP front before another shop, so that a baseline differs in nothing else. The module exports
 * `openShop(settings): Promise<OpenedShop>`, see {@link OpenedShop} in `opened-shop.ts`.
 */
export const startFront = (
  shopModule: URL,
  settings: Readonly<Record<string, unknown>>,
): Promise<Service> =>
  serve([FRONT, shopModule.href, JSON.stringify(settings)], {
    NODE_ENV: 'production',
  });

async function serve(
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<Service> {
  const options = [YOUNG_GENERATION, '--disable-warning=ExperimentalWarning'];
  const child = await Child.start([...options, ...args], environment);
  const [, port] = await child.said(/"port":(\d+)[^\n]*"msg":"listening"/);
  const url = `http://127.0.0.1:${port}`;
  try {
    await ready(url);
  } catch (fault) {
    await child.stop();
    throw fault;
  }
  return {
    url,
    pid: child.pid,
    async stop() {
      const code = await child.stop();
      if (code !== 0) throw new Error(`the service at ${url} ended with ${code}`);
    },
  };
}

async function ready(url: string): Promise<void> {
  for (const deadline = Date.now() + READY_WITHIN_MS; ; await sleep(LOOK_EVERY_MS)) {
    const { status } = await fetch(`${url}/readyz`);
    if (status === 200) return;
    if (Date.now() > deadline) throw new Error(`the service at ${url} is not ready: ${status}`);
  }
}

/** Starts the worker as in production; resolves when it works. */
export async function startWorker({
  databaseUrl,
  redisUrl,
  env,
}: Omit<ServiceOptions, 'nodeOptions'>): Promise<Omit<Service, 'url'>> {
  const child = await Child.start([WORKER_MAIN], {
    NODE_ENV: 'production',
    DATABASE_URL: databaseUrl,
    ...(redisUrl === undefined ? {} : { REDIS_URL: redisUrl }),
    ...env,
  });
  await child.said(/"msg":"working"/);
  return {
    pid: child.pid,
    async stop() {
      const code = await child.stop();
      if (code !== 0) throw new Error(`the worker ended with ${code}`);
    },
  };
}

/** Starts several, uses them, and stops them all whatever happens. */
export async function withServices<T>(
  starts: readonly (() => Promise<Service>)[],
  use: (services: readonly Service[]) => Promise<T>,
): Promise<T> {
  const services: Service[] = [];
  try {
    for (const start of starts) services.push(await start());
    return await use(services);
  } finally {
    await Promise.all(services.map((service) => service.stop()));
  }
}
