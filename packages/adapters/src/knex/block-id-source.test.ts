import { describe, expect, it } from '@jest/globals';
import { withTemporaryDatabase } from '../testing/temporary-database.js';
import { BlockIdSource } from './block-id-source.js';

describe('BlockIdSource', () => {
  it('begins orders at 1001, payments at 2001 and coupons at 3001, as the scenarios do', () =>
    withTemporaryDatabase('sqlite', async ({ database }) => {
      const ids = new BlockIdSource(database);
      expect(await ids.allocate('order', 2)).toEqual([1001, 1002]);
      expect(await ids.allocate('payment', 1)).toEqual([2001]);
      expect(await ids.allocate('coupon', 1)).toEqual([3001]);
    }));

  it('gives more ids than a block has, across the boundary of blocks', () =>
    withTemporaryDatabase('sqlite', async ({ database }) => {
      const ids = new BlockIdSource(database, 4);
      expect(await ids.allocate('order', 3)).toEqual([1001, 1002, 1003]);
      expect(await ids.allocate('order', 9)).toEqual([
        1004, 1005, 1006, 1007, 1008, 1009, 1010, 1011, 1012,
      ]);
      expect(await ids.allocate('order', 1)).toEqual([1013]);
    }));

  it('gives nobody an id that somebody else has, whatever the process and however often it restarts', () =>
    withTemporaryDatabase('sqlite', async ({ database, openAnother }) => {
      const other = openAnother();
      const given: number[] = [];
      for (let restart = 0; restart < 3; restart += 1) {
        const sources = [new BlockIdSource(database, 5), new BlockIdSource(other, 5)];
        const answers = await Promise.all(
          Array.from({ length: 40 }, (_, at) =>
            (sources[at % 2] as BlockIdSource).allocate('order', at % 4),
          ),
        );
        for (const answer of answers) given.push(...answer);
      }
      expect(given).toHaveLength(3 * 60);
      expect(new Set(given).size).toBe(given.length);
    }));

  it('keeps ids ascending while many ask at once', () =>
    withTemporaryDatabase('sqlite', async ({ database }) => {
      const ids = new BlockIdSource(database, 7);
      const answers = await Promise.all(
        Array.from({ length: 50 }, () => ids.allocate('walletEntry', 3)),
      );
      expect(answers.flat()).toEqual(Array.from({ length: 150 }, (_, at) => at + 1));
    }));

  it('fails for whoever asked when the database fails, and goes on afterwards', () =>
    withTemporaryDatabase('sqlite', async ({ database }) => {
      const ids = new BlockIdSource(database, 5);
      await database.write((session) => session.run('ALTER TABLE id_blocks RENAME TO away'));
      await expect(ids.allocate('order', 1)).rejects.toThrow('id_blocks');
      await database.write((session) => session.run('ALTER TABLE away RENAME TO id_blocks'));
      expect(await ids.allocate('order', 1)).toEqual([1001]);
    }));
});
