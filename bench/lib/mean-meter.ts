import type { MeanLatency } from './crowd-tasks.ts';
import { LatencyMeter } from './latency.ts';

/** Gathers durations in milliseconds, and knows their mean as well. */
export class MeanMeter {
  private readonly meter = new LatencyMeter();
  private total = 0;

  record(milliseconds: number): void {
    this.meter.record(milliseconds);
    this.total += milliseconds;
  }

  get latency(): MeanLatency {
    const { latency } = this.meter;
    return { ...latency, mean: latency.count === 0 ? 0 : this.total / latency.count };
  }
}
