import {
  type BalanceLimitExceeded,
  err,
  type InvalidAmount,
  type Money,
  ok,
  type UserId,
  type WalletEntryId,
  walletEntryId,
} from '@jumun/domain';
import type { CommandHandler } from '../batching/command.js';

export interface ChargeWallet {
  readonly userId: UserId;
  /** Won, as the customer asked; the wallet judges it. */
  readonly amount: number;
}

export interface ChargeView {
  /** The ledger entry of the charge. */
  readonly chargeId: WalletEntryId;
  readonly amount: number;
  readonly balance: Money;
}

/** Puts money into a customer's wallet; the first charge opens it. */
export const chargeWallet: CommandHandler<
  ChargeWallet,
  ChargeView,
  InvalidAmount | BalanceLimitExceeded
> = {
  name: 'chargeWallet',
  ids: { walletEntry: 1 },
  customer: ({ userId }) => userId,

  claim({ userId }, claims) {
    claims.wallets.add(userId);
  },

  decide({ userId, amount }, books, now) {
    const entryId = walletEntryId(books.newId('walletEntry'));
    const charged = books.wallet(userId, now).charge({ entryId, amount, at: now });
    if (charged.isErr()) return err(charged.error);
    const { next, entry } = charged.value;
    return ok({
      answer: { chargeId: entry.id, amount, balance: next.balance },
      changes: { wallets: [next], walletEntries: [entry] },
    });
  },
};
