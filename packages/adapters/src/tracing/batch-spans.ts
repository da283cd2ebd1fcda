import type { BatchTracer } from '@jumun/application';
import { context, type Link, ROOT_CONTEXT, type Span, trace } from '@opentelemetry/api';
import { activeSpan, endWith, tracer } from './in-span.js';

/**
 * The spans of batches. A batch is a part of the first request in it that is traced, and is linked with all others, from
 * both sides: from any request one finds the transaction that it shared.
 */
export const batchSpans: BatchTracer = {
  follow: activeSpan,
  run: (name, followed, size, work) => {
    const [first, ...others] = followed as readonly Span[];
    // Whoever began the desk's work is long answered: what this batch does must not be told as theirs.
    if (first === undefined) return context.with(ROOT_CONTEXT, work);
    const within = trace.setSpan(ROOT_CONTEXT, first);
    const span = tracer().startSpan(
      `batch ${name}`,
      { links: others.map(linkTo), attributes: { 'jumun.desk': name, 'jumun.batch.size': size } },
      within,
    );
    for (const other of others) other.addLink(linkTo(span));
    return endWith(span, context.with(trace.setSpan(ROOT_CONTEXT, span), work));
  },
};

const linkTo = (span: Span): Link => ({ context: span.spanContext() });
