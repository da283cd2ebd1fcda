import {
  type Attributes,
  context,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
  type Tracer,
} from '@opentelemetry/api';

/** Whatever the shop tells of itself, it tells under this name. Who traces now is asked each time: it may have changed. */
export const tracer = (): Tracer => trace.getTracer('jumun');

/** The span that the running code belongs to, if it is one that will be told. */
export function activeSpan(): Span | undefined {
  const span = trace.getSpan(context.active());
  return span?.isRecording() === true ? span : undefined;
}

/**
 * Runs `work` as a part of what is being traced now: a call of another system. Where nothing is traced, it only runs it.
 * `attributes` never hold what a customer has sent, nor any secret.
 */
export function inSpan<T>(
  name: string,
  attributes: () => Attributes,
  work: () => Promise<T>,
): Promise<T> {
  if (activeSpan() === undefined) return work();
  const span = tracer().startSpan(name, { kind: SpanKind.CLIENT, attributes: attributes() });
  return endWith(span, context.with(trace.setSpan(context.active(), span), work));
}

/** Ends the span with the work; a fault marks it, by its name and never by its words, which may quote a customer. */
export async function endWith<T>(span: Span, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (fault) {
    span.setStatus({ code: SpanStatusCode.ERROR });
    span.setAttribute('error.type', nameOf(fault));
    throw fault;
  } finally {
    span.end();
  }
}

function nameOf(fault: unknown): string {
  if (!(fault instanceof Error)) return 'unknown';
  const { code } = fault as NodeJS.ErrnoException;
  return typeof code === 'string' ? code : fault.name;
}
