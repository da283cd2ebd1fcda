import { fc, test } from '@fast-check/jest';
import { describe, expect } from '@jest/globals';
import { InvariantViolation } from '../shared/invariant.js';
import type { Quantity } from '../shared/quantity.js';
import { anyQuantity, anyStock, anyStockSnapshot, isUntouchedBy } from '../testing/index.js';
import { Stock } from './stock.js';

type Decision = (stock: Stock, quantity: Quantity) => Stock;

/** Every decision, where a refusal leaves the stock as it was. */
const decisions: Readonly<Record<string, Decision>> = {
  reserve: (stock, quantity) => stock.reserve(quantity).unwrapOr(stock),
  post: (stock, quantity) => stock.post(quantity),
  void: (stock, quantity) => stock.void(quantity),
  restock: (stock, quantity) => stock.restock(quantity).unwrapOr(stock),
  takeBack: (stock, quantity) => stock.takeBack(quantity),
};

const anyDecision = () => fc.constantFrom(...Object.entries(decisions));

const afterFault = (stock: Stock, work: () => Stock): Stock => {
  try {
    return work();
  } catch (fault) {
    if (fault instanceof InvariantViolation) return stock;
    throw fault;
  }
};

const few = { max: 20 };
const small = { maxOnHand: 30 };

describe('Stock', () => {
  test.prop([anyStockSnapshot()])('survives being stored and read back', (snapshot) => {
    expect(Stock.rehydrate(snapshot).toSnapshot()).toStrictEqual({ ...snapshot });
  });

  test.prop([anyStock(small), anyDecision(), anyQuantity(few)])(
    'is never changed by a decision',
    (stock, [, decide], quantity) => {
      expect(isUntouchedBy(stock, (same) => decide(same, quantity))).toBe(true);
    },
  );

  test.prop([anyStock(small), fc.array(fc.tuple(anyDecision(), anyQuantity(few)))])(
    'never holds more than is there, nor less than nothing',
    (opened, steps) => {
      let stock = opened;
      for (const [[, decide], quantity] of steps) {
        const before = stock;
        stock = afterFault(before, () => decide(before, quantity));
        const { onHand, reserved } = stock.toSnapshot();
        expect(reserved).toBeGreaterThanOrEqual(0);
        expect(reserved).toBeLessThanOrEqual(onHand);
        expect(stock.available).toBe(onHand - reserved);
      }
    },
  );

  test.prop([anyStock(small), fc.array(fc.tuple(anyDecision(), anyQuantity(few)))])(
    'loses no piece: on hand + posted = opened with + restocked + taken back',
    (opened, steps) => {
      let stock = opened;
      let posted = 0;
      let arrived = 0;
      for (const [[name, decide], quantity] of steps) {
        const before = stock;
        stock = afterFault(before, () => decide(before, quantity));
        if (stock === before) continue;
        if (name === 'post') posted += quantity;
        if (name === 'restock' || name === 'takeBack') arrived += quantity;
      }
      expect(stock.toSnapshot().onHand + posted).toBe(opened.toSnapshot().onHand + arrived);
    },
  );

  test.prop([anyStock(small), anyQuantity(few)])(
    'is what it was when a hold is voided',
    (stock, quantity) => {
      fc.pre(quantity <= stock.available);
      const voided = stock.reserve(quantity).map((held) => held.void(quantity).toSnapshot());
      expect(voided.isOk() && voided.value).toEqual(stock.toSnapshot());
    },
  );

  test.prop([anyStock(small), anyQuantity(few)])(
    'grants a hold exactly when so many pieces are free',
    (stock, quantity) => {
      expect(stock.reserve(quantity).isOk()).toBe(quantity <= stock.available);
    },
  );
});
