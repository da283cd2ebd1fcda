/**
 * Where there are more items than can be taken at a time, owners take turns: nobody's second item is taken before
 * everybody's first, so a newcomer stands behind one item of each, not behind all. What is taken together is in the order
 * of arrival, as is everything while everybody has one item at most. The items of one owner never overtake each other.
 */
export class FairQueue<Item> {
  /** Items by the round in which their owners have their turn. */
  private readonly rounds = new Map<number, Entry<Item>[]>();
  private readonly owners = new Map<unknown, Owned>();
  private round = 0;
  private arrivals = 0;
  private size = 0;

  get length(): number {
    return this.size;
  }

  /** How many items of one owner wait. */
  lengthOf(owner: unknown): number {
    return this.owners.get(owner)?.waiting ?? 0;
  }

  /** `owner`: whose item it is, or null for nobody's. */
  push(item: Item, owner: unknown): void {
    const round = owner === null ? this.round : this.nextRoundOf(owner);
    const entry = { item, owner, arrival: this.arrivals };
    const entries = this.rounds.get(round);
    if (entries === undefined) this.rounds.set(round, [entry]);
    else entries.push(entry);
    this.arrivals += 1;
    this.size += 1;
  }

  /** Takes out the next items, at most so many. */
  take(most: number): readonly Item[] {
    const taken: Entry<Item>[] = [];
    while (taken.length < most && this.size > 0) {
      const entries = this.rounds.get(this.round) ?? [];
      const next = entries.splice(0, most - taken.length);
      for (const { owner } of next) if (owner !== null) this.leave(owner);
      taken.push(...next);
      this.size -= next.length;
      if (entries.length === 0) {
        this.rounds.delete(this.round);
        this.round += 1;
      }
    }
    return taken.toSorted((a, b) => a.arrival - b.arrival).map(({ item }) => item);
  }

  private nextRoundOf(owner: unknown): number {
    const owned = this.owners.get(owner);
    if (owned === undefined) {
      this.owners.set(owner, { lastRound: this.round, waiting: 1 });
      return this.round;
    }
    owned.waiting += 1;
    owned.lastRound = Math.max(this.round, owned.lastRound + 1);
    return owned.lastRound;
  }

  private leave(owner: unknown): void {
    const owned = this.owners.get(owner);
    if (owned === undefined) return;
    owned.waiting -= 1;
    if (owned.waiting === 0) this.owners.delete(owner);
  }
}

interface Entry<Item> {
  readonly item: Item;
  readonly owner: unknown;
  readonly arrival: number;
}

interface Owned {
  lastRound: number;
  waiting: number;
}
