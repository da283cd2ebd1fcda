import type { IdKind, IdSource } from '../../ports/id-source.js';

/** Ids that count up, from 1 or from where each kind is told to begin. */
export class InMemoryIdSource implements IdSource {
  private readonly next: Map<IdKind, number>;

  constructor(firstIds: Readonly<Partial<Record<IdKind, number>>> = {}) {
    this.next = new Map(Object.entries(firstIds) as [IdKind, number][]);
  }

  async allocate(kind: IdKind, count: number): Promise<readonly number[]> {
    const first = this.next.get(kind) ?? 1;
    this.next.set(kind, first + count);
    return Array.from({ length: count }, (_, at) => first + at);
  }
}
