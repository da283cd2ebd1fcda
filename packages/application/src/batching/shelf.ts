/** Aggregates of one kind during a batch: as loaded, as they are by now, and which of them must be saved. */
export class Shelf<Id, Aggregate> {
  private readonly current: Map<Id, Aggregate>;
  private readonly touched = new Set<Id>();

  constructor(
    private readonly loaded: ReadonlyMap<Id, Aggregate>,
    private readonly idOf: (aggregate: Aggregate) => Id,
  ) {
    this.current = new Map(loaded);
  }

  get(id: Id): Aggregate | undefined {
    return this.current.get(id);
  }

  put(aggregate: Aggregate): void {
    const id = this.idOf(aggregate);
    this.current.set(id, aggregate);
    this.touched.add(id);
  }

  /** Those that were not there when the batch began. */
  added(): readonly Aggregate[] {
    return this.select((id) => !this.loaded.has(id));
  }

  /** Those that were there and have changed. */
  changed(): readonly Aggregate[] {
    return this.select((id) => this.loaded.has(id));
  }

  private select(accept: (id: Id) => boolean): readonly Aggregate[] {
    const selected: Aggregate[] = [];
    for (const id of this.touched) {
      const aggregate = this.current.get(id);
      if (aggregate !== undefined && accept(id)) selected.push(aggregate);
    }
    return selected;
  }
}
