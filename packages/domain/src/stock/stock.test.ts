import { describe, expect, it } from '@jest/globals';
import { InvariantViolation } from '../shared/invariant.js';
import { productId } from '../shared/ids.js';
import { MAX_QUANTITY, pieces } from '../shared/quantity.js';
import { accepted, aStock, refused } from '../testing/index.js';
import { Stock } from './stock.js';

describe('Stock', () => {
  describe('when opened', () => {
    it('has everything free', () => {
      expect(Stock.open(productId(101), 50).toSnapshot()).toEqual({
        productId: 101,
        onHand: 50,
        reserved: 0,
      });
    });

    it.each([0, MAX_QUANTITY])('may hold %d pieces', (onHand) => {
      expect(Stock.open(productId(101), onHand).available).toBe(onHand);
    });

    it.each([-1, 0.5, MAX_QUANTITY + 1])('never holds %d pieces', (onHand) => {
      expect(() => Stock.open(productId(101), onHand)).toThrow(InvariantViolation);
    });
  });

  describe('when read back', () => {
    it.each([
      ['a negative count on hand', -1, 0],
      ['half a piece on hand', 1.5, 0],
      ['a negative count reserved', 5, -1],
      ['half a piece reserved', 5, 0.5],
      ['more reserved than on hand', 5, 6],
    ])('throws at %s', (_, onHand, reserved) => {
      expect(() => aStock({ onHand, reserved })).toThrow(InvariantViolation);
    });

    it('may be held to the last piece', () => {
      expect(aStock({ onHand: 5, reserved: 5 }).available).toBe(0);
    });

    it('may be above the limit of restocking, as a refund can leave it', () => {
      expect(aStock({ onHand: MAX_QUANTITY + 1 }).available).toBe(MAX_QUANTITY + 1);
    });
  });

  describe('when pieces are reserved', () => {
    it('keeps them on the shelf, but they are no longer free', () => {
      const next = accepted(aStock({ onHand: 50 }).reserve(pieces(1)));
      expect(next.toSnapshot()).toEqual({ productId: 101, onHand: 50, reserved: 1 });
      expect(next.available).toBe(49);
    });

    it('gives the last piece to the first customer and refuses the second (scenario 3)', () => {
      const lastOne = aStock({ productId: 103, onHand: 1 });
      const soldOut = accepted(lastOne.reserve(pieces(1)));
      expect(refused(soldOut.reserve(pieces(1)))).toEqual({
        code: 'OUT_OF_STOCK',
        productId: 103,
        requested: 1,
        available: 0,
      });
    });

    it('takes all that is free, and not one more', () => {
      const stock = aStock({ onHand: 10, reserved: 4 });
      expect(accepted(stock.reserve(pieces(6))).available).toBe(0);
      expect(refused(stock.reserve(pieces(7)))).toEqual({
        code: 'OUT_OF_STOCK',
        productId: 101,
        requested: 7,
        available: 6,
      });
    });
  });

  describe('when held pieces are paid for', () => {
    it('lets them leave the shelf: 49 of 50 are left (scenario 1)', () => {
      const held = accepted(aStock({ onHand: 50 }).reserve(pieces(1)));
      expect(held.post(pieces(1)).toSnapshot()).toEqual({
        productId: 101,
        onHand: 49,
        reserved: 0,
      });
    });

    it('throws when more are posted than are held', () => {
      const stock = aStock({ onHand: 10, reserved: 3 });
      expect(stock.post(pieces(3)).toSnapshot()).toMatchObject({ onHand: 7, reserved: 0 });
      expect(() => stock.post(pieces(4))).toThrow(InvariantViolation);
    });
  });

  describe('when a hold is voided', () => {
    it('makes the pieces free again', () => {
      const stock = aStock({ onHand: 10, reserved: 3 });
      expect(stock.void(pieces(2)).toSnapshot()).toMatchObject({ onHand: 10, reserved: 1 });
    });

    it('throws when more are voided than are held', () => {
      const stock = aStock({ onHand: 10, reserved: 3 });
      expect(stock.void(pieces(3)).available).toBe(10);
      expect(() => stock.void(pieces(4))).toThrow(InvariantViolation);
    });
  });

  describe('when restocked', () => {
    it('has the new pieces free', () => {
      const stock = accepted(aStock({ onHand: 1, reserved: 1 }).restock(pieces(10)));
      expect(stock.toSnapshot()).toMatchObject({ onHand: 11, reserved: 1 });
      expect(stock.available).toBe(10);
    });

    it('fills up to the limit, and not one piece above it', () => {
      const stock = aStock({ onHand: MAX_QUANTITY - 1 });
      expect(accepted(stock.restock(pieces(1))).available).toBe(MAX_QUANTITY);
      expect(refused(stock.restock(pieces(2)))).toEqual({
        code: 'STOCK_LIMIT_EXCEEDED',
        productId: 101,
        onHand: MAX_QUANTITY - 1,
        limit: MAX_QUANTITY,
      });
    });
  });

  describe('when a refunded order brings pieces back', () => {
    it('takes them, even above the limit', () => {
      expect(aStock({ onHand: MAX_QUANTITY }).takeBack(pieces(3)).toSnapshot()).toMatchObject({
        onHand: MAX_QUANTITY + 3,
        reserved: 0,
      });
    });
  });
});
