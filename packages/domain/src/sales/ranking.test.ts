import { describe, expect, it } from '@jest/globals';
import { productId } from '../shared/ids.js';
import { InvariantViolation } from '../shared/invariant.js';
import { rankSales, type RankingSort, type SalesTotal } from './ranking.js';

const sold = (id: number, quantity: number, revenue: number): SalesTotal => ({
  productId: productId(id),
  quantity,
  revenue,
});

/** The five products of scenario 6, as it lists them. */
const NAMES = ['', '게이밍 마우스', '무선 키보드', '모니터', '웹캠', '이어폰'];
const SCENARIO_6 = [
  sold(1, 150, 9_750_000),
  sold(2, 120, 5_400_000),
  sold(3, 80, 9_600_000),
  sold(4, 90, 2_700_000),
  sold(5, 200, 6_000_000),
];

const ranked = (totals: readonly SalesTotal[], sort: RankingSort, places = 10): readonly number[] =>
  rankSales(totals, sort, places).map(({ productId: id }) => id);

const named = (sort: RankingSort, places: number): readonly string[] =>
  rankSales(SCENARIO_6, sort, places).map(
    ({ rank, productId: id }) => `${rank}위: ${NAMES[id] ?? ''}`,
  );

describe('The ranking of scenario 6', () => {
  it('by quantity has the 이어폰 with its 200 pieces first', () => {
    expect(named('quantity', 5)).toEqual([
      '1위: 이어폰',
      '2위: 게이밍 마우스',
      '3위: 무선 키보드',
      '4위: 웹캠',
      '5위: 모니터',
    ]);
  });

  it('by revenue has the 게이밍 마우스 with its 9,750,000 won first', () => {
    expect(named('revenue', 5)).toEqual([
      '1위: 게이밍 마우스',
      '2위: 모니터',
      '3위: 이어폰',
      '4위: 무선 키보드',
      '5위: 웹캠',
    ]);
  });

  it('is the order in which the scenario lists them by neither', () => {
    const listed = SCENARIO_6.map(({ productId: id }) => id);
    expect(ranked(SCENARIO_6, 'quantity')).not.toEqual(listed);
    expect(ranked(SCENARIO_6, 'revenue')).not.toEqual(listed);
  });

  it('keeps the figures of each product', () => {
    expect(rankSales(SCENARIO_6, 'revenue', 1)).toEqual([
      { rank: 1, productId: 1, quantity: 150, revenue: 9_750_000 },
    ]);
  });
});

describe('A ranking', () => {
  it('puts the higher revenue first where as many pieces were sold, then the lower id', () => {
    const totals = [sold(4, 5, 100), sold(3, 5, 100), sold(2, 5, 99), sold(1, 5, 101)];
    expect(ranked(totals, 'quantity')).toEqual([1, 3, 4, 2]);
  });

  it('by revenue puts the lower id first where revenues are the same, whatever the pieces', () => {
    expect(ranked([sold(2, 9, 100), sold(1, 1, 100)], 'revenue')).toEqual([1, 2]);
  });

  it('has products that were given away for nothing, after all that were paid for', () => {
    expect(ranked([sold(1, 7, 0), sold(2, 1, 1)], 'revenue')).toEqual([2, 1]);
    expect(ranked([sold(1, 7, 0), sold(2, 1, 1)], 'quantity')).toEqual([1, 2]);
  });

  it('has no product whose every piece was refunded, nor one with refunds of an earlier time', () => {
    const totals = [sold(1, 0, 0), sold(2, -3, -75_000), sold(3, 1, 25_000), sold(4, 0, 100)];
    expect(ranked(totals, 'quantity')).toEqual([3]);
    expect(ranked(totals, 'revenue')).toEqual([3]);
  });

  it('has as many places as were asked for, or as there are products', () => {
    expect(ranked(SCENARIO_6, 'quantity', 2)).toEqual([5, 1]);
    expect(ranked(SCENARIO_6, 'quantity', 0)).toEqual([]);
    expect(ranked([], 'quantity', 5)).toEqual([]);
  });

  it.each([-1, 1.5, Number.NaN])('throws when %d places are asked for', (places) => {
    expect(() => rankSales([], 'quantity', places)).toThrow(InvariantViolation);
  });
});
