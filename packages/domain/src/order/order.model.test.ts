import { fc, test } from '@fast-check/jest';
import { describe, expect } from '@jest/globals';
import { paymentId } from '../shared/ids.js';
import { afterSeconds, type Instant } from '../shared/instant.js';
import { command } from '../testing/command.js';
import { anOrder, NOON } from '../testing/index.js';
import type { Order, OrderStatus } from './order.js';

/** A slip of paper with one word on it, a clock on the wall, and a till. */
interface Slip {
  word: OrderStatus;
  now: Instant;
  till: number;
}
interface Real {
  order: Order;
}

const PRICE = 25_000;
const EXPIRY = afterSeconds(NOON, 900);

/** What somebody who looks at the slip and at the clock would say. */
const toldStatus = ({ word, now }: Slip): OrderStatus =>
  word === 'PENDING' && now >= EXPIRY ? 'EXPIRED' : word;

const agree = (slip: Slip, { order }: Real): void => {
  expect(order.toSnapshot().status).toBe(slip.word);
  expect(order.statusAt(slip.now)).toBe(toldStatus(slip));
  expect(slip.till).toBe(slip.word === 'COMPLETED' ? PRICE : 0);
};

const pay = (amount: number | null) =>
  command<Slip, Real>(`pay ${amount}`, (slip, real) => {
    const result = real.order.pay({ paymentId: paymentId(2001), amount, now: slip.now });
    const orderStatus = toldStatus(slip);
    if (orderStatus !== 'PENDING') {
      expect(result._unsafeUnwrapErr()).toEqual({
        code: 'ORDER_NOT_PAYABLE',
        orderId: 1001,
        orderStatus,
      });
    } else if (amount !== null && amount !== PRICE) {
      expect(result._unsafeUnwrapErr()).toMatchObject({ code: 'AMOUNT_MISMATCH', required: PRICE });
    } else {
      const { next, event } = result._unsafeUnwrap();
      slip.word = 'COMPLETED';
      slip.till += event.total;
      real.order = next;
      expect(event).toMatchObject({ type: 'OrderCompleted', at: slip.now });
    }
    agree(slip, real);
  });

const cancel = () =>
  command<Slip, Real>('cancel', (slip, real) => {
    const result = real.order.cancel(slip.now);
    const orderStatus = toldStatus(slip);
    if (orderStatus === 'CANCELLED' || orderStatus === 'EXPIRED') {
      expect(result._unsafeUnwrapErr()).toEqual({
        code: 'ORDER_NOT_CANCELLABLE',
        orderId: 1001,
        orderStatus,
      });
    } else {
      const { next, event } = result._unsafeUnwrap();
      expect(event.paymentId).toBe(orderStatus === 'COMPLETED' ? 2001 : null);
      slip.word = 'CANCELLED';
      slip.till -= event.refund;
      real.order = next;
    }
    agree(slip, real);
  });

const expire = () =>
  command<Slip, Real>('expire', (slip, real) => {
    const result = real.order.expire(slip.now);
    if (slip.word === 'PENDING' && slip.now >= EXPIRY) {
      slip.word = 'EXPIRED';
      real.order = result._unsafeUnwrap().next;
    } else {
      expect(result._unsafeUnwrapErr()).toEqual({ code: 'ORDER_NOT_DUE', orderId: 1001 });
    }
    agree(slip, real);
  });

const wait = (seconds: number) =>
  command<Slip, Real>(`wait ${seconds} s`, (slip, real) => {
    slip.now = afterSeconds(slip.now, seconds);
    agree(slip, real);
  });

const commands = fc.commands(
  [
    fc.constantFrom(null, PRICE, PRICE - 1, 0).map(pay),
    fc.constant(cancel()),
    fc.constant(expire()),
    fc.constantFrom(1, 449, 450).map(wait),
  ],
  { maxCommands: 12 },
);

const start = (): { model: Slip; real: Real } => ({
  model: { word: 'PENDING', now: NOON, till: 0 },
  real: { order: anOrder({ holdSeconds: 900 }) },
});

describe('Order', () => {
  test.prop([commands], { numRuns: 300 })(
    'does what a slip of paper, a clock and a till do',
    (steps) => {
      fc.modelRun(start, steps);
    },
  );
});
