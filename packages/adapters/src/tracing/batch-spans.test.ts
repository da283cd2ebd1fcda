import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { UnitOfWork } from '@jumun/application';
import { shopInMemory } from '@jumun/application/testing';
import { userId } from '@jumun/domain';
import { context, type Span, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import {
  InMemorySpanExporter,
  SimpleSpanProcessor,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import { endOfTurn } from '../local/end-of-turn.js';
import { batchSpans } from './batch-spans.js';
import { activeSpan, inSpan, tracer } from './in-span.js';

const exporter = new InMemorySpanExporter();

/** The desk of orders of a shop that is traced; it says which span each of its batches belonged to. */
function aDesk(held: Promise<void> = Promise.resolve()) {
  const spans: (Span | undefined)[] = [];
  const inner = shopInMemory().ports.unitOfWork;
  const unitOfWork: UnitOfWork = {
    async run(work) {
      spans.push(activeSpan());
      await held;
      return inSpan(
        'sql',
        () => ({}),
        () => inner.run(work),
      );
    },
  };
  const { shop } = shopInMemory({ ports: { unitOfWork }, desk: { endOfTurn, tracer: batchSpans } });
  const ask = () => shop.chargeWallet({ userId: userId(1), amount: 1_000 });
  return { ask, spans };
}

/** A request of that name, which asks the desk for something. */
async function request(name: string, ask: () => Promise<unknown>): Promise<void> {
  const span = tracer().startSpan(name);
  await context.with(trace.setSpan(context.active(), span), ask);
  span.end();
}

const spansCalled = (name: string) =>
  exporter.getFinishedSpans().filter((span) => span.name === name);

describe('The spans of batches', () => {
  beforeAll(() => {
    trace.setGlobalTracerProvider(
      new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] }),
    );
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  });
  afterEach(() => exporter.reset());
  afterAll(() => {
    trace.disable();
    context.disable();
  });

  it('are parts of the first request, and linked with the others from both sides', async () => {
    const { ask } = aDesk();
    await Promise.all(['first', 'second', 'third'].map((name) => request(name, ask)));
    const [batch, ...more] = spansCalled('batch orders');
    const [first, second, third] = ['first', 'second', 'third'].map((name) => spansCalled(name)[0]);
    expect(more).toEqual([]);
    expect(batch?.attributes).toEqual({ 'jumun.desk': 'orders', 'jumun.batch.size': 3 });
    expect(batch?.parentSpanContext?.spanId).toBe(first?.spanContext().spanId);
    expect(batch?.links.map((link) => link.context.spanId)).toEqual([
      second?.spanContext().spanId,
      third?.spanContext().spanId,
    ]);
    for (const other of [second, third]) {
      expect(other?.links.map((link) => link.context.spanId)).toEqual([
        batch?.spanContext().spanId,
      ]);
    }
    expect(spansCalled('sql')[0]?.parentSpanContext?.spanId).toBe(batch?.spanContext().spanId);
  });

  it('are not told as those of whoever began the work of the desk', async () => {
    const gate = Promise.withResolvers<void>();
    const { ask, spans } = aDesk(gate.promise);
    // The desk's loop is begun by a traced request, and goes on for one that is not.
    const span = tracer().startSpan('traced');
    const traced = context.with(trace.setSpan(context.active(), span), ask);
    while (spans.length === 0) await endOfTurn();
    const untraced = ask();
    gate.resolve();
    await Promise.all([traced, untraced]);
    span.end();
    expect(spans.map((each) => each === undefined)).toEqual([false, true]);
    expect(spansCalled('sql')).toHaveLength(1);
  });

  it('tell a fault by its code, and not by its words', async () => {
    const failing = inSpan(
      'outer',
      () => ({}),
      () => Promise.resolve(),
    );
    await failing;
    expect(spansCalled('outer')).toEqual([]);
    const span = tracer().startSpan('request');
    const fault = Object.assign(new Error('secret words'), { code: 'ER_X' });
    await context.with(trace.setSpan(context.active(), span), async () => {
      await expect(
        inSpan(
          'sql',
          () => ({}),
          () => Promise.reject(fault),
        ),
      ).rejects.toBe(fault);
    });
    const [told] = spansCalled('sql');
    expect(told?.attributes).toEqual({ 'error.type': 'ER_X' });
    expect([told?.events, told?.status]).toEqual([[], { code: 2 }]);
  });
});
