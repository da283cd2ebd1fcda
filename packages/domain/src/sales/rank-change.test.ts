import { fc, test } from '@fast-check/jest';
import { describe, expect, it } from '@jest/globals';
import { rankChangeOf } from './rank-change.js';

const anyRank = () => fc.integer({ min: 1, max: 1_000 });

describe('The change of a rank', () => {
  it.each([
    [1, 2, 'UP', 1],
    [2, 1, 'DOWN', -1],
    [1, 3, 'UP', 2],
    [7, 7, 'SAME', 0],
    [50, 3, 'DOWN', -47],
  ])('from place %d, which was %d before, is %s by %d', (rank, previousRank, change, rankDelta) => {
    expect(rankChangeOf(rank, previousRank)).toEqual({ previousRank, change, rankDelta });
  });

  it('is NEW for a product that had no rank, even on first place', () => {
    const expected = { previousRank: null, change: 'NEW', rankDelta: 0 };
    expect(rankChangeOf(3, null)).toEqual(expected);
    expect(rankChangeOf(1, null)).toEqual(expected);
  });

  test.prop([anyRank(), anyRank()])(
    'adds up: the rank and the places won are the rank before',
    (a, b) => {
      const { rankDelta } = rankChangeOf(a, b);
      expect(a + rankDelta).toBe(b);
    },
  );

  test.prop([anyRank(), anyRank()])('is undone by going back', (a, b) => {
    const opposite = { UP: 'DOWN', DOWN: 'UP', SAME: 'SAME', NEW: 'NEW' };
    const [there, back] = [rankChangeOf(a, b), rankChangeOf(b, a)];
    expect(back.rankDelta + there.rankDelta).toBe(0);
    expect(back.change).toBe(opposite[there.change]);
  });
});
