import { describe, expect, it } from '@jest/globals';
import { catalogueAddress, pagesNear, pagesOf, readCatalogueQuery } from './catalogue-query.js';

describe('What is looked for in the catalogue', () => {
  it('is everything where the address says nothing', () => {
    expect(readCatalogueQuery({})).toEqual({ text: '', category: '', page: 1 });
  });

  it('is what the address says, without blanks around it', () => {
    expect(readCatalogueQuery({ q: ' 마우스 ', category: '키보드', page: '3' })).toEqual({
      text: '마우스',
      category: '키보드',
      page: 3,
    });
  });

  it('is never more than the shop would take', () => {
    expect(readCatalogueQuery({ q: '가'.repeat(300) }).text).toHaveLength(200);
    for (const page of ['0', '-1', '1.5', 'two', '9999999']) {
      expect(readCatalogueQuery({ page }).page).toBe(1);
    }
  });

  it('stands in the address, without what is usual', () => {
    expect(catalogueAddress({ text: '', category: '', page: 1 })).toBe('/products');
    const address = catalogueAddress({ text: '마우스 & 키보드', category: '마우스', page: 2 });
    const { pathname, searchParams } = new URL(address, 'http://shop');
    expect([pathname, readCatalogueQuery(Object.fromEntries(searchParams))]).toEqual([
      '/products',
      { text: '마우스 & 키보드', category: '마우스', page: 2 },
    ]);
  });
});

describe('The pages of the catalogue', () => {
  it('are as many as the products take, and one where there are none', () => {
    expect([0, 1, 20, 21].map((total) => pagesOf(total, 20))).toEqual([1, 1, 1, 2]);
  });

  it('are linked around where one is, with the first and the last', () => {
    expect(pagesNear(1, 1)).toEqual([1]);
    expect(pagesNear(1, 3)).toEqual([1, 2, 3]);
    expect(pagesNear(5, 9)).toEqual([1, null, 4, 5, 6, null, 9]);
    expect(pagesNear(2, 9)).toEqual([1, 2, 3, null, 9]);
  });

  it('are never left out where a sign for that would take as much room', () => {
    expect(pagesNear(4, 9)).toEqual([1, 2, 3, 4, 5, null, 9]);
    expect(pagesNear(6, 9)).toEqual([1, null, 5, 6, 7, 8, 9]);
  });
});
