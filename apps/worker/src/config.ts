import {
  type DescribedVariable,
  describeVariables,
  isDatabaseUrl,
  isPlatformUrl,
  isRedisUrl,
  type ManagementAddress,
  PLATFORM_RULES,
  type PlatformEndpoint,
  platformSecretsOf,
  platformWarnings,
  type TracingSettings,
} from '@jumun/adapters';
import { z } from 'zod';

const MOST_SECONDS = 86_400;

/** A number of seconds, up to a day. */
const seconds = (value: number) =>
  z
    .string()
    .regex(/^\d{1,15}$/)
    .transform(Number)
    .refine((count) => count >= 1 && count <= MOST_SECONDS)
    .catch(Number.NaN)
    .refine(Number.isInteger, `must be a whole number from 1 to ${MOST_SECONDS}`)
    .default(value);

/** Where Prometheus looks by convention. */
const MANAGEMENT_PORT = 9464;
const LOCALHOST = '127.0.0.1';

const EnvironmentSchema = z.object({
  MANAGEMENT_PORT: z
    .string()
    .regex(/^\d{1,5}$/)
    .transform(Number)
    .catch(Number.NaN)
    .refine((port) => port >= 0 && port <= 65_535, 'must be a whole number from 0 to 65535')
    .optional()
    .meta({
      description:
        'metrics and health for operators; 0 takes a free one, and so does a process that finds the default taken',
      unset: String(MANAGEMENT_PORT),
    }),
  MANAGEMENT_HOST: z.string().optional().meta({
    description: 'the address of the management port',
    unset: '127.0.0.1 with SQLite, else all interfaces',
  }),
  METRICS: z
    .stringbool({
      truthy: ['on', 'true', '1'],
      falsy: ['off', 'false', '0'],
      error: 'must be on or off',
    })
    .default(true)
    .describe('whether `/metrics` is there'),
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .url({ protocol: /^https?$/, error: 'must be http://host:port or https://host:port' })
    .optional()
    .meta({
      description: 'where traces go, by OTLP over HTTP, without `/v1/traces`',
      unset: 'no traces',
    }),
  OTEL_SERVICE_NAME: z
    .string()
    .default('jumun-worker')
    .describe('what the process is called in traces'),
  OTEL_TRACES_SAMPLER_ARG: z
    .string()
    .regex(/^[01](\.\d+)?$|^\.\d+$/)
    .transform(Number)
    .catch(Number.NaN)
    .refine((share) => share >= 0 && share <= 1, 'must be a number from 0 to 1')
    .default(1)
    .describe('the share of traces that are told, from 0 to 1'),
  DATABASE_URL: z
    .string()
    .refine(isDatabaseUrl, 'must be sqlite://PATH or mysql://user:password@host:port/name')
    .default('sqlite://./data/jumun.db')
    .describe('`sqlite://PATH` or `mysql://USER:PASSWORD@HOST:PORT/NAME`, as for the HTTP app'),
  REDIS_URL: z
    .string()
    .transform((urls) => urls.split(',').map((url) => url.trim()))
    .refine((urls) => urls.every(isRedisUrl), 'must be redis://host:port, or several with commas')
    .default([])
    .describe('`redis://…` or `rediss://…`, or several with commas, as for the HTTP app'),
  PLATFORM_URL: z.string().refine(isPlatformUrl, PLATFORM_RULES.url).optional().meta({
    description: 'where messages about orders are sent',
    unset: 'a simulated platform in the embedded profile, else messages wait',
  }),
  PLATFORM_SECRET: z
    .string()
    .transform(platformSecretsOf)
    .refine((secrets) => secrets !== undefined, PLATFORM_RULES.secret)
    .optional()
    .describe('signs those messages; two with a comma while they are exchanged'),
  ORDER_HOLD_SECONDS: seconds(900).describe(
    "how long an order's stock and coupon are held for its payment; 1 to 86400",
  ),
  STATS_INTERVAL_SECONDS: seconds(300).describe(
    'from one count of the sales to the next; 1 to 86400',
  ),
  SALES_TIME_ZONE: z
    .string()
    .refine(isTimeZone, 'must be a time zone such as Asia/Seoul')
    .default('Asia/Seoul')
    .describe('whose calendar days sales are counted by'),
  LOG_LEVEL: z
    .enum(
      ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'],
      'must be fatal, error, warn, info, debug, trace or silent',
    )
    .default('info')
    .describe('`fatal`, `error`, `warn`, `info`, `debug`, `trace` or `silent`'),
});

/** What the worker's programs can be told; the migrations heed `DATABASE_URL` alone. */
export const VARIABLES: readonly DescribedVariable[] = describeVariables(EnvironmentSchema.shape);

export interface Config {
  readonly management: ManagementAddress;
  /** Whether what is counted is told. */
  readonly metrics: boolean;
  /** Null: nothing is traced. */
  readonly tracing: Omit<TracingSettings, 'onFault'> | null;
  readonly databaseUrl: string;
  /** None: cache, lock and news in this process. */
  readonly redisUrls: readonly string[];
  /** Where messages about orders go; null: they wait in line. */
  readonly platform: PlatformEndpoint | null;
  readonly orderHoldSeconds: number;
  /** From one count of the sales to the next. */
  readonly statsIntervalSeconds: number;
  readonly salesTimeZone: string;
  readonly logLevel: string;
  /** What an operator should know, though it stops nothing. */
  readonly warnings: readonly string[];
}

/** Something in the environment is wrong; each line names the variable. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(readonly lines: readonly string[]) {
    super(lines.join('\n'));
  }
}

/** Reads the worker's configuration, or throws a {@link ConfigError}. Empty variables count as not set. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const set = Object.entries(environment).filter(([, value]) => value !== '');
  const parsed = EnvironmentSchema.safeParse(Object.fromEntries(set));
  if (!parsed.success) {
    throw new ConfigError(
      parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`),
    );
  }
  const { data } = parsed;
  const platform = platformOf(data);
  const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint } = data;
  return {
    management: {
      port: data.MANAGEMENT_PORT ?? MANAGEMENT_PORT,
      // Who runs the worker beside an SQLite file does it on their own machine.
      host:
        data.MANAGEMENT_HOST ?? (data.DATABASE_URL.startsWith('sqlite:') ? LOCALHOST : undefined),
      isPortGiven: data.MANAGEMENT_PORT !== undefined,
    },
    metrics: data.METRICS,
    tracing:
      endpoint === undefined
        ? null
        : { endpoint, service: data.OTEL_SERVICE_NAME, ratio: data.OTEL_TRACES_SAMPLER_ARG },
    databaseUrl: data.DATABASE_URL,
    redisUrls: data.REDIS_URL,
    platform,
    orderHoldSeconds: data.ORDER_HOLD_SECONDS,
    statsIntervalSeconds: data.STATS_INTERVAL_SECONDS,
    salesTimeZone: data.SALES_TIME_ZONE,
    logLevel: data.LOG_LEVEL,
    warnings:
      platform === null
        ? ['PLATFORM_URL: is not set; messages about orders wait in line']
        : platformWarnings(platform),
  };
}

function platformOf({
  PLATFORM_URL: url,
  PLATFORM_SECRET: secrets,
}: z.output<typeof EnvironmentSchema>): PlatformEndpoint | null {
  if (url === undefined) return null;
  if (secrets === undefined) throw new ConfigError([PLATFORM_RULES.both]);
  return { url, secrets };
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).format(0) !== '';
  } catch {
    return false;
  }
}
