import { SalesCalendar } from '@jumun/domain';
import { z } from 'zod';
import type { TokenPolicy } from './edge/authentication.js';

export interface Config {
  /** 0: a free one. */
  readonly port: number;
  /** Undefined: all interfaces. */
  readonly host: string | undefined;
  readonly managementPort: number;
  readonly databaseUrl: string;
  readonly tokens: TokenPolicy;
  /** Whether anybody may have a token for anyone. */
  readonly devTokens: boolean;
  readonly orderHoldSeconds: number;
  readonly salesTimeZone: string;
  readonly demoData: boolean;
  readonly logLevel: string;
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
const MIN_SECRET_BYTES = 32;
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
    .refine((url) => !url.startsWith('mysql:'), {
      message: 'mysql:// is not supported yet; use sqlite://PATH',
      abort: true,
    })
    .regex(/^sqlite:\/\/./, 'must be sqlite://PATH or sqlite://:memory:')
    .default('sqlite://./data/jumun.db'),
  DATABASE_REPLICA_URL: notYet,
  REDIS_URL: notYet,
  PLATFORM_URL: notYet,
  AUTH_JWKS_URL: notYet,
  AUTH_JWT_SECRET: z
    .string()
    .refine(
      (secret) => Buffer.byteLength(secret) >= MIN_SECRET_BYTES,
      `must be at least ${MIN_SECRET_BYTES} bytes`,
    )
    .optional(),
  AUTH_ISSUER: z.string().optional(),
  AUTH_AUDIENCE: z.string().optional(),
  ORDER_HOLD_SECONDS: wholeNumber(1, 86_400).default(900),
  SALES_TIME_ZONE: z
    .string()
    .refine(isTimeZone, 'must be a time zone such as Asia/Seoul')
    .default('Asia/Seoul'),
  DEMO_DATA: z
    .string()
    .transform((value) => SWITCH.get(value.toLowerCase()))
    .refine((value) => value !== undefined, 'must be on or off')
    .default(true),
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
  const tokens = tokensOf(environment);
  const devTokens = tokens === DEVELOPMENT_TOKENS;
  return {
    port: environment.PORT,
    host: environment.HOST ?? (devTokens ? LOCALHOST : undefined),
    managementPort: environment.MANAGEMENT_PORT,
    databaseUrl: environment.DATABASE_URL,
    tokens,
    devTokens,
    orderHoldSeconds: environment.ORDER_HOLD_SECONDS,
    salesTimeZone: environment.SALES_TIME_ZONE,
    demoData: environment.DEMO_DATA,
    logLevel: environment.LOG_LEVEL,
  };
}

/** Who issues the tokens: whoever is configured; failing that the development issuer, but never in production. */
function tokensOf({
  NODE_ENV,
  AUTH_JWT_SECRET: secret,
  AUTH_ISSUER: issuer,
  AUTH_AUDIENCE: audience,
}: Environment): TokenPolicy {
  if (secret !== undefined) return { secret, issuer: issuer ?? null, audience: audience ?? null };
  if (NODE_ENV === 'production') {
    throw new ConfigError(['AUTH_JWT_SECRET: is required when NODE_ENV is production']);
  }
  if (issuer !== undefined || audience !== undefined) {
    throw new ConfigError(['AUTH_JWT_SECRET: is required with AUTH_ISSUER or AUTH_AUDIENCE']);
  }
  return DEVELOPMENT_TOKENS;
}

function isTimeZone(name: string): boolean {
  try {
    return new SalesCalendar(name).timeZone === name;
  } catch {
    return false;
  }
}
