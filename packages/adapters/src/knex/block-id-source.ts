import type { IdKind, IdSource } from '@jumun/application';
import { invariant } from '@jumun/domain';
import type { Database } from './database.js';
import { inTransaction } from './in-transaction.js';

/** How many ids are taken from the database at first. */
const BLOCK = 1_000;
/** Each further block is twice as large, up to so many times: a busy process need not come back all the time. */
const MOST_BLOCKS = 16;

interface Block {
  next: number;
  end: number;
}

/**
 * Takes ids from the database in blocks, and gives them out from memory. Each process has blocks of its own, so ids are
 * unique everywhere, and roughly, not strictly, in the order of time. A restart leaves the rest of a block unused.
 */
export class BlockIdSource implements IdSource {
  private readonly blocks = new Map<IdKind, Block>();
  private readonly sizes = new Map<IdKind, number>();
  private readonly turns = new Map<IdKind, Promise<unknown>>();

  constructor(
    private readonly database: Database,
    private readonly blockSize = BLOCK,
  ) {}

  /** Requests for one kind take turns, so that a block is fetched once and ids stay ascending. */
  allocate(kind: IdKind, count: number): Promise<readonly number[]> {
    const block = this.blocks.get(kind);
    if (block !== undefined && !this.turns.has(kind) && block.end - block.next >= count) {
      return Promise.resolve(take(block, count));
    }
    const before = this.turns.get(kind) ?? Promise.resolve();
    const turn = before.then(
      () => this.takeTurn(kind, count),
      () => this.takeTurn(kind, count),
    );
    this.turns.set(kind, turn);
    const leave = (): void => {
      if (this.turns.get(kind) === turn) this.turns.delete(kind);
    };
    turn.then(leave, leave);
    return turn;
  }

  private async takeTurn(kind: IdKind, count: number): Promise<readonly number[]> {
    const block = this.blocks.get(kind) ?? { next: 0, end: 0 };
    const ids = take(block, Math.min(count, block.end - block.next));
    const missing = count - ids.length;
    if (missing === 0) return ids;
    const size = this.sizes.get(kind) ?? this.blockSize;
    const fresh = await this.fetch(kind, Math.max(missing, size));
    this.sizes.set(kind, Math.min(size * 2, this.blockSize * MOST_BLOCKS));
    this.blocks.set(kind, fresh);
    return [...ids, ...take(fresh, missing)];
  }

  private fetch(kind: IdKind, size: number): Promise<Block> {
    const { database } = this;
    return database.write((session) =>
      inTransaction(session, database.dialect, async () => {
        const moved = await session.run(
          'UPDATE id_blocks SET next_id = next_id + ? WHERE kind = ?',
          [size, kind],
        );
        const [row] = await session.all<{ next_id: number }>(
          'SELECT next_id FROM id_blocks WHERE kind = ?',
          [kind],
        );
        invariant(moved === 1 && row !== undefined, `ids of kind ${kind} are counted`);
        return { next: row.next_id - size, end: row.next_id };
      }),
    );
  }
}

function take(block: Block, count: number): readonly number[] {
  const ids = Array.from({ length: count }, (_, at) => block.next + at);
  block.next += count;
  return ids;
}
