import { activeSpan } from '../tracing/in-span.js';
import { toldFault } from './told-fault.js';

/**
 * How every process writes its log, as options of pino: which app it is, faults without what they quote, and the trace that
 * a line belongs to where there is one.
 */
export const logSettings = (app: string, level: string) => ({
  level,
  base: { app },
  serializers: { err: (fault: unknown) => toldFault(fault) },
  mixin: traceFields,
});

function traceFields(): Record<string, string> {
  const span = activeSpan()?.spanContext();
  return span === undefined ? {} : { traceId: span.traceId };
}
