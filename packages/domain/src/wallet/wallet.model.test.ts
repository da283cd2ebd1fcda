import { fc, test } from '@fast-check/jest';
import { describe, expect } from '@jest/globals';
import { orderId, userId, walletEntryId } from '../shared/ids.js';
import { type Money, won } from '../shared/money.js';
import { command } from '../testing/command.js';
import { NOON } from '../testing/index.js';
import { MAX_BALANCE, Wallet, type WalletMovement } from './wallet.js';

/** A purse: the signed amounts that went through it, and the payments that can still be given back. */
interface Purse {
  readonly amounts: number[];
  readonly paid: Money[];
}
interface Real {
  wallet: Wallet;
}

const holds = ({ amounts }: Purse): number => amounts.reduce((total, amount) => total + amount, 0);

const posting = { entryId: walletEntryId(1), orderId: orderId(1001), at: NOON };

/** The movement happened: the purse notes it, and the wallet and its ledger entry must say the same. */
const move = (purse: Purse, real: Real, kind: string, amount: number, done: WalletMovement) => {
  purse.amounts.push(amount);
  real.wallet = done.next;
  const balance = holds(purse);
  const sequence = purse.amounts.length;
  expect(done.entry).toMatchObject({ kind, amount, sequence, balanceAfter: balance });
  expect(real.wallet.toSnapshot()).toMatchObject({ balance, entries: sequence });
};

const charge = (amount: number) =>
  command<Purse, Real>(`charge ${amount}`, (purse, real) => {
    const result = real.wallet.charge({ ...posting, amount });
    const balance = holds(purse);
    if (amount < 1 || amount > 10_000_000) {
      expect(result._unsafeUnwrapErr().code).toBe('INVALID_AMOUNT');
    } else if (balance + amount > 1_000_000_000) {
      const limit = MAX_BALANCE;
      expect(result._unsafeUnwrapErr()).toEqual({ code: 'BALANCE_LIMIT_EXCEEDED', balance, limit });
    } else {
      move(purse, real, 'CHARGE', amount, result._unsafeUnwrap());
    }
  });

const pay = (required: Money) =>
  command<Purse, Real>(`pay ${required}`, (purse, real) => {
    const result = real.wallet.pay({ ...posting, amount: required });
    const balance = holds(purse);
    if (required > balance) {
      expect(result._unsafeUnwrapErr()).toEqual({
        code: 'INSUFFICIENT_BALANCE',
        balance,
        required,
      });
    } else {
      move(purse, real, 'PAYMENT', 0 - required, result._unsafeUnwrap());
      purse.paid.push(required);
    }
  });

const refundLast = () =>
  command<Purse, Real>('refund the last payment', (purse, real) => {
    const amount = purse.paid.pop();
    if (amount === undefined) return;
    move(purse, real, 'REFUND', amount, real.wallet.refund({ ...posting, amount }));
  });

const amounts = fc.oneof(
  fc.integer({ min: -1, max: 100_000 }),
  fc.integer({ min: 9_999_990, max: 10_000_010 }),
);
const commands = fc.commands(
  [
    amounts.map(charge),
    amounts.filter((amount) => amount >= 0).map((amount) => pay(won(amount))),
    fc.constant(refundLast()),
  ],
  { maxCommands: 80 },
);

/** Nothing, or so much that the limit of charges is near. */
const opening = fc.oneof(
  fc.constant(0),
  fc.integer({ min: MAX_BALANCE - 20_000_000, max: MAX_BALANCE }),
);

describe('Wallet', () => {
  test.prop([opening, commands])('does what a purse does', (balance, steps) => {
    const owner = { userId: userId(1), updatedAt: NOON };
    fc.modelRun(
      () => ({
        model: { amounts: balance === 0 ? [] : [balance], paid: [] },
        real: {
          wallet:
            balance === 0
              ? Wallet.open(userId(1), NOON)
              : Wallet.rehydrate({ ...owner, balance: won(balance), entries: 1 }),
        },
      }),
      steps,
    );
  });
});
