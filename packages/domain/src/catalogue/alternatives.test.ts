import { describe, expect, it } from '@jest/globals';
import { productId } from '../shared/ids.js';
import { won } from '../shared/money.js';
import { GAMING_MOUSE } from '../testing/index.js';
import { rankAlternatives } from './alternatives.js';

const candidate = (id: number, { price = 65_000, stock = 1, sold = 0 } = {}) => ({
  id: productId(id),
  price: won(price),
  stock,
  sold,
});

const ranked = (...candidates: readonly ReturnType<typeof candidate>[]) =>
  rankAlternatives(GAMING_MOUSE, candidates).map(({ id }) => id);

describe('Alternatives to the 게이밍 마우스 of 65,000 won (scenario 3)', () => {
  it('never contain the product itself', () => {
    expect(ranked(candidate(103), candidate(201))).toEqual([201]);
  });

  it('are in stock, if only by one piece', () => {
    expect(ranked(candidate(201, { stock: 0 }), candidate(202, { stock: 1 }))).toEqual([202]);
  });

  it('put a near price before popularity', () => {
    const far = candidate(201, { price: 200_000, sold: 1_000 });
    const near = candidate(202, { price: 60_000, sold: 1 });
    expect(ranked(far, near)).toEqual([202, 201]);
  });

  it('call half the price near, and a won less no longer', () => {
    const half = candidate(201, { price: 32_500, sold: 1 });
    const less = candidate(202, { price: 32_499, sold: 2 });
    expect(ranked(less, half)).toEqual([201, 202]);
  });

  it('call double the price near, and a won more no longer', () => {
    const double = candidate(201, { price: 130_000, sold: 1 });
    const more = candidate(202, { price: 130_001, sold: 2 });
    expect(ranked(more, double)).toEqual([201, 202]);
  });

  it('then put the more popular first', () => {
    const popular = candidate(201, { price: 100_000, sold: 150 });
    expect(ranked(candidate(202, { sold: 149 }), popular)).toEqual([201, 202]);
  });

  it('then the nearer in price, dearer or cheaper', () => {
    const dearer = candidate(201, { price: 67_000 });
    const cheaper = candidate(202, { price: 64_000 });
    const same = candidate(203, { price: 65_000 });
    expect(ranked(dearer, cheaper, same)).toEqual([203, 202, 201]);
  });

  it('then the lower id', () => {
    const above = candidate(202, { price: 66_000 });
    const below = candidate(201, { price: 64_000 });
    expect(ranked(above, below)).toEqual([201, 202]);
  });

  it('are none when nothing else is in stock', () => {
    expect(ranked()).toEqual([]);
  });
});
