import type { IncomingHttpHeaders } from 'node:http';
import {
  type Context,
  context,
  propagation,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import { tracer } from './in-span.js';
import { isToBeTold } from './sampling.js';

/** How a request ended. */
export interface RequestEnd {
  /** The pattern of its path, where it was for a route. */
  readonly route: string | undefined;
  readonly status: number;
  /** Whether the client was gone before its answer was sent. */
  readonly isAborted: boolean;
}

const FIRST_FAULT = 500;

/** A request that is being traced: its own span, below that of whoever sent it. */
export class RequestTrace {
  private constructor(
    private readonly method: string,
    private readonly span: Span,
    private readonly within: Context,
  ) {}

  /**
   * `headers` may name the caller's span, as W3C Trace Context says: `traceparent`, `tracestate`. Undefined where this one is
   * not told.
   */
  static begin(
    method: string,
    headers: IncomingHttpHeaders,
    requestId: string,
  ): RequestTrace | undefined {
    if (!isToBeTold(headers['traceparent'])) return undefined;
    const parent = propagation.extract(ROOT_CONTEXT, headers);
    const attributes = { 'http.request.method': method, 'jumun.request_id': requestId };
    const span = tracer().startSpan(method, { kind: SpanKind.SERVER, attributes }, parent);
    return new RequestTrace(method, span, trace.setSpan(parent, span));
  }

  /** 32 hexadecimal digits: the caller's, where it named one. */
  get id(): string {
    return this.span.spanContext().traceId;
  }

  /** Whatever `work` begins belongs to this request. */
  run(work: () => void): void {
    context.with(this.within, work);
  }

  end({ route, status, isAborted }: RequestEnd): void {
    const { span } = this;
    if (route !== undefined) {
      span.updateName(`${this.method} ${route}`);
      span.setAttribute('http.route', route);
    }
    if (isAborted) span.setAttribute('error.type', 'aborted');
    else span.setAttribute('http.response.status_code', status);
    if (isAborted || status >= FIRST_FAULT) span.setStatus({ code: SpanStatusCode.ERROR });
    span.end();
  }
}
