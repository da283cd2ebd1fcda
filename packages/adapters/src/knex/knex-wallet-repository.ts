import type { WalletRepository } from '@jumun/application';
import {
  type Instant,
  type Money,
  type UserId,
  Wallet,
  type WalletEntry,
  type WalletSnapshot,
} from '@jumun/domain';
import { KeyedTable, valuesOf } from './keyed-table.js';
import type { SqlSession } from './sql-session.js';

/** A row of `wallets`. */
export type WalletRow = {
  readonly user_id: UserId;
  readonly balance: Money;
  readonly entries: number;
  readonly updated_at: Instant;
};

/** A row of `wallet_entries`. */
export type WalletEntryRow = {
  readonly user_id: UserId;
  readonly sequence: number;
  readonly id: WalletEntry['id'];
  readonly kind: WalletEntry['kind'];
  readonly amount: number;
  readonly balance_after: Money;
  readonly order_id: WalletEntry['orderId'];
  readonly created_at: Instant;
};

export const WALLET_COLUMNS = ['user_id', 'balance', 'entries', 'updated_at'] as const;

export const WALLET_ENTRY_COLUMNS = [
  'user_id',
  'sequence',
  'id',
  'kind',
  'amount',
  'balance_after',
  'order_id',
  'created_at',
] as const satisfies readonly (keyof WalletEntryRow)[];

export class KnexWalletRepository
  extends KeyedTable<UserId, Wallet, WalletRow>
  implements WalletRepository
{
  constructor(private readonly connection: SqlSession) {
    super(connection, {
      table: 'wallets',
      key: 'user_id',
      fixed: [],
      changing: ['balance', 'entries', 'updated_at'],
      idOf: (wallet) => wallet.userId,
      toRow: toWalletRow,
      fromRow: (row) => Wallet.rehydrate(toWalletSnapshot(row)),
    });
  }

  appendEntries(entries: readonly WalletEntry[]): Promise<void> {
    const rows = entries.map((entry) => valuesOf(toWalletEntryRow(entry), WALLET_ENTRY_COLUMNS));
    return this.connection.insertMany('wallet_entries', WALLET_ENTRY_COLUMNS, rows);
  }
}

function toWalletRow(wallet: Wallet): WalletRow {
  const { userId, balance, entries, updatedAt } = wallet.toSnapshot();
  return { user_id: userId, balance, entries, updated_at: updatedAt };
}

export const toWalletSnapshot = (row: WalletRow): WalletSnapshot => ({
  userId: row.user_id,
  balance: row.balance,
  entries: row.entries,
  updatedAt: row.updated_at,
});

const toWalletEntryRow = (entry: WalletEntry): WalletEntryRow => ({
  user_id: entry.userId,
  sequence: entry.sequence,
  id: entry.id,
  kind: entry.kind,
  amount: entry.amount,
  balance_after: entry.balanceAfter,
  order_id: entry.orderId,
  created_at: entry.createdAt,
});

export const toWalletEntry = (row: WalletEntryRow): WalletEntry => ({
  id: row.id,
  userId: row.user_id,
  sequence: row.sequence,
  kind: row.kind,
  amount: row.amount,
  balanceAfter: row.balance_after,
  orderId: row.order_id,
  createdAt: row.created_at,
});
