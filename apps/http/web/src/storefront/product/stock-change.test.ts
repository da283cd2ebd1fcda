import { describe, expect, it } from '@jest/globals';
import { isWorthTelling, stockNews } from './stock-change.js';

describe('The stock of a product that somebody looks at', () => {
  it.each([
    ['nothing at the first look', null, 50, null],
    ['nothing when it is as it was', 50, 50, null],
    ['how many were sold', 50, 47, { kind: 'sold', pieces: 3 }],
    ['how many came in', 47, 60, { kind: 'added', pieces: 13 }],
    ['that few are left', 6, 5, { kind: 'few', stock: 5 }],
    ['that it is sold out', 1, 0, { kind: 'sold-out' }],
    ['that it is back', 0, 3, { kind: 'back', stock: 3 }],
  ] as const)('says %s', (_what, before, now, news) => {
    expect(stockNews(before, now)).toEqual(news);
  });

  it('interrupts nobody for every sale', () => {
    expect(isWorthTelling(stockNews(50, 49))).toBe(false);
    expect(isWorthTelling(stockNews(50, 60))).toBe(false);
    expect(isWorthTelling(stockNews(3, 2))).toBe(true);
    expect(isWorthTelling(stockNews(1, 0))).toBe(true);
    expect(isWorthTelling(null)).toBe(false);
  });
});
