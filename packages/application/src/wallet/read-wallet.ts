import { type Instant, type Money, NOTHING, type UserId, type WalletEntry } from '@jumun/domain';
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
  queries: WalletQueries,
  clock: Clock,
  userId: UserId,
): Promise<WalletView> {
  const wallet = (await queries.findMany([userId])).get(userId);
  return wallet === undefined
    ? { userId, balance: NOTHING, updatedAt: clock.now() }
    : { userId, balance: wallet.balance, updatedAt: wallet.updatedAt };
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
