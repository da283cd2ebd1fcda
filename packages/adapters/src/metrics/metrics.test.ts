import { describe, expect, it } from '@jest/globals';
import { Distribution } from '@jumun/application';
import { counter, each, gauge, histogram, seconds } from './family.js';
import { Metrics } from './metrics.js';

const linesFor = (text: string, name: string): readonly string[] =>
  text.split('\n').filter((line) => line.includes(name));

describe('Metrics', () => {
  it('are read when somebody asks, with their help and type', async () => {
    const metrics = new Metrics();
    let sold = 1;
    metrics.add(
      [counter('shop_sold_total', 'What was sold', (count: number) => count)],
      () => sold,
    );
    sold = 2;
    expect(linesFor(await metrics.text(), 'shop_sold_total')).toEqual([
      '# HELP shop_sold_total What was sold',
      '# TYPE shop_sold_total counter',
      'shop_sold_total 2',
    ]);
    expect(metrics.contentType).toBe('text/plain; version=0.0.4; charset=utf-8');
  });

  it('tell the parts of a whole apart by a label, whatever is in it', async () => {
    const metrics = new Metrics();
    const waiting = gauge('shop_waiting', 'Who waits', (desks: Record<string, number>) =>
      each('desk', desks, (count) => count),
    );
    metrics.add([waiting], () => Promise.resolve({ orders: 3, 'a "b"\\': 0 }));
    expect(linesFor(await metrics.text(), 'shop_waiting{')).toEqual([
      'shop_waiting{desk="orders"} 3',
      'shop_waiting{desk="a \\"b\\"\\\\"} 0',
    ]);
  });

  it('add up the buckets of a distribution, and tell milliseconds in seconds', async () => {
    const metrics = new Metrics();
    const took = new Distribution([1, 10]);
    for (const ms of [0.5, 5, 5, 500]) took.add(ms);
    metrics.add(
      [seconds('shop_took_seconds', 'How long', (count: Distribution) => count.toSnapshot())],
      () => took,
    );
    expect(linesFor(await metrics.text(), 'shop_took_seconds').slice(2)).toEqual([
      'shop_took_seconds_bucket{le="0.001"} 1',
      'shop_took_seconds_bucket{le="0.01"} 3',
      'shop_took_seconds_bucket{le="+Inf"} 4',
      'shop_took_seconds_sum 0.5105',
      'shop_took_seconds_count 4',
    ]);
  });

  it('do not take a name twice', () => {
    const metrics = new Metrics();
    const family = histogram('shop_sizes', 'Sizes', (count: Distribution) => count.toSnapshot());
    const counts = () => new Distribution([]);
    metrics.add([family], counts);
    expect(() => metrics.add([{ ...family }], counts)).toThrow('already');
  });

  it('have what the process costs', async () => {
    const text = await new Metrics().text();
    for (const name of ['process_resident_memory_bytes', 'nodejs_eventloop_lag_p99_seconds']) {
      expect([name, linesFor(text, name).length]).toEqual([name, 3]);
    }
  });
});
