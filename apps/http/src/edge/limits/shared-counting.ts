import type { RateCounter, Untold } from './rate-counter.js';

/** Counts for all processes. */
export interface Tally {
  /** Adds to each count; resolves to what they are now. Rejects when it is away. */
  add(counts: ReadonlyMap<string, number>): Promise<ReadonlyMap<string, number>>;
}

/** How often processes tell each other, at most. A request waits for none of it. */
const TELL_EVERY_MS = 100;

/**
 * Lets the processes know of each other's requests. Whatever was let in is told a tenth of a second later, all keys at once;
 * while the tally is away each process counts alone.
 */
export class SharedCounting {
  private timer: NodeJS.Timeout | undefined;

  /** Counters by the names that their keys have before them. */
  constructor(
    private readonly counters: ReadonlyMap<string, RateCounter>,
    private readonly tally: Tally,
    private readonly everyMs: number = TELL_EVERY_MS,
  ) {}

  /** To be called when something was counted. */
  wake(counter: RateCounter): void {
    if (this.timer !== undefined || !counter.hasUntold) return;
    this.timer = setTimeout(() => {
      this.timer = undefined;
      // Away: everybody counts alone, and tells the rest of the next second.
      this.tell().catch(() => {});
    }, this.everyMs).unref();
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  private async tell(): Promise<void> {
    await Promise.all([...this.counters].map(([name, counter]) => this.tellOf(name, counter)));
  }

  private async tellOf(name: string, counter: RateCounter): Promise<void> {
    const untold = counter.tell();
    if (untold.length === 0) return;
    const keyOf = ({ second, key }: Untold): string => `${name}:${second}:${key}`;
    const totals = await this.tally.add(
      new Map(untold.map((each) => [keyOf(each), each.requests])),
    );
    for (const each of untold) {
      const total = totals.get(keyOf(each));
      if (total !== undefined) counter.hear(each.second, each.key, total);
    }
  }
}
