import type { Latency } from './latency.ts';

/** A figure that the product must reach. */
export interface Requirement {
  readonly name: string;
  readonly required: number;
  /** What we would like it to be; no more than `required` where it is left out. */
  readonly aim?: number;
  /** Whether a smaller figure is the better one. */
  readonly atMost?: boolean;
}

/** One line of the table. */
export interface Row {
  readonly variant: string;
  /** What was asked of it: connections, products, rates. */
  readonly shape: string;
  /** Of whatever the bench counts, a second. */
  readonly perSecond?: number;
  readonly latency?: Latency;
  /** To the baseline of the same shape. */
  readonly ratio?: number;
  readonly note?: string;
}
