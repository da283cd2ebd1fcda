import { describe, expect, it } from '@jest/globals';
import { popularAddress, readPopularQuery, USUAL } from './popular-query.js';

describe('What is asked of the popular products', () => {
  it('is three days by pieces, five places, where the address says nothing', () => {
    expect(readPopularQuery({})).toEqual({ days: 3, sort: 'quantity', limit: 5 });
  });

  it('is what the address says', () => {
    expect(readPopularQuery({ days: '7', sort: 'revenue', limit: '10' })).toEqual({
      days: 7,
      sort: 'revenue',
      limit: 10,
    });
  });

  it.each([
    { days: '0' },
    { days: '31' },
    { days: '-1' },
    { days: '3.5' },
    { days: 'week' },
    { limit: '51' },
    { sort: 'name' },
  ])('is as if nothing was said where the address says %j', (query) => {
    expect(readPopularQuery(query)).toEqual(USUAL);
  });

  it('stands in the address, without what is usual on that page', () => {
    const week = { ...USUAL, days: 7 };
    expect(popularAddress('/', USUAL)).toBe('/');
    expect(popularAddress('/', week)).toBe('/?days=7');
    expect(popularAddress('/popular', { ...week, sort: 'revenue' }, { ...USUAL, limit: 20 })).toBe(
      '/popular?days=7&sort=revenue&limit=5',
    );
  });

  it('comes back from the address as it went in', () => {
    const query = { days: 14, sort: 'revenue', limit: 50 } as const;
    const search = new URL(popularAddress('/', query), 'http://shop').searchParams;
    expect(readPopularQuery(Object.fromEntries(search))).toEqual(query);
  });
});
