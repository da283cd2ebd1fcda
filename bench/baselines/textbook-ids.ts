import type { Knex } from 'knex';

interface BlockRow {
  readonly kind: string;
  readonly next_id: number;
}

const BLOCK = 1_000;

/** Ids of one kind from the database's own counters, a thousand at a time: no baseline waits for its ids. */
export class TextbookIds {
  private readonly knex: Knex;
  private readonly kind: string;
  private block: Promise<readonly number[]> = Promise.resolve([]);
  private taken = 0;

  constructor(knex: Knex, kind: string) {
    this.knex = knex;
    this.kind = kind;
  }

  async next(): Promise<number> {
    for (;;) {
      const block = this.block;
      const id = (await block)[this.taken];
      if (block !== this.block) continue;
      if (id !== undefined) {
        this.taken += 1;
        return id;
      }
      this.taken = 0;
      this.block = this.fetch();
    }
  }

  private fetch(): Promise<readonly number[]> {
    const { kind } = this;
    return this.knex.transaction(async (trx) => {
      await trx<BlockRow>('id_blocks').where({ kind }).increment('next_id', BLOCK);
      const row = await trx<BlockRow>('id_blocks').where({ kind }).first();
      if (row === undefined) throw new Error(`ids of kind ${kind} are not counted`);
      return Array.from({ length: BLOCK }, (_, at) => row.next_id - BLOCK + at);
    });
  }
}
