import { describe, expect, it } from '@jest/globals';
import { highestOf, linePath, roundUp } from './scale.js';

const FRAME = { width: 100, height: 50, most: 10, room: 5 };

describe('The top of a scale', () => {
  it.each([
    [0, 1, 1],
    [1, 1, 1],
    [1.1, 1, 2],
    [2.2, 1, 2.5],
    [26, 1, 50],
    [501, 1, 1_000],
    [0.3, 0.1, 0.5],
    [3, 10, 10],
  ])('for %s, and at least %s, is %s', (value, least, top) => {
    expect(roundUp(value, least)).toBeCloseTo(top);
  });

  it('leaves room for the highest of all series', () => {
    const series = { name: '', tone: 'seal' } as const;
    expect(
      highestOf([
        { ...series, values: [1, null, 3] },
        { ...series, values: [null] },
      ]),
    ).toBe(3);
    expect(highestOf([])).toBe(0);
  });
});

describe('A line', () => {
  it('goes from the bottom to the top, over the whole width', () => {
    expect(linePath([0, 5, 10, 5, 0], FRAME)).toBe('M0 50L25 25L50 0L75 25L100 50');
  });

  it('ends at the right where there are few values, and never leaves its frame', () => {
    expect(linePath([5, 20], FRAME)).toBe('M75 25L100 0');
  });

  it('has a gap where there is no value', () => {
    expect(linePath([0, 0, null, 0, 0], FRAME)).toBe('M0 50L25 50M75 50L100 50');
    expect(linePath([null, null], FRAME)).toBe('');
  });
});
