import type { WalletQueries } from '@jumun/application';
import type { UserId, WalletEntry, WalletSnapshot } from '@jumun/domain';
import type { Database } from './database.js';
import { ascending } from './keyed-table.js';
import {
  toWalletEntry,
  toWalletSnapshot,
  WALLET_COLUMNS,
  WALLET_ENTRY_COLUMNS,
  type WalletEntryRow,
  type WalletRow,
} from './knex-wallet-repository.js';

const SELECT_WALLETS = `SELECT ${WALLET_COLUMNS.join(', ')} FROM wallets`;
const SELECT_ENTRIES = `SELECT ${WALLET_ENTRY_COLUMNS.join(', ')} FROM wallet_entries`;

export class KnexWalletQueries implements WalletQueries {
  constructor(private readonly database: Database) {}

  async findMany(userIds: readonly UserId[]): Promise<ReadonlyMap<UserId, WalletSnapshot>> {
    const rows = await this.database.read((session) =>
      session.selectByKeys<WalletRow>(
        { select: SELECT_WALLETS, key: ['user_id'] },
        ascending(userIds),
      ),
    );
    return new Map(rows.map((row) => [row.user_id, toWalletSnapshot(row)]));
  }

  async entries(
    userId: UserId,
    before: number | null,
    limit: number,
  ): Promise<readonly WalletEntry[]> {
    const rows = await this.database.read((session) =>
      session.all<WalletEntryRow>(
        `${SELECT_ENTRIES} WHERE user_id = ? AND sequence < ? ORDER BY sequence DESC LIMIT ?`,
        [userId, before ?? Number.MAX_SAFE_INTEGER, limit],
      ),
    );
    return rows.map(toWalletEntry);
  }
}
