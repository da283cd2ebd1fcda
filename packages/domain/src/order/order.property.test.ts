import { fc, test } from '@fast-check/jest';
import { describe, expect } from '@jest/globals';
import type { Instant } from '../shared/instant.js';
import {
  anyInstantNear,
  anyOrder,
  anyOrderSnapshot,
  anyPaymentId,
  isUntouchedBy,
} from '../testing/index.js';
import { Order, type OrderSnapshot, type OrderStatus } from './order.js';

interface Attempt {
  readonly paymentId: Parameters<Order['pay']>[0]['paymentId'];
  readonly amount: number | null;
  readonly now: Instant;
}

type Decision = (order: Order, attempt: Attempt) => Order | null;

/** Every decision; null where it was refused. */
const decisions: Readonly<Record<string, Decision>> = {
  pay: (order, attempt) =>
    order
      .pay(attempt)
      .map(({ next }) => next)
      .unwrapOr(null),
  cancel: (order, { now }) =>
    order
      .cancel(now)
      .map(({ next }) => next)
      .unwrapOr(null),
  expire: (order, { now }) =>
    order
      .expire(now)
      .map(({ next }) => next)
      .unwrapOr(null),
};
const anyDecision = () => fc.constantFrom(...Object.entries(decisions));

/** An order and an attempt to do something with it, around its expiry, with the right amount or another. */
const anyCase = (...statuses: readonly OrderStatus[]) =>
  anyOrder(...statuses).chain((order) =>
    fc.tuple(
      fc.constant(order),
      fc.record({
        paymentId: anyPaymentId(),
        amount: fc.oneof(fc.constantFrom(null, order.total, order.total + 1), fc.nat()),
        now: anyInstantNear(order.toSnapshot().expiresAt),
      }),
    ),
  );

const agreementOf = (order: Order) => {
  const { id, userId, lines, couponId, subtotal, discount, total, createdAt, expiresAt } =
    order.toSnapshot();
  return { id, userId, lines, couponId, subtotal, discount, total, createdAt, expiresAt };
};

const exactSum = (amounts: readonly number[]): number =>
  amounts.reduce((total, amount) => total + amount, 0);

describe('Order', () => {
  test.prop([anyOrderSnapshot()])('survives being stored and read back', (snapshot) => {
    expect(Order.rehydrate(snapshot).toSnapshot()).toStrictEqual({ ...snapshot });
  });

  test.prop([anyCase(), anyDecision()])(
    'is never changed by a decision',
    ([order, attempt], [, decide]) => {
      expect(isUntouchedBy(order, (same) => decide(same, attempt))).toBe(true);
    },
  );

  test.prop([anyCase(), anyDecision()])(
    'keeps what was agreed, whatever becomes of it, and can still be stored',
    ([order, attempt], [, decide]) => {
      const next = decide(order, attempt) ?? order;
      expect(agreementOf(next)).toEqual(agreementOf(order));
      expect(Order.rehydrate(next.toSnapshot()).toSnapshot()).toEqual(next.toSnapshot());
    },
  );

  test.prop([anyCase('CANCELLED', 'EXPIRED'), anyDecision()])(
    'never leaves CANCELLED or EXPIRED',
    ([order, attempt], [, decide]) => {
      expect(decide(order, attempt)).toBeNull();
      expect(order.statusAt(attempt.now)).toBe(order.toSnapshot().status);
    },
  );

  test.prop([anyCase('COMPLETED'), anyDecision()])(
    'leaves COMPLETED only to be CANCELLED, with its payment kept',
    ([order, attempt], [name, decide]) => {
      const before = order.toSnapshot() as Extract<OrderSnapshot, { status: 'COMPLETED' }>;
      const next = decide(order, attempt);
      expect(next === null).toBe(name !== 'cancel');
      if (next === null) return;
      expect(next.toSnapshot()).toMatchObject({ status: 'CANCELLED', payment: before.payment });
    },
  );

  test.prop([anyCase('PENDING')])(
    'is either payable and cancellable, or due to expire: never both, never neither',
    ([order, { now, paymentId }]) => {
      const isDue = now >= order.toSnapshot().expiresAt;
      expect(order.statusAt(now)).toBe(isDue ? 'EXPIRED' : 'PENDING');
      expect(order.pay({ paymentId, amount: null, now }).isOk()).toBe(!isDue);
      expect(order.cancel(now).isOk()).toBe(!isDue);
      expect(order.expire(now).isOk()).toBe(isDue);
    },
  );

  test.prop([anyCase('PENDING')])(
    'is paid with exactly its total, or without naming an amount',
    ([order, attempt]) => {
      fc.pre(order.statusAt(attempt.now) === 'PENDING');
      const isRight = attempt.amount === null || attempt.amount === order.total;
      expect(order.pay(attempt).isOk()).toBe(isRight);
    },
  );

  test.prop([anyCase()])('refunds its total exactly when it had been paid', ([order, { now }]) => {
    const cancelled = order.cancel(now);
    fc.pre(cancelled.isOk());
    const wasPaid = order.toSnapshot().status === 'COMPLETED';
    expect(cancelled.map(({ event }) => event.refund).unwrapOr(null)).toBe(
      wasPaid ? order.total : 0,
    );
  });

  test.prop([anyOrder()])(
    'adds up: lines to subtotal and discount, and those to a total of 0 won or more',
    (order) => {
      const { lines, subtotal, discount, total } = order.toSnapshot();
      for (const line of lines) {
        expect(line.amount).toBe(line.unitPrice * line.quantity);
        expect(line.discount).toBeLessThanOrEqual(line.amount);
      }
      expect(exactSum(lines.map(({ amount }) => amount))).toBe(subtotal);
      expect(exactSum(lines.map((line) => line.discount))).toBe(discount);
      expect(total).toBe(subtotal - discount);
      expect(total).toBeGreaterThanOrEqual(0);
    },
  );
});
