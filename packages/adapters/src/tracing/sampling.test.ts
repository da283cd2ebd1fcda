import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { propagation, trace } from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import {
  InMemorySpanExporter,
  SimpleSpanProcessor,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import { MessageTrace } from './message-tracing.js';
import { RequestTrace } from './request-tracing.js';
import { isToBeTold, tellShare } from './sampling.js';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const traceparent = (flags: string): string => `00-${TRACE}-00f067aa0ba902b7-${flags}`;

describe('Which traces are told', () => {
  const exporter = new InMemorySpanExporter();

  beforeEach(() => {
    exporter.reset();
    trace.setGlobalTracerProvider(
      new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] }),
    );
    propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  });
  afterEach(() => {
    tellShare(0);
    trace.disable();
    propagation.disable();
  });

  it('is what the caller says, whatever the share', () => {
    for (const share of [0, 1]) {
      tellShare(share);
      expect(isToBeTold(traceparent('01'))).toBe(true);
      expect(isToBeTold(traceparent('03'))).toBe(true);
      expect(isToBeTold(traceparent('00'))).toBe(false);
      expect(isToBeTold(traceparent('02'))).toBe(false);
    }
  });

  it('is what the share says where nobody else does', () => {
    for (const said of [undefined, '', 'nonsense', [traceparent('01'), traceparent('01')]]) {
      tellShare(0);
      expect(isToBeTold(said)).toBe(false);
      tellShare(1);
      expect(isToBeTold(said)).toBe(true);
    }
    tellShare(0.5);
    const told = Array.from({ length: 2_000 }, () => isToBeTold()).filter(Boolean).length;
    expect(told).toBeGreaterThan(700);
    expect(told).toBeLessThan(1_300);
  });

  it('makes nothing for a request that is not told', () => {
    expect(RequestTrace.begin('GET', {}, 'r-1')).toBeUndefined();
    tellShare(1);
    expect(RequestTrace.begin('GET', { traceparent: traceparent('00') }, 'r-2')).toBeUndefined();
    const told = RequestTrace.begin('GET', { traceparent: traceparent('01') }, 'r-3');
    expect(told?.id).toBe(TRACE);
  });

  it('gives a message a trace of its own, and tells the receiver which', () => {
    expect(MessageTrace.begin('send message', {})).toBeUndefined();
    tellShare(1);
    const sent = MessageTrace.begin('send message', { 'messaging.message.id': 'order-1-1' });
    sent?.answered(204);
    const [span] = exporter.getFinishedSpans();
    expect(span).toMatchObject({
      name: 'send message',
      attributes: { 'messaging.message.id': 'order-1-1', 'http.response.status_code': 204 },
      status: { code: 0 },
    });
    const { traceId, spanId } = span?.spanContext() ?? {};
    expect(sent?.headers).toEqual({ traceparent: `00-${traceId}-${spanId}-01` });
  });

  it('marks a message that was refused, and one that nobody answered', () => {
    tellShare(1);
    MessageTrace.begin('send message', {})?.answered(500);
    MessageTrace.begin('send message', {})?.unanswered('connection refused');
    expect(
      exporter.getFinishedSpans().map(({ status, attributes }) => [status.code, attributes]),
    ).toEqual([
      [2, { 'http.response.status_code': 500 }],
      [2, { 'error.type': 'connection refused' }],
    ]);
  });
});
