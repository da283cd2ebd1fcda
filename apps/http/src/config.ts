import {
  isDatabaseUrl,
  isPlatformUrl,
  isRedisUrl,
  PLATFORM_RULES,
  type PlatformEndpoint,
  platformSecretsOf,
  platformWarnings,
} from '@jumun/adapters';
import { SalesCalendar } from '@jumun/domain';
import { z } from 'zod';
import type { TokenPolicy } from './edge/authentication.js';

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
  readonly managementPort: number;
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
  readonly orderHoldSeconds: number;
  /** From one count of the sales to the next, where this process does the worker's jobs. */
  readonly statsIntervalSeconds: number;
  readonly salesTimeZone: string;
  readonly demoData: boolean;
  /** Whether the server makes itself fast before it says that it is ready. */
  readonly warmUp: boolean;
  readonly logLevel: string;
  /** What an operator should know, though it stops nothing. */
  readonly warnings: readonly string[];
}

/** Variables with values that cannot be used; `lines` names each and says what is wrong, never what the value was. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(readonly lines: readonly string[]) {
    super(lines.join('\n'));
  }
}

/**
 * Signs the tokens of the development issuer. It is no secret, and need not be: where it counts, anybody gets a token for
 * anyone by asking. A constant lets tokens outlive a restart.
 */
const DEVELOPMENT_TOKENS: TokenPolicy = {
  secret: 'jumun development tokens: anybody may mint these',
  issuer: null,
  audience: null,
};

const LOCALHOST = '127.0.0.1';
/** RFC 7518, section 3.2: a key for HS256 is at least as long as its hash. */
const MIN_SECRET_BYTES = 32;
const TOO_SHORT = `must be at least ${MIN_SECRET_BYTES} bytes`;
const isShort = (secret: string): boolean => Buffer.byteLength(secret) < MIN_SECRET_BYTES;
const SWITCH: ReadonlyMap<string, boolean> = new Map([
  ['on', true],
  ['true', true],
  ['1', true],
  ['off', false],
  ['false', false],
  ['0', false],
]);

const wholeNumber = (least: number, most: number) =>
  z
    .string()
    .transform((value) => (/^\d{1,15}$/.test(value) ? Number(value) : Number.NaN))
    .refine(
      (value) => value >= least && value <= most,
      `must be a whole number from ${least} to ${most}`,
    );

const port = wholeNumber(0, 65_535);

const onOrOff = z
  .string()
  .transform((value) => SWITCH.get(value.toLowerCase()))
  .refine((value) => value !== undefined, 'must be on or off');

const notYet = z
  .string()
  .refine(() => false, 'is not supported yet')
  .optional();

const environmentSchema = z.object({
  NODE_ENV: z.string().optional(),
  PORT: port.default(3000),
  MANAGEMENT_PORT: port.default(9464),
  HOST: z.string().optional(),
  DATABASE_URL: z
    .string()
    .refine(isDatabaseUrl, 'must be sqlite://PATH or mysql://user:password@host:port/name')
    .default('sqlite://./data/jumun.db'),
  DATABASE_REPLICA_URL: z
    .string()
    .refine(
      (url) => isMysql(url) && isDatabaseUrl(url),
      'must be mysql://user:password@host:port/name',
    )
    .optional(),
  REDIS_URL: z
    .string()
    .transform((urls) => urls.split(',').map((url) => url.trim()))
    .refine((urls) => urls.every(isRedisUrl), 'must be redis://host:port, or several with commas')
    .default([]),
  PLATFORM_URL: z.string().refine(isPlatformUrl, PLATFORM_RULES.url).optional(),
  PLATFORM_SECRET: z
    .string()
    .transform(platformSecretsOf)
    .refine((secrets) => secrets !== undefined, PLATFORM_RULES.secret)
    .optional(),
  AUTH_JWKS_URL: notYet,
  AUTH_JWT_SECRET: z.string().optional(),
  AUTH_ISSUER: z.string().optional(),
  AUTH_AUDIENCE: z.string().optional(),
  ORDER_HOLD_SECONDS: wholeNumber(1, 86_400).default(900),
  STATS_INTERVAL_SECONDS: wholeNumber(1, 86_400).default(300),
  SALES_TIME_ZONE: z
    .string()
    .refine(isTimeZone, 'must be a time zone such as Asia/Seoul')
    .default('Asia/Seoul'),
  DEMO_DATA: onOrOff.optional(),
  WARM_UP: onOrOff.default(true),
  LOG_LEVEL: z
    .enum(
      ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'],
      'must be fatal, error, warn, info, debug, trace or silent',
    )
    .default('info'),
});

type Environment = z.output<typeof environmentSchema>;

/** Reads the configuration from the environment, or throws a {@link ConfigError}. A blank variable counts as not set. */
export function readConfig(variables: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.entries(variables).filter(([, value]) => value?.trim() !== '');
  const read = environmentSchema.safeParse(Object.fromEntries(given));
  if (!read.success) {
    throw new ConfigError(
      read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`),
    );
  }
  const environment = read.data;
  const profile = isMysql(environment.DATABASE_URL) ? 'production' : 'embedded';
  if (profile === 'embedded' && environment.DATABASE_REPLICA_URL !== undefined) {
    throw new ConfigError(['DATABASE_REPLICA_URL: needs a DATABASE_URL that is mysql://']);
  }
  const tokens = tokensOf(environment, profile);
  const devTokens = tokens === DEVELOPMENT_TOKENS;
  const platform = platformOf(environment);
  return {
    profile,
    port: environment.PORT,
    host: environment.HOST ?? (devTokens ? LOCALHOST : undefined),
    managementPort: environment.MANAGEMENT_PORT,
    databaseUrl: environment.DATABASE_URL,
    replicaUrl: environment.DATABASE_REPLICA_URL,
    redisUrls: environment.REDIS_URL,
    tokens,
    devTokens,
    platform,
    // In production nothing may count as delivered that nobody has received.
    simulatesPlatform:
      profile === 'embedded' && platform === null && environment.NODE_ENV !== 'production',
    orderHoldSeconds: environment.ORDER_HOLD_SECONDS,
    statsIntervalSeconds: environment.STATS_INTERVAL_SECONDS,
    salesTimeZone: environment.SALES_TIME_ZONE,
    demoData: environment.DEMO_DATA ?? profile === 'embedded',
    warmUp: environment.WARM_UP,
    logLevel: environment.LOG_LEVEL,
    warnings: [
      ...(isShort(tokens.secret) ? [`AUTH_JWT_SECRET: ${TOO_SHORT}`] : []),
      ...(platform === null ? [] : platformWarnings(platform)),
    ],
  };
}

/** Where messages go: to whoever is configured, and then signed. */
function platformOf({ PLATFORM_URL: url, PLATFORM_SECRET: secrets }: Environment) {
  if (url === undefined) return null;
  if (secrets === undefined) throw new ConfigError([PLATFORM_RULES.both]);
  return { url, secrets };
}

/** Who issues the tokens: whoever is configured; failing that the development issuer, in the embedded profile only. */
function tokensOf(
  { NODE_ENV, AUTH_JWT_SECRET: secret, AUTH_ISSUER: issuer, AUTH_AUDIENCE: audience }: Environment,
  profile: Profile,
): TokenPolicy {
  const isProduction = NODE_ENV === 'production';
  if (secret !== undefined) {
    if (isProduction && isShort(secret)) throw new ConfigError([`AUTH_JWT_SECRET: ${TOO_SHORT}`]);
    return { secret, issuer: issuer ?? null, audience: audience ?? null };
  }
  if (isProduction) {
    throw new ConfigError(['AUTH_JWT_SECRET: is required when NODE_ENV is production']);
  }
  if (profile === 'production') {
    throw new ConfigError(['AUTH_JWT_SECRET: is required when DATABASE_URL is mysql://']);
  }
  if (issuer !== undefined || audience !== undefined) {
    throw new ConfigError(['AUTH_JWT_SECRET: is required with AUTH_ISSUER or AUTH_AUDIENCE']);
  }
  return DEVELOPMENT_TOKENS;
}

const isMysql = (url: string): boolean => url.startsWith('mysql://');

function isTimeZone(name: string): boolean {
  try {
    return new SalesCalendar(name).timeZone === name;
  } catch {
    return false;
  }
}
