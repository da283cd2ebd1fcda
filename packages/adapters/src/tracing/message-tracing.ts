import {
  type Attributes,
  propagation,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import { tracer } from './in-span.js';
import { isToBeTold } from './sampling.js';

const FIRST_ERROR = 400;

/** A message that is traced on its way to another system: a trace of its own, for whoever caused it was answered long ago. */
export class MessageTrace {
  private constructor(
    private readonly span: Span,
    /** Tell the receiver which trace it belongs to, as W3C Trace Context says. */
    readonly headers: Readonly<Record<string, string>>,
  ) {}

  /** Undefined where this one is not told. `attributes` never hold what a customer has sent, nor any secret. */
  static begin(name: string, attributes: Attributes): MessageTrace | undefined {
    if (!isToBeTold()) return undefined;
    const span = tracer().startSpan(name, { kind: SpanKind.PRODUCER, attributes }, ROOT_CONTEXT);
    const headers: Record<string, string> = {};
    propagation.inject(trace.setSpan(ROOT_CONTEXT, span), headers);
    return new MessageTrace(span, headers);
  }

  /** It was answered. */
  answered(status: number): void {
    const { span } = this;
    span.setAttribute('http.response.status_code', status);
    if (status >= FIRST_ERROR) span.setStatus({ code: SpanStatusCode.ERROR });
    span.end();
  }

  /** Nobody has answered. `reason`: in a few words, without addresses, secrets or content. */
  unanswered(reason: string): void {
    this.span.setAttribute('error.type', reason);
    this.span.setStatus({ code: SpanStatusCode.ERROR });
    this.span.end();
  }
}
