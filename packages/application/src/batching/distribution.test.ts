import { describe, expect, it } from '@jest/globals';
import { Distribution } from './distribution.js';

describe('A distribution', () => {
  it('is empty at first', () => {
    expect(new Distribution([1, 2]).toSnapshot()).toEqual({
      bounds: [1, 2],
      counts: [0, 0],
      count: 0,
      sum: 0,
      max: 0,
    });
  });

  it('counts a figure in the first bucket that is high enough, and the highest ones in none', () => {
    const distribution = new Distribution([1, 2, 5]);
    for (const figure of [0, 1, 1.5, 2, 5, 5.1, 100]) distribution.add(figure);
    expect(distribution.toSnapshot()).toEqual({
      bounds: [1, 2, 5],
      counts: [2, 2, 1],
      count: 7,
      sum: 114.6,
      max: 100,
    });
  });
});
