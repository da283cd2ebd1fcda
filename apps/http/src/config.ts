import {
  ConfigError,
  configErrorOf,
  type DescribedProgram,
  describeVariables,
  type ManagementAddress,
  managementOf,
  MEANINGS,
  type PlatformEndpoint,
  platformOf,
  platformWarnings,
  RULES,
  type TracingConfig,
  tracingOf,
  variablesSet,
  wholeNumber,
} from '@jumun/adapters';
import { z } from 'zod';
import { ORIGINS, PROXIES } from './config-fields.js';
import type { TokenPolicy } from './edge/authentication.js';
import type { RateLimitSettings } from './edge/limits/rate-limits.js';
import type { PageSettings } from './pages/page-settings.js';
import { tokenSettingsOf } from './token-settings.js';
import { variable } from './variable.js';

/**
 * `embedded`: SQLite, and HTTP and the worker's jobs in one process. `production`: MySQL, any number of processes of each
 * kind, and migrations by hand.
 */
export type Profile = 'embedded' | 'production';

export interface Config {
  readonly profile: Profile;
  /** 0: a free one. */
  readonly port: number;
  /** Undefined: all interfaces. */
  readonly host: string | undefined;
  readonly management: ManagementAddress;
  /** Whether requests are counted, and the counts are told. */
  readonly metrics: boolean;
  /** Null: nothing is traced. */
  readonly tracing: TracingConfig;
  /** How long a process that is told to stop still takes requests, while it says that it is not ready. */
  readonly shutdownGraceSeconds: number;
  readonly databaseUrl: string;
  /** Read-only, for browsing. */
  readonly replicaUrl: string | undefined;
  /** None: cache, lock and news in this process. The first is for cache and news, all of them for the lock. */
  readonly redisUrls: readonly string[];
  readonly tokens: TokenPolicy;
  /** Whether anybody may have a token for anyone. */
  readonly devTokens: boolean;
  /** Where messages about orders go, where this process sends them; null: nowhere. */
  readonly platform: PlatformEndpoint | null;
  /** Whether this process has a platform of its own to send them to, which does nothing with them. */
  readonly simulatesPlatform: boolean;
  readonly rateLimits: RateLimitSettings;
  /** Who may say for whom they ask. */
  readonly trustedProxies: readonly string[];
  /** Whose pages may use the API from a browser. */
  readonly corsOrigins: readonly string[];
  readonly orderHoldSeconds: number;
  /** From one count of the sales to the next, where this process does the worker's jobs. */
  readonly statsIntervalSeconds: number;
  readonly salesTimeZone: string;
  readonly demoData: boolean;
  /** Whether the server makes itself fast before it says that it is ready. */
  readonly warmUp: boolean;
  /** Whether there are pages for people, beside the API; and what those are told. */
  readonly pages: PageSettings | null;
  readonly logLevel: string;
  /** What an operator should know, though it stops nothing. */
  readonly warnings: readonly string[];
}

/** In production somebody balances the load, and must learn that a process is about to go. */
const GRACE_SECONDS: Readonly<Record<Profile, number>> = { embedded: 0, production: 3 };
const MOST_GRACE_SECONDS = 300;
const LOCALHOST = '127.0.0.1';
/** More requests a second than any process serves. */
const MOST_PER_SECOND = 1_000_000;

const perSecond = variable(wholeNumber(0, MOST_PER_SECOND));

/** Every variable, with what it means. The page docs/reference/configuration.md and `--help` are made from it. */
const environmentSchema = z.object({
  NODE_ENV: z
    .string()
    .optional()
    .describe('`production` refuses to start without real tokens, whatever the profile'),
  PORT: variable(RULES.port)
    .default(3000)
    .describe('where HTTP is served; 0 takes a free one, which is logged'),
  HOST: z.string().optional().meta({
    description: 'the address to listen on',
    unset: '127.0.0.1 with development tokens, else all interfaces',
  }),
  MANAGEMENT_PORT: variable(RULES.port).optional().meta(MEANINGS.managementPort),
  MANAGEMENT_HOST: z
    .string()
    .optional()
    .meta({ description: MEANINGS.managementHost, unset: 'as `HOST`' }),
  METRICS: variable(RULES.onOrOff)
    .default(true)
    .describe('whether requests are counted and `/metrics` is there'),
  OTEL_EXPORTER_OTLP_ENDPOINT: variable(RULES.collectorUrl).optional().meta(MEANINGS.collector),
  OTEL_SERVICE_NAME: z.string().default('jumun-http').describe(MEANINGS.service),
  OTEL_TRACES_SAMPLER_ARG: variable(RULES.share)
    .default(1)
    .describe(
      'the share of traces that are told, from 0 to 1, where the caller has not decided it',
    ),
  SHUTDOWN_GRACE_SECONDS: variable(wholeNumber(0, MOST_GRACE_SECONDS)).optional().meta({
    description:
      'how long a process that is told to stop still takes requests while it says that it is not ready; 0 to 300',
    unset: '3 with MySQL, else 0',
  }),
  DATABASE_URL: variable(RULES.databaseUrl)
    .default('sqlite://./data/jumun.db')
    .describe('`sqlite://PATH`, `sqlite://:memory:` or `mysql://USER:PASSWORD@HOST:PORT/NAME`'),
  DATABASE_REPLICA_URL: variable(RULES.mysqlUrl)
    .optional()
    .describe('`mysql://…`: a read-only copy for browsing'),
  REDIS_URL: variable(RULES.redisUrls)
    .default([])
    .describe(
      '`redis://…` or `rediss://…`, or several with commas: cache, news and rate limits on the first, the lock over all',
    ),
  PLATFORM_URL: variable(RULES.httpUrl).optional().meta({
    description:
      'where messages about orders are sent, in the embedded profile; the worker sends them otherwise',
    unset: MEANINGS.platformUnset,
  }),
  PLATFORM_SECRET: variable(RULES.platformSecrets).optional().describe(MEANINGS.platformSecret),
  AUTH_JWT_SECRET: z.string().optional().meta({
    description:
      'verifies bearer tokens by HS256; at least 32 bytes, without a comma. Two with a comma while they are exchanged',
    unset: 'in the embedded profile a development issuer',
  }),
  AUTH_JWKS_URL: variable(RULES.httpUrl)
    .optional()
    .describe('where the issuer of the tokens publishes its keys; instead of `AUTH_JWT_SECRET`'),
  AUTH_ISSUER: z.string().optional().describe('what `iss` of a token must be'),
  AUTH_AUDIENCE: z.string().optional().describe('what `aud` of a token must be'),
  RATE_LIMIT_PER_CUSTOMER: perSecond
    .default(100)
    .describe('requests a second of one customer; half of it for coupons; 0: no limit'),
  RATE_LIMIT_PER_ADDRESS: perSecond
    .default(0)
    .describe('requests a second from one address, with or without a token; 0: no limit'),
  TRUST_PROXY: variable(PROXIES)
    .default([])
    .describe(
      'whose `X-Forwarded-For` is believed: addresses, networks, `loopback`, `uniquelocal`',
    ),
  CORS_ORIGINS: variable(ORIGINS)
    .default([])
    .describe('origins whose pages may use the API from a browser, such as `https://shop.example`'),
  ORDER_HOLD_SECONDS: variable(RULES.seconds).default(900).describe(MEANINGS.orderHold),
  STATS_INTERVAL_SECONDS: variable(RULES.seconds)
    .default(300)
    .describe('from one count of the sales to the next, in the embedded profile; 1 to 86400'),
  SALES_TIME_ZONE: variable(RULES.timeZone).default('Asia/Seoul').describe(MEANINGS.timeZone),
  DEMO_DATA: variable(RULES.onOrOff).optional().meta({
    description: "adds the scenarios' products and coupon campaigns that are not there yet",
    unset: 'on with SQLite, else off',
  }),
  WARM_UP: variable(RULES.onOrOff)
    .default(true)
    .describe('puts some thousand requests without effect to itself before it says it is ready'),
  PAGES: variable(RULES.onOrOff)
    .default(true)
    .describe('whether the shop and its control room are served as pages, beside the API'),
  PAGES_TOKEN_URL: variable(RULES.httpUrl).optional().meta({
    description:
      'where the pages ask, with cookies, for the token of whoever is signed in: the shop\'s own identity service answers `{"token": …}` or 401',
    unset: 'with development tokens one chooses who to be, else one gives a token oneself',
  }),
  PAGES_SIGN_IN_URL: variable(RULES.httpUrl)
    .optional()
    .describe(
      'where the pages send whoever must sign in, with `return=` and the address to come back to; needs `PAGES_TOKEN_URL`',
    ),
  LOG_LEVEL: variable(RULES.logLevel).default('info').describe(MEANINGS.logLevel),
});

type Environment = z.output<typeof environmentSchema>;

/** What the app is, and what it can be told. */
export const PROGRAM: DescribedProgram = {
  command: 'node apps/http/dist/main.js',
  purpose: 'Serves the shop by HTTP; on SQLite it does the background jobs, too.',
  variables: describeVariables(environmentSchema.shape),
};

/** Reads the configuration from the environment, or throws a {@link ConfigError}. A blank variable counts as not set. */
export function readConfig(variables: Readonly<Record<string, string | undefined>>): Config {
  const read = environmentSchema.safeParse(variablesSet(variables));
  if (!read.success) throw configErrorOf(read.error.issues);
  const environment = read.data;
  const profile = isMysql(environment.DATABASE_URL) ? 'production' : 'embedded';
  if (profile === 'embedded' && environment.DATABASE_REPLICA_URL !== undefined) {
    throw new ConfigError(['DATABASE_REPLICA_URL: needs a DATABASE_URL that is mysql://']);
  }
  const { tokens, devTokens, warnings } = tokenSettingsOf(environment, profile);
  const platform = platformOf(environment);
  const host = environment.HOST ?? (devTokens ? LOCALHOST : undefined);
  return {
    profile,
    port: environment.PORT,
    host,
    management: managementOf(environment, host),
    metrics: environment.METRICS,
    tracing: tracingOf(environment),
    shutdownGraceSeconds: environment.SHUTDOWN_GRACE_SECONDS ?? GRACE_SECONDS[profile],
    databaseUrl: environment.DATABASE_URL,
    replicaUrl: environment.DATABASE_REPLICA_URL,
    redisUrls: environment.REDIS_URL,
    tokens,
    devTokens,
    platform,
    // In production nothing may count as delivered that nobody has received.
    simulatesPlatform:
      profile === 'embedded' && platform === null && environment.NODE_ENV !== 'production',
    rateLimits: {
      perCustomer: environment.RATE_LIMIT_PER_CUSTOMER,
      perAddress: environment.RATE_LIMIT_PER_ADDRESS,
    },
    trustedProxies: environment.TRUST_PROXY,
    corsOrigins: environment.CORS_ORIGINS,
    orderHoldSeconds: environment.ORDER_HOLD_SECONDS,
    statsIntervalSeconds: environment.STATS_INTERVAL_SECONDS,
    salesTimeZone: environment.SALES_TIME_ZONE,
    demoData: environment.DEMO_DATA ?? profile === 'embedded',
    warmUp: environment.WARM_UP,
    pages: pagesOf(environment, devTokens),
    logLevel: environment.LOG_LEVEL,
    warnings: [...warnings, ...(platform === null ? [] : platformWarnings(platform))],
  };
}

function pagesOf(
  { PAGES, PAGES_TOKEN_URL: tokenUrl, PAGES_SIGN_IN_URL: signInUrl }: Environment,
  devTokens: boolean,
): PageSettings | null {
  if (signInUrl !== undefined && tokenUrl === undefined) {
    throw new ConfigError(['PAGES_SIGN_IN_URL: needs a PAGES_TOKEN_URL']);
  }
  if (!PAGES) return null;
  const personas = devTokens && tokenUrl === undefined;
  return { personas, tokenUrl: tokenUrl ?? null, signInUrl: signInUrl ?? null };
}

const isMysql = (url: string): boolean => url.startsWith('mysql://');
