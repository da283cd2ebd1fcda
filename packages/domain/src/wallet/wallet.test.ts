import { describe, expect, it } from '@jest/globals';
import { orderId, userId, walletEntryId } from '../shared/ids.js';
import { afterSeconds } from '../shared/instant.js';
import { InvariantViolation } from '../shared/invariant.js';
import { won } from '../shared/money.js';
import { accepted, aWallet, KIM_CHEOLSU, NOON, refused } from '../testing/index.js';
import { MAX_BALANCE, MAX_CHARGE, MIN_CHARGE, Wallet } from './wallet.js';

const LATER = afterSeconds(NOON, 60);
const posting = { entryId: walletEntryId(7), at: LATER };
const forOrder = { ...posting, orderId: orderId(1001) };

describe('Wallet', () => {
  describe('when opened', () => {
    it('is empty and has no ledger', () => {
      expect(Wallet.open(userId(1), NOON).toSnapshot()).toEqual({
        userId: 1,
        balance: 0,
        entries: 0,
        updatedAt: NOON,
      });
    });
  });

  describe('when read back', () => {
    it.each([
      ['a negative balance', { balance: -1, entries: 1 }],
      ['half a won', { balance: 0.5, entries: 1 }],
      ['a negative number of entries', { balance: 0, entries: -1 }],
      ['half a ledger entry', { balance: 0, entries: 0.5 }],
      ['a balance that no entry explains', { balance: 1, entries: 0 }],
    ])('throws at %s', (_, stored) => {
      expect(() => aWallet(stored)).toThrow(InvariantViolation);
    });

    it('may be empty after any number of entries, and above the limit after a refund', () => {
      expect(aWallet({ balance: 0, entries: 2 }).balance).toBe(0);
      expect(aWallet({ balance: MAX_BALANCE + 1 }).balance).toBe(MAX_BALANCE + 1);
    });
  });

  describe('when charged', () => {
    it('has 50,000 won and one ledger entry after 50,000 won (scenario 1)', () => {
      const { next, entry } = accepted(aWallet().charge({ ...posting, amount: 50_000 }));
      expect(next.toSnapshot()).toEqual({
        userId: KIM_CHEOLSU,
        balance: 50_000,
        entries: 1,
        updatedAt: LATER,
      });
      expect(entry).toEqual({
        id: 7,
        userId: KIM_CHEOLSU,
        sequence: 1,
        kind: 'CHARGE',
        amount: 50_000,
        balanceAfter: 50_000,
        orderId: null,
        createdAt: LATER,
      });
    });

    it('adds to what is there: 15,000 + 110,000 = 125,000 won (scenario 4)', () => {
      const { next } = accepted(
        aWallet({ balance: 15_000 }).charge({ ...posting, amount: 110_000 }),
      );
      expect(next.balance).toBe(125_000);
    });

    it.each([MIN_CHARGE, MAX_CHARGE])('takes %d won', (amount) => {
      expect(accepted(aWallet().charge({ ...posting, amount })).next.balance).toBe(amount);
    });

    it.each([MIN_CHARGE - 1, MAX_CHARGE + 1, -50_000, 0.5, Number.NaN, Number.POSITIVE_INFINITY])(
      'refuses %d won',
      (amount) => {
        expect(refused(aWallet().charge({ ...posting, amount }))).toEqual({
          code: 'INVALID_AMOUNT',
          min: 1,
          max: 10_000_000,
        });
      },
    );

    it('fills up to the limit, and not one won above it', () => {
      const wallet = aWallet({ balance: MAX_BALANCE - 1_000, entries: 200 });
      expect(accepted(wallet.charge({ ...posting, amount: 1_000 })).next.balance).toBe(MAX_BALANCE);
      expect(refused(wallet.charge({ ...posting, amount: 1_001 }))).toEqual({
        code: 'BALANCE_LIMIT_EXCEEDED',
        balance: MAX_BALANCE - 1_000,
        limit: MAX_BALANCE,
      });
    });

    it('names the wrong amount before the limit', () => {
      const full = aWallet({ balance: MAX_BALANCE });
      expect(refused(full.charge({ ...posting, amount: 0 })).code).toBe('INVALID_AMOUNT');
    });
  });

  describe('when asked whether it can pay', () => {
    const wallet = aWallet({ balance: 15_000 });

    it('can pay its last won', () => {
      expect(accepted(wallet.afford(won(15_000)))).toBe(wallet);
    });

    it('refuses one won more', () => {
      expect(refused(wallet.afford(won(15_001)))).toEqual({
        code: 'INSUFFICIENT_BALANCE',
        balance: 15_000,
        required: 15_001,
      });
    });
  });

  describe('when an order is paid', () => {
    it('has 59,500 of 100,000 won left after 40,500 (scenario 2)', () => {
      const wallet = aWallet({ userId: 2, balance: 100_000 });
      const { next, entry } = accepted(wallet.pay({ ...forOrder, amount: won(40_500) }));
      expect(next.toSnapshot()).toEqual({
        userId: 2,
        balance: 59_500,
        entries: 2,
        updatedAt: LATER,
      });
      expect(entry).toEqual({
        id: 7,
        userId: 2,
        sequence: 2,
        kind: 'PAYMENT',
        amount: -40_500,
        balanceAfter: 59_500,
        orderId: 1001,
        createdAt: LATER,
      });
    });

    it('may be emptied to the last won', () => {
      const { next } = accepted(
        aWallet({ balance: 25_000 }).pay({ ...forOrder, amount: won(25_000) }),
      );
      expect(next.balance).toBe(0);
    });

    it('refuses 120,000 won out of 15,000 (scenario 4)', () => {
      const wallet = aWallet({ balance: 15_000 });
      expect(refused(wallet.pay({ ...forOrder, amount: won(120_000) }))).toEqual({
        code: 'INSUFFICIENT_BALANCE',
        balance: 15_000,
        required: 120_000,
      });
    });

    it('writes an entry of 0 won for a free order', () => {
      const { next, entry } = accepted(aWallet().pay({ ...forOrder, amount: won(0) }));
      expect(entry).toMatchObject({ sequence: 1, kind: 'PAYMENT', amount: 0, balanceAfter: 0 });
      expect(next.toSnapshot()).toMatchObject({ balance: 0, entries: 1 });
    });
  });

  describe('when an order is refunded', () => {
    it('has the money back', () => {
      const wallet = aWallet({ balance: 59_500, entries: 2 });
      const { next, entry } = wallet.refund({ ...forOrder, amount: won(40_500) });
      expect(next.toSnapshot()).toMatchObject({ balance: 100_000, entries: 3, updatedAt: LATER });
      expect(entry).toEqual({
        id: 7,
        userId: 1,
        sequence: 3,
        kind: 'REFUND',
        amount: 40_500,
        balanceAfter: 100_000,
        orderId: 1001,
        createdAt: LATER,
      });
    });

    it('takes it even above the limit, but no charge after that', () => {
      const { next } = aWallet({ balance: MAX_BALANCE }).refund({ ...forOrder, amount: won(1) });
      expect(next.balance).toBe(MAX_BALANCE + 1);
      expect(refused(next.charge({ ...posting, amount: 1 })).code).toBe('BALANCE_LIMIT_EXCEEDED');
    });
  });
});
