import { fc, test } from '@fast-check/jest';
import { describe, expect } from '@jest/globals';
import { won } from '../shared/money.js';
import {
  anyInstant,
  anyMoney,
  anyOrderId,
  anyWallet,
  anyWalletEntryId,
  anyWalletSnapshot,
  isUntouchedBy,
} from '../testing/index.js';
import {
  MAX_BALANCE,
  MAX_CHARGE,
  Wallet,
  type WalletEntry,
  type WalletMovement,
} from './wallet.js';

type Posting = Parameters<Wallet['refund']>[0];
type Decision = (wallet: Wallet, posting: Posting) => WalletMovement | null;

/** Every decision; null where it was refused. */
const decisions: Readonly<Record<string, Decision>> = {
  charge: (wallet, { entryId, at, amount }) =>
    wallet.charge({ entryId, at, amount }).unwrapOr(null),
  pay: (wallet, posting) => wallet.pay(posting).unwrapOr(null),
  refund: (wallet, posting) => wallet.refund(posting),
};

const anyDecision = () => fc.constantFrom(...Object.entries(decisions));
const anyPosting = ({ max = MAX_CHARGE } = {}) =>
  fc.record({
    entryId: anyWalletEntryId(),
    orderId: anyOrderId(),
    amount: anyMoney({ max }),
    at: anyInstant(),
  });

describe('Wallet', () => {
  test.prop([anyWalletSnapshot()])('survives being stored and read back', (snapshot) => {
    expect(Wallet.rehydrate(snapshot).toSnapshot()).toStrictEqual({ ...snapshot });
  });

  test.prop([anyWallet(), anyDecision(), anyPosting()])(
    'is never changed by a decision',
    (wallet, [, decide], posting) => {
      expect(isUntouchedBy(wallet, (same) => decide(same, posting))).toBe(true);
    },
  );

  test.prop([anyWallet(), fc.array(fc.tuple(anyDecision(), anyPosting({ max: 1_000 })))])(
    'is the sum of its ledger, numbered without a gap, each entry following from the one before',
    (opened, steps) => {
      let wallet = opened;
      const ledger: WalletEntry[] = [];
      for (const [[, decide], posting] of steps) {
        const movement = decide(wallet, posting);
        if (movement === null) continue;
        ledger.push(movement.entry);
        wallet = movement.next;
      }

      const { balance, entries } = opened.toSnapshot();
      let running: number = balance;
      for (const [index, entry] of ledger.entries()) {
        running += entry.amount;
        expect(entry).toMatchObject({
          userId: opened.userId,
          sequence: entries + index + 1,
          balanceAfter: running,
        });
      }
      expect(wallet.toSnapshot()).toMatchObject({
        balance: running,
        entries: entries + ledger.length,
      });
    },
  );

  test.prop([anyWallet(), anyPosting({ max: MAX_BALANCE })])(
    'can afford exactly what it holds, and pay exactly what it can afford',
    (wallet, payment) => {
      const isEnough = payment.amount <= wallet.balance;
      expect(wallet.afford(payment.amount).isOk()).toBe(isEnough);
      expect(wallet.pay(payment).isOk()).toBe(isEnough);
    },
  );

  test.prop([
    anyWallet(),
    anyPosting(),
    fc.oneof(fc.double(), fc.integer(), fc.maxSafeInteger(), anyMoney({ max: MAX_CHARGE })),
  ])(
    'is never charged with anything but 1 to 10,000,000 whole won, nor above the limit',
    (...given) => {
      const [wallet, { entryId, at }, amount] = given;
      const isCharge = Number.isInteger(amount) && amount >= 1 && amount <= 10_000_000;
      const charged = wallet.charge({ entryId, at, amount });
      expect(charged.isOk()).toBe(isCharge && wallet.balance + amount <= MAX_BALANCE);
      expect(charged.unwrapOr(null)?.next.balance ?? won(0)).toBeLessThanOrEqual(MAX_BALANCE);
    },
  );

  test.prop([anyWallet(), anyPosting()])(
    'has the same balance after a payment and its refund',
    (wallet, posting) => {
      fc.pre(posting.amount <= wallet.balance);
      const back = wallet.pay(posting).map(({ next }) => next.refund(posting).next.balance);
      expect(back.unwrapOr(null)).toBe(wallet.balance);
    },
  );
});
