import { err, ok, type Result } from 'neverthrow';
import type { OrderId, UserId, WalletEntryId } from '../shared/ids.js';
import type { Instant } from '../shared/instant.js';
import { invariant } from '../shared/invariant.js';
import { minus, type Money, NOTHING, plus, won } from '../shared/money.js';

/** The least won of one charge. */
export const MIN_CHARGE = 1;
/** The most won of one charge. */
export const MAX_CHARGE = 10_000_000;
/** A charge never lifts a wallet above this many won. A refund may: the customer's own money is never refused. */
export const MAX_BALANCE = 1_000_000_000;

/** A wallet as it is stored. `entries` is how many ledger entries it has: the last one's `sequence`. */
export interface WalletSnapshot {
  readonly userId: UserId;
  readonly balance: Money;
  readonly entries: number;
  readonly updatedAt: Instant;
}

/** Why money moved. A new one is a new major version. */
export type WalletEntryKind = 'CHARGE' | 'PAYMENT' | 'REFUND';

/**
 * One line of the ledger. A wallet's entries are numbered 1, 2, 3, … without a gap, and each one's `balanceAfter` is the
 * one before plus `amount`, so the whole ledger can be audited row by row.
 */
export interface WalletEntry {
  readonly id: WalletEntryId;
  readonly userId: UserId;
  readonly sequence: number;
  readonly kind: WalletEntryKind;
  /** Signed won: positive into the wallet, negative out of it. */
  readonly amount: number;
  readonly balanceAfter: Money;
  readonly orderId: OrderId | null;
  readonly createdAt: Instant;
}

/** An accepted movement: the wallet from now on, and the line for its ledger. */
export interface WalletMovement {
  readonly next: Wallet;
  readonly entry: WalletEntry;
}

/** A charge is a whole number of won from {@link MIN_CHARGE} to {@link MAX_CHARGE}. */
export interface InvalidAmount {
  readonly code: 'INVALID_AMOUNT';
  readonly min: number;
  readonly max: number;
}

/** The charge would lift the balance above {@link MAX_BALANCE}. */
export interface BalanceLimitExceeded {
  readonly code: 'BALANCE_LIMIT_EXCEEDED';
  readonly balance: Money;
  readonly limit: number;
}

/** The wallet holds less than is required. */
export interface InsufficientBalance {
  readonly code: 'INSUFFICIENT_BALANCE';
  readonly balance: Money;
  readonly required: Money;
}

interface Posting {
  readonly entryId: WalletEntryId;
  readonly at: Instant;
}

interface OrderPosting extends Posting {
  readonly orderId: OrderId;
  readonly amount: Money;
}

/** A customer's prepaid balance: the sum of its ledger entries, never below zero. */
export class Wallet {
  private constructor(private readonly state: WalletSnapshot) {}

  /** The wallet of a customer never seen before: empty, without an entry. */
  static open(userId: UserId, at: Instant): Wallet {
    return new Wallet({ userId, balance: NOTHING, entries: 0, updatedAt: at });
  }

  /** For repositories: a wallet as it was stored. Throws when the stored state breaks an invariant. */
  static rehydrate(snapshot: WalletSnapshot): Wallet {
    const { userId, balance, entries, updatedAt } = snapshot;
    invariant(Number.isSafeInteger(entries) && entries >= 0, `ledger entries: ${entries}`);
    invariant(entries > 0 || balance === 0, `a balance of ${balance} without a ledger entry`);
    return new Wallet({ userId, balance: won(balance), entries, updatedAt });
  }

  get userId(): UserId {
    return this.state.userId;
  }

  get balance(): Money {
    return this.state.balance;
  }

  /** Puts money in. `amount` is whatever the customer asked for: only 1 to 10,000,000 whole won are taken. */
  charge(
    charge: Posting & { readonly amount: number },
  ): Result<WalletMovement, InvalidAmount | BalanceLimitExceeded> {
    const { amount } = charge;
    if (!Number.isSafeInteger(amount) || amount < MIN_CHARGE || amount > MAX_CHARGE) {
      return err({ code: 'INVALID_AMOUNT', min: MIN_CHARGE, max: MAX_CHARGE });
    }
    if (this.balance + amount > MAX_BALANCE) {
      return err({ code: 'BALANCE_LIMIT_EXCEEDED', balance: this.balance, limit: MAX_BALANCE });
    }
    return ok(this.move('CHARGE', plus(this.balance, won(amount)), { ...charge, orderId: null }));
  }

  /** Whether `required` could be paid now; it moves nothing. */
  afford(required: Money): Result<this, InsufficientBalance> {
    return required > this.balance
      ? err({ code: 'INSUFFICIENT_BALANCE', balance: this.balance, required })
      : ok(this);
  }

  /** Takes an order's total out. A free order's payment is an entry of 0 won. */
  pay(payment: OrderPosting): Result<WalletMovement, InsufficientBalance> {
    return this.afford(payment.amount).map(() =>
      this.move('PAYMENT', minus(this.balance, payment.amount), payment),
    );
  }

  /** Gives an order's total back, whatever the balance limit says. */
  refund(refund: OrderPosting): WalletMovement {
    return this.move('REFUND', plus(this.balance, refund.amount), refund);
  }

  toSnapshot(): WalletSnapshot {
    return { ...this.state };
  }

  private move(
    kind: WalletEntryKind,
    balanceAfter: Money,
    { entryId, orderId, at }: Posting & { readonly orderId: OrderId | null },
  ): WalletMovement {
    const { userId } = this;
    const sequence = this.state.entries + 1;
    return {
      next: new Wallet({ userId, balance: balanceAfter, entries: sequence, updatedAt: at }),
      entry: {
        id: entryId,
        userId,
        sequence,
        kind,
        amount: balanceAfter - this.balance,
        balanceAfter,
        orderId,
        createdAt: at,
      },
    };
  }
}
