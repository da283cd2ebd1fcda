import { describe, expect, it } from '@jest/globals';
import { productId, won } from '@jumun/domain';
import type { ShelfProduct } from '../ports/queries.js';
import { offerAlternatives } from './offer-alternatives.js';

const product = (id: number): ShelfProduct => ({
  id: productId(id),
  name: `상품 ${id}`,
  category: '마우스',
  price: won(25_000),
  stock: 5,
});
const short = (id: number) => ({ productId: productId(id), requested: 1, available: 0 });
const refusal = { code: 'OUT_OF_STOCK', items: [short(101), short(103)] } as const;

describe('What is offered instead of products that are short', () => {
  it('is what stands for the first one first, each once, and nothing that is short itself', async () => {
    const found = new Map([
      [101, [103, 108, 109]],
      [103, [101, 109, 110]],
    ]);
    const offer = await offerAlternatives(refusal, async (id) =>
      (found.get(id) ?? []).map(product),
    );
    expect(offer.alternatives.map(({ id }) => id)).toEqual([108, 109, 110]);
    expect(offer).toMatchObject(refusal);
  });

  it('is at most five products', async () => {
    const offer = await offerAlternatives(refusal, async () => [1, 2, 3, 4, 5, 6, 7].map(product));
    expect(offer.alternatives).toHaveLength(5);
  });

  it('is nothing where they cannot be found out: the customer hears of the refusal all the same', async () => {
    const offer = await offerAlternatives(refusal, async (id) => {
      if (id === 101) throw new Error('the database is away');
      return [product(108)];
    });
    expect(offer.alternatives.map(({ id }) => id)).toEqual([108]);
  });
});
