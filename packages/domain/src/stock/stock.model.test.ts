import { fc, test } from '@fast-check/jest';
import { describe, expect } from '@jest/globals';
import { InvariantViolation } from '../shared/invariant.js';
import { productId } from '../shared/ids.js';
import { MAX_QUANTITY, type Quantity } from '../shared/quantity.js';
import { command } from '../testing/command.js';
import { anyQuantity } from '../testing/index.js';
import { Stock } from './stock.js';

/** A shelf of boxes: each piece lies free, or is held, or is gone. */
interface Shelf {
  free: number;
  held: number;
  gone: number;
}
interface Real {
  stock: Stock;
}

const agree = ({ free, held }: Shelf, { stock }: Real): void => {
  expect(stock.toSnapshot()).toEqual({ productId: 101, onHand: free + held, reserved: held });
  expect(stock.available).toBe(free);
};

const reserve = (quantity: Quantity) =>
  command<Shelf, Real>(`reserve ${quantity}`, (shelf, real) => {
    const result = real.stock.reserve(quantity);
    if (quantity <= shelf.free) {
      shelf.free -= quantity;
      shelf.held += quantity;
      real.stock = result._unsafeUnwrap();
    } else {
      expect(result._unsafeUnwrapErr()).toEqual({
        code: 'OUT_OF_STOCK',
        productId: 101,
        requested: quantity,
        available: shelf.free,
      });
    }
    agree(shelf, real);
  });

const post = (quantity: Quantity) =>
  command<Shelf, Real>(`post ${quantity}`, (shelf, real) => {
    if (quantity <= shelf.held) {
      shelf.held -= quantity;
      shelf.gone += quantity;
      real.stock = real.stock.post(quantity);
    } else {
      expect(() => real.stock.post(quantity)).toThrow(InvariantViolation);
    }
    agree(shelf, real);
  });

const release = (quantity: Quantity) =>
  command<Shelf, Real>(`void ${quantity}`, (shelf, real) => {
    if (quantity <= shelf.held) {
      shelf.held -= quantity;
      shelf.free += quantity;
      real.stock = real.stock.void(quantity);
    } else {
      expect(() => real.stock.void(quantity)).toThrow(InvariantViolation);
    }
    agree(shelf, real);
  });

const restock = (quantity: Quantity) =>
  command<Shelf, Real>(`restock ${quantity}`, (shelf, real) => {
    const result = real.stock.restock(quantity);
    const onHand = shelf.free + shelf.held;
    if (onHand + quantity <= MAX_QUANTITY) {
      shelf.free += quantity;
      real.stock = result._unsafeUnwrap();
    } else {
      const limit = MAX_QUANTITY;
      expect(result._unsafeUnwrapErr()).toEqual({
        code: 'STOCK_LIMIT_EXCEEDED',
        productId: 101,
        onHand,
        limit,
      });
    }
    agree(shelf, real);
  });

/** Only what was sold can come back. */
const takeBack = (quantity: Quantity) =>
  command<Shelf, Real>(`take back at most ${quantity}`, (shelf, real) => {
    const returned = Math.min(quantity, shelf.gone);
    if (returned === 0) return;
    shelf.gone -= returned;
    shelf.free += returned;
    real.stock = real.stock.takeBack(returned as Quantity);
    agree(shelf, real);
  });

const few = () => anyQuantity({ max: 12 });
const commands = fc.commands(
  [
    few().map(reserve),
    few().map(post),
    few().map(release),
    fc.oneof(few(), anyQuantity({ max: MAX_QUANTITY })).map(restock),
    few().map(takeBack),
  ],
  { maxCommands: 60 },
);

describe('Stock', () => {
  test.prop([
    fc.oneof(fc.nat({ max: 20 }), fc.integer({ min: MAX_QUANTITY - 20, max: MAX_QUANTITY })),
    commands,
  ])('does what a shelf of boxes does', (opened, steps) => {
    fc.modelRun(
      () => ({
        model: { free: opened, held: 0, gone: 0 },
        real: { stock: Stock.open(productId(101), opened) },
      }),
      steps,
    );
  });
});
