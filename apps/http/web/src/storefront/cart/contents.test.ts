import { describe, expect, it } from '@jest/globals';
import {
  type Contents,
  MOST_PIECES,
  MOST_PRODUCTS,
  readContents,
  swapped,
  withMore,
  without,
  withQuantity,
  written,
} from './contents.js';

const MOUSE = { productId: 101, quantity: 1 };
const KEYBOARD = { productId: 102, quantity: 2 };

describe('A cart', () => {
  it('has one line for each product', () => {
    const contents = withMore(withMore([MOUSE], 102, 2), 101, 3);
    expect(contents).toEqual([{ productId: 101, quantity: 4 }, KEYBOARD]);
  });

  it('takes no more than the shop takes in one order', () => {
    const full = Array.from({ length: MOST_PRODUCTS }, (_, at) => ({
      productId: at + 1,
      quantity: 1,
    }));
    expect(withMore(full, 1_000, 1)).toEqual(full);
    expect(withMore(full, 1, 5_000)[0]).toEqual({ productId: 1, quantity: MOST_PIECES });
    expect(withQuantity([MOUSE], 101, 0)).toEqual([MOUSE]);
  });

  it('loses what was ordered, and keeps the rest', () => {
    expect(without([MOUSE, KEYBOARD], [101])).toEqual([KEYBOARD]);
  });

  it('swaps a product in its place, for no more pieces than there are of the other', () => {
    expect(swapped([MOUSE, KEYBOARD], 101, { id: 108, stock: 40 })).toEqual([
      { productId: 108, quantity: 1 },
      KEYBOARD,
    ]);
    expect(swapped([MOUSE, KEYBOARD], 102, { id: 105, stock: 1 })).toEqual([
      MOUSE,
      { productId: 105, quantity: 1 },
    ]);
  });

  it('swaps a product for one that lies in it already: they are one line', () => {
    expect(swapped([MOUSE, KEYBOARD], 101, { id: 102, stock: 9 })).toEqual([
      { productId: 102, quantity: 3 },
    ]);
  });

  it('is read as it was written', () => {
    expect(readContents(written([MOUSE, KEYBOARD]))).toEqual([MOUSE, KEYBOARD]);
  });

  it.each<readonly [text: string | null, contents: Contents]>([
    [null, []],
    ['', []],
    ['{', []],
    ['{"101": 1}', []],
    ['[[101, 1], [102, -1], ["x", 1], 7, [103, 1.5], [104]]', [MOUSE]],
  ])('is what can be read of %s', (text, contents) => {
    expect(readContents(text)).toEqual(contents);
  });
});
