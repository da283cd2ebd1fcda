import { describe, expect, it } from '@jest/globals';
import {
  afterEvent,
  changeMark,
  newer,
  type RankedProduct,
  type Ranking,
  shareOfLeader,
} from './ranking.js';

const NOON = '2024-01-17T03:00:00.000Z';
const LATER = '2024-01-17T03:05:00.000Z';

const product = (fields: Partial<RankedProduct> = {}): RankedProduct => ({
  rank: 1,
  previousRank: 2,
  change: 'UP',
  rankDelta: 1,
  productId: 103,
  name: '게이밍 마우스',
  price: 65_000,
  quantitySold: 150,
  revenue: 9_750_000,
  ...fields,
});

const ranking = (fields: Partial<Ranking> = {}): Ranking => ({
  period: { from: '2024-01-15', to: '2024-01-17', days: 3 },
  sort: 'quantity',
  totalQuantity: 1_250,
  computedAt: NOON,
  items: [product()],
  ...fields,
});

describe('A ranking that is shown', () => {
  it('has the places of the event that came, and the total until that is read again', () => {
    const items = [product({ productId: 105 }), product({ rank: 2 })];
    expect(afterEvent(ranking(), { days: 3, computedAt: LATER, items })).toEqual(
      ranking({ computedAt: LATER, items }),
    );
  });

  it('stays as it is when the event tells of what was before, or of another period', () => {
    const shown = ranking({ computedAt: LATER });
    expect(afterEvent(shown, { days: 3, computedAt: NOON, items: [] })).toBe(shown);
    expect(afterEvent(shown, { days: 7, computedAt: LATER, items: [] })).toBe(shown);
    expect(afterEvent(null, { days: 3, computedAt: LATER, items: [] })).toBeNull();
  });

  it('gives way to what was read, unless that is older', () => {
    const [old, young] = [ranking(), ranking({ computedAt: LATER })];
    expect(newer(null, old)).toBe(old);
    expect(newer(old, young)).toBe(young);
    expect(newer(young, old)).toBe(young);
  });

  it('gives way to any answer to another question', () => {
    const old = ranking({ sort: 'revenue' });
    expect(newer(ranking({ computedAt: LATER }), old)).toBe(old);
  });
});

describe("A product's share", () => {
  const leader = product({ quantitySold: 200, revenue: 1_000 });
  const second = product({ productId: 105, quantitySold: 50, revenue: 2_000 });

  it('is of the leader, in pieces or in revenue', () => {
    expect(shareOfLeader(second, [leader, second], 'quantity')).toBe(0.25);
    expect(shareOfLeader(leader, [leader, second], 'revenue')).toBe(0.5);
  });

  it('is nothing where more was given back than sold', () => {
    const returned = product({ quantitySold: -3 });
    expect(shareOfLeader(returned, [leader, returned], 'quantity')).toBe(0);
    expect(shareOfLeader(returned, [returned], 'quantity')).toBe(0);
  });
});

describe('How a product moved', () => {
  it('reads as in the scenario', () => {
    expect(changeMark(product())).toBe('↑1');
    expect(changeMark(product({ change: 'DOWN', rankDelta: -1 }))).toBe('↓1');
    expect(changeMark(product({ change: 'NEW', rankDelta: 0, previousRank: null }))).toBe('NEW');
    expect(changeMark(product({ change: 'SAME', rankDelta: 0 }))).toBe('');
  });
});
