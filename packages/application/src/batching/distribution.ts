/** How often a figure came out how high. */
export interface DistributionSnapshot {
  /** The highest figure of each bucket, ascending; what is above the last one is in none of them. */
  readonly bounds: readonly number[];
  /** How many figures fell into each bucket. */
  readonly counts: readonly number[];
  readonly count: number;
  readonly sum: number;
  readonly max: number;
}

/** Counts figures by buckets of fixed bounds, which costs the same however many there are. */
export class Distribution {
  private readonly counts: number[];
  private count = 0;
  private sum = 0;
  private max = 0;

  /** `bounds`: the highest figure of each bucket, ascending. */
  constructor(private readonly bounds: readonly number[]) {
    this.counts = bounds.map(() => 0);
  }

  add(figure: number): void {
    this.count += 1;
    this.sum += figure;
    if (figure > this.max) this.max = figure;
    const bucket = this.bounds.findIndex((bound) => figure <= bound);
    if (bucket !== -1) this.counts[bucket] = (this.counts[bucket] ?? 0) + 1;
  }

  toSnapshot(): DistributionSnapshot {
    const { bounds, count, sum, max } = this;
    return { bounds, counts: [...this.counts], count, sum, max };
  }
}

/** Bounds for what is counted in pieces. */
export const SIZES = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1_024] as const;

/** Bounds for times, in milliseconds. */
export const TIMES_MS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000] as const;
