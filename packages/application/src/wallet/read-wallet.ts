import {
  type Instant,
  type Money,
  NOTHING,
  type Result,
  type UserId,
  type WalletEntry,
  type WalletSnapshot,
} from '@jumun/domain';
import type { ServiceBusy } from '../batching/batcher.js';
import type { ReadDesk } from '../batching/read-desk.js';
import type { Clock } from '../ports/clock.js';
import type { WalletQueries } from '../ports/queries.js';
import { type Page, pageOf } from '../page.js';

export interface WalletView {
  readonly userId: UserId;
  readonly balance: Money;
  /** The last movement; for a customer without one, the time of the answer. */
  readonly updatedAt: Instant;
}

/** A customer's balance; 0 for one never seen before. */
export async function readWallet(
  wallets: ReadDesk<UserId, WalletSnapshot>,
  clock: Clock,
  userId: UserId,
): Promise<Result<WalletView, ServiceBusy>> {
  return (await wallets.find(userId)).map((wallet) =>
    wallet === undefined
      ? { userId, balance: NOTHING, updatedAt: clock.now() }
      : { userId, balance: wallet.balance, updatedAt: wallet.updatedAt },
  );
}

/** A customer's ledger, newest first. The cursor is the sequence of the last entry seen. */
export async function listWalletEntries(
  queries: WalletQueries,
  userId: UserId,
  before: number | null,
  limit: number,
): Promise<Page<WalletEntry, number>> {
  const entries = await queries.entries(userId, before, limit + 1);
  return pageOf(entries, limit, ({ sequence }) => sequence);
}
