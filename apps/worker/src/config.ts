import {
  configErrorOf,
  type DescribedVariable,
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
} from '@jumun/adapters';
import { z } from 'zod';
import { variable } from './variable.js';

const LOCALHOST = '127.0.0.1';

const EnvironmentSchema = z.object({
  MANAGEMENT_PORT: variable(RULES.port).optional().meta(MEANINGS.managementPort),
  MANAGEMENT_HOST: z.string().optional().meta({
    description: MEANINGS.managementHost,
    unset: '127.0.0.1 with SQLite, else all interfaces',
  }),
  METRICS: variable(RULES.onOrOff).default(true).describe('whether `/metrics` is there'),
  OTEL_EXPORTER_OTLP_ENDPOINT: variable(RULES.collectorUrl).optional().meta(MEANINGS.collector),
  OTEL_SERVICE_NAME: z.string().default('jumun-worker').describe(MEANINGS.service),
  OTEL_TRACES_SAMPLER_ARG: variable(RULES.share)
    .default(1)
    .describe('the share of traces that are told, from 0 to 1'),
  DATABASE_URL: variable(RULES.databaseUrl)
    .default('sqlite://./data/jumun.db')
    .describe('`sqlite://PATH` or `mysql://USER:PASSWORD@HOST:PORT/NAME`, as for the HTTP app'),
  REDIS_URL: variable(RULES.redisUrls)
    .default([])
    .describe('`redis://…` or `rediss://…`, or several with commas, as for the HTTP app'),
  PLATFORM_URL: variable(RULES.httpUrl).optional().meta({
    description: 'where messages about orders are sent',
    unset: MEANINGS.platformUnset,
  }),
  PLATFORM_SECRET: variable(RULES.platformSecrets).optional().describe(MEANINGS.platformSecret),
  ORDER_HOLD_SECONDS: variable(RULES.seconds).default(900).describe(MEANINGS.orderHold),
  STATS_INTERVAL_SECONDS: variable(RULES.seconds)
    .default(300)
    .describe('from one count of the sales to the next; 1 to 86400'),
  SALES_TIME_ZONE: variable(RULES.timeZone).default('Asia/Seoul').describe(MEANINGS.timeZone),
  LOG_LEVEL: variable(RULES.logLevel).default('info').describe(MEANINGS.logLevel),
});

/** What the worker's programs can be told; the migrations heed `DATABASE_URL` alone. */
export const VARIABLES: readonly DescribedVariable[] = describeVariables(EnvironmentSchema.shape);

export interface Config {
  readonly management: ManagementAddress;
  /** Whether what is counted is told. */
  readonly metrics: boolean;
  /** Null: nothing is traced. */
  readonly tracing: TracingConfig;
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

/** Reads the worker's configuration, or throws a `ConfigError`. A blank variable counts as not set. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const parsed = EnvironmentSchema.safeParse(variablesSet(environment));
  if (!parsed.success) throw configErrorOf(parsed.error.issues);
  const { data } = parsed;
  const platform = platformOf(data);
  // Who runs the worker beside an SQLite file does it on their own machine.
  const host = data.DATABASE_URL.startsWith('sqlite:') ? LOCALHOST : undefined;
  return {
    management: managementOf(data, host),
    metrics: data.METRICS,
    tracing: tracingOf(data),
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
