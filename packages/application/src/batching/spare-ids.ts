import type { IdKind, IdSource } from '../ports/id-source.js';

/** Ids set aside for a batch before its transaction began, ascending. */
export type IdSupply = ReadonlyMap<IdKind, readonly number[]>;

/**
 * Sets ids aside for the batches of one desk. A batch takes as many as its commands may use up; what refused commands did
 * not need is kept for the next batch, so that a rush of refusals costs no ids, and asks the database for none.
 */
export class SpareIds {
  private readonly spare = new Map<IdKind, readonly number[]>();

  constructor(private readonly source: IdSource) {}

  /** What is spare comes first. Ids that are never given back leave gaps. */
  async setAside(demand: ReadonlyMap<IdKind, number>): Promise<IdSupply> {
    const supply = new Map<IdKind, readonly number[]>();
    for (const [kind, count] of demand) supply.set(kind, await this.take(kind, count));
    return supply;
  }

  /**
   * Takes ids back that are in no row, and in no answer to anybody: those of a batch that was committed without them. Of one
   * whose end is not known nothing comes back.
   */
  giveBack(unused: IdSupply): void {
    for (const [kind, ids] of unused) {
      if (ids.length > 0) this.spare.set(kind, [...ids, ...(this.spare.get(kind) ?? [])]);
    }
  }

  private async take(kind: IdKind, count: number): Promise<readonly number[]> {
    const spare = this.spare.get(kind) ?? [];
    this.spare.set(kind, spare.slice(count));
    const missing = count - spare.length;
    if (missing <= 0) return spare.slice(0, count);
    const fresh = await this.source.allocate(kind, missing);
    return spare.length === 0 ? fresh : [...spare, ...fresh];
  }
}
