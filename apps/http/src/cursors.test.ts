import { describe, expect, it } from '@jest/globals';
import { instant, orderId } from '@jumun/domain';
import fc from 'fast-check';
import { orderCursor, walletCursor } from './cursors.js';

const id = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }).filter((value) => value <= 8.64e15);

describe('A cursor', () => {
  it('is read back as it was written', () => {
    fc.assert(
      fc.property(id, id, (at, order) => {
        const position = { createdAt: instant(at), id: orderId(order) };
        expect(orderCursor.schema.parse(orderCursor.write(position))).toEqual(position);
      }),
    );
  });

  it('is a word that may stand in a URL', () => {
    fc.assert(
      fc.property(id, (sequence) => {
        expect(walletCursor.write(sequence)).toMatch(/^[\w-]{1,64}$/);
      }),
    );
  });

  it('that was not written here is refused', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (word) => {
        const read = walletCursor.schema.safeParse(word);
        expect(read.success ? walletCursor.write(read.data ?? 0) : word).toBe(word);
      }),
    );
  });

  it('of one list is refused by another', () => {
    expect(orderCursor.schema.safeParse(walletCursor.write(7)).success).toBe(false);
  });

  it('that is empty or missing is the beginning', () => {
    expect([walletCursor.schema.parse(''), walletCursor.schema.parse(undefined)]).toEqual([
      null,
      null,
    ]);
  });
});
