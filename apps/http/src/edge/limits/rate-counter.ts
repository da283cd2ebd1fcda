/** The counts of one key in one second. */
interface Count {
  /** Requests that were let in by this process. */
  here: number;
  /** Of these, how many the other processes were told of. */
  told: number;
  /** Requests that were let in by others, as far as is known. */
  elsewhere: number;
}

/** What others are to be told: in which second, by the clock, a key had how many requests that they do not know of yet. */
export interface Untold {
  readonly second: number;
  readonly key: string;
  readonly requests: number;
}

const SECOND_MS = 1_000;

/**
 * Counts requests by key, and lets in so many in any second: those of the second that runs, by the clock, and of the one
 * before the part that is less than a second ago, taken as evenly spread. What is refused does not count. It has no timers,
 * and forgets everything that is older than two seconds, so there are never more keys than requests in that time.
 */
export class RateCounter {
  private second = 0;
  private current = new Map<string, Count>();
  private previous: ReadonlyMap<string, Count> = new Map();
  /** Keys with requests that others should know of: in the second that runs, and in the one before. */
  private untold = new Set<string>();
  private untoldBefore: ReadonlySet<string> = new Set();

  /** Others are told of keys from so many requests in a second on: most customers never come to that. */
  private readonly worthTelling: number;

  constructor(
    /** Requests a second. */
    readonly limit: number,
    /** Milliseconds since 1970. */
    private readonly now: () => number,
    /** The part of the limit that a process lets in before it tells others. */
    quietPart = 0.05,
  ) {
    this.worthTelling = Math.max(1, Math.floor(limit * quietPart));
  }

  /** Lets one request in, and returns how many more would be now; -1 when it is refused. */
  take(key: string): number {
    const now = this.now();
    this.turnTo(Math.floor(now / SECOND_MS));
    const count = this.current.get(key) ?? this.begin(key);
    const before = this.previous.get(key);
    let used = count.here + count.elsewhere;
    if (before !== undefined) {
      const stillCounts = 1 - (now % SECOND_MS) / SECOND_MS;
      used += (before.here + before.elsewhere) * stillCounts;
    }
    if (used + 1 > this.limit) return -1;
    count.here += 1;
    if (count.here >= this.worthTelling) this.untold.add(key);
    return Math.floor(this.limit - used - 1);
  }

  get hasUntold(): boolean {
    return this.untold.size + this.untoldBefore.size > 0;
  }

  /** What others should know, once. What is known of all together is told to {@link hear}. */
  tell(): readonly Untold[] {
    // Whoever is still busy asks once more for the second before: others may have told of it late.
    const before = [...this.untoldBefore, ...this.untold].filter((key) => this.previous.has(key));
    const told = [
      ...tellOf(this.second - 1, new Set(before), this.previous),
      ...tellOf(this.second, this.untold, this.current),
    ];
    this.untoldBefore = new Set();
    this.untold = new Set();
    return told;
  }

  /** How many requests of a key all processes together have told of, this one too. */
  hear(second: number, key: string, total: number): void {
    const counts = second === this.second ? this.current : this.previous;
    const isKnown = second === this.second || second === this.second - 1;
    const count = isKnown ? counts.get(key) : undefined;
    if (count !== undefined) count.elsewhere = Math.max(count.elsewhere, total - count.told);
  }

  private begin(key: string): Count {
    const count = { here: 0, told: 0, elsewhere: 0 };
    this.current.set(key, count);
    return count;
  }

  private turnTo(second: number): void {
    if (second === this.second) return;
    this.previous = second === this.second + 1 ? this.current : new Map();
    this.untoldBefore = second === this.second + 1 ? this.untold : new Set();
    this.current = new Map();
    this.untold = new Set();
    this.second = second;
  }
}

function tellOf(
  second: number,
  keys: ReadonlySet<string>,
  counts: ReadonlyMap<string, Count>,
): readonly Untold[] {
  const told: Untold[] = [];
  for (const key of keys) {
    const count = counts.get(key);
    if (count === undefined) continue;
    told.push({ second, key, requests: count.here - count.told });
    count.told = count.here;
  }
  return told;
}
