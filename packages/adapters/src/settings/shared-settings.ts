import type { ManagementAddress } from '../management/management-server.js';
import type { PlatformEndpoint } from '../platform/platform-endpoint.js';
import type { TracingSettings } from '../tracing/start-tracing.js';
import { ConfigError } from './config-error.js';

/** Where Prometheus looks by convention. */
export const MANAGEMENT_PORT = 9464;

/** What every variable means that all apps have, as it is told by `--help` and in the reference. */
export const MEANINGS = {
  managementPort: {
    description:
      'metrics and health for operators; 0 takes a free one, and so does a process that finds the default taken',
    unset: String(MANAGEMENT_PORT),
  },
  managementHost: 'the address of the management port',
  collector: {
    description: 'where traces go, by OTLP over HTTP, without `/v1/traces`',
    unset: 'no traces',
  },
  service: 'what the process is called in traces',
  platformUnset: 'a simulated platform in the embedded profile, else messages wait',
  platformSecret: 'signs those messages; two with a comma while they are exchanged',
  orderHold: "how long an order's stock and coupon are held for its payment; 1 to 86400",
  timeZone: 'whose calendar days sales are counted by',
  logLevel: '`fatal`, `error`, `warn`, `info`, `debug`, `trace` or `silent`',
};

/** Null: nothing is traced. */
export type TracingConfig = Omit<TracingSettings, 'onFault'> | null;

/** What is said of traces. */
export const tracingOf = ({
  OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
  OTEL_SERVICE_NAME: service,
  OTEL_TRACES_SAMPLER_ARG: ratio,
}: {
  readonly OTEL_EXPORTER_OTLP_ENDPOINT?: string | undefined;
  readonly OTEL_SERVICE_NAME: string;
  readonly OTEL_TRACES_SAMPLER_ARG: number;
}): TracingConfig => (endpoint === undefined ? null : { endpoint, service, ratio });

/** Where messages go: to whoever is configured, and then signed. Throws a {@link ConfigError}. */
export function platformOf({
  PLATFORM_URL: url,
  PLATFORM_SECRET: secrets,
}: {
  readonly PLATFORM_URL?: string | undefined;
  readonly PLATFORM_SECRET?: readonly string[] | undefined;
}): PlatformEndpoint | null {
  if (url === undefined) return null;
  if (secrets === undefined) {
    throw new ConfigError(['PLATFORM_SECRET: is required with PLATFORM_URL']);
  }
  return { url, secrets };
}

/** Where the process can be looked at; `host`: where nobody says otherwise. */
export const managementOf = (
  {
    MANAGEMENT_PORT: port,
    MANAGEMENT_HOST,
  }: {
    readonly MANAGEMENT_PORT?: number | undefined;
    readonly MANAGEMENT_HOST?: string | undefined;
  },
  host: string | undefined,
): ManagementAddress => ({
  port: port ?? MANAGEMENT_PORT,
  host: MANAGEMENT_HOST ?? host,
  isPortGiven: port !== undefined,
});
