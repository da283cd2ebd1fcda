import { context, diag, DiagLogLevel, propagation, trace } from '@opentelemetry/api';
import { tellShare } from './sampling.js';

export interface TracingSettings {
  /** Where spans go, by OTLP over HTTP: the base, without `/v1/traces`. */
  readonly endpoint: string;
  /** What the process is called there. */
  readonly service: string;
  /** The share of traces that are told, from 0 to 1, where the caller has not decided it. */
  readonly ratio: number;
  /** Hears when spans cannot be delivered. They are lost then, and nothing else is. */
  readonly onFault: (message: string) => void;
}

export interface RunningTracing {
  /** Resolves when what is to be told was sent, or could not be. */
  stop(): Promise<void>;
}

/** Spans wait so long to be sent together, and no more of them wait than this. */
const SENT_EVERY_MS = 1_000;
const MOST_WAITING = 8_192;
const MOST_AT_ONCE = 1_024;
const SENT_WITHIN_MS = 3_000;

/**
 * Traces what this process does from now on. The libraries are loaded here and nowhere else: a process that is not traced
 * does not have them in memory. There can be one tracing at a time.
 */
export async function startTracing(settings: TracingSettings): Promise<RunningTracing> {
  const { endpoint, service, ratio, onFault } = settings;
  const [
    sdk,
    { OTLPTraceExporter },
    { resourceFromAttributes },
    hooks,
    { W3CTraceContextPropagator },
  ] = await Promise.all([
    import('@opentelemetry/sdk-trace'),
    import('@opentelemetry/exporter-trace-otlp-http'),
    import('@opentelemetry/resources'),
    import('@opentelemetry/context-async-hooks'),
    import('@opentelemetry/core'),
  ]);
  const tell = (message: string): void => onFault(message);
  const silent = (): void => {};
  diag.setLogger(
    { error: tell, warn: tell, info: silent, debug: silent, verbose: silent },
    DiagLogLevel.WARN,
  );
  const provider = new sdk.TracerProvider({
    resource: resourceFromAttributes({ 'service.name': service }),
    // Who begins a trace asks before: see sampling.ts.
    sampler: new sdk.ParentBasedSampler({ root: new sdk.AlwaysOnSampler() }),
    spanProcessors: [
      new sdk.BatchSpanProcessor({
        exporter: new OTLPTraceExporter({
          url: `${endpoint.replace(/\/+$/, '')}/v1/traces`,
          timeoutMillis: SENT_WITHIN_MS,
        }),
        scheduledDelayMillis: SENT_EVERY_MS,
        maxQueueSize: MOST_WAITING,
        maxExportBatchSize: MOST_AT_ONCE,
        exportTimeoutMillis: SENT_WITHIN_MS,
      }),
    ],
  });
  trace.setGlobalTracerProvider(provider);
  context.setGlobalContextManager(new hooks.AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  tellShare(ratio);
  return {
    async stop() {
      tellShare(0);
      await provider.shutdown().catch((fault: unknown) => onFault(String(fault)));
      trace.disable();
      context.disable();
      propagation.disable();
      diag.disable();
    },
  };
}
