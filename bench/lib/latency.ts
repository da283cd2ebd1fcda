import { createHistogram, type RecordableHistogram } from 'node:perf_hooks';

/** How long something took, in milliseconds. */
export interface Latency {
  readonly count: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

const MICROSECONDS = 1_000;

/** Gathers durations, to a precision of three digits. */
export class LatencyMeter {
  private readonly histogram: RecordableHistogram = createHistogram({ figures: 3 });

  record(milliseconds: number): void {
    this.histogram.record(Math.max(1, Math.round(milliseconds * MICROSECONDS)));
  }

  get latency(): Latency {
    const { histogram } = this;
    const at = (percentile: number): number =>
      histogram.count === 0 ? 0 : histogram.percentile(percentile) / MICROSECONDS;
    return {
      count: histogram.count,
      p50: at(50),
      p95: at(95),
      p99: at(99),
      max: histogram.count === 0 ? 0 : histogram.max / MICROSECONDS,
    };
  }
}

/** The middle of an odd number of values; of an even number, the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  const upper = sorted[half] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? Number.NaN) + upper) / 2;
}
