import { userId } from '@jumun/domain';
import { aWallet } from '@jumun/domain/testing';
import { type Contract, mustEqual, type StoreHarness } from './contract.js';
import { anEntry, FAR_FUTURE, MOST } from './samples.js';

const sequences = async (
  { queries }: StoreHarness,
  before: number | null,
  limit: number,
): Promise<readonly number[]> =>
  (await queries.wallets.entries(userId(1), before, limit)).map(({ sequence }) => sequence);

/** What reads of wallets owe. */
export const walletQueriesContract: Contract<StoreHarness> = [
  {
    sentence: 'finds the wallets that are there, and leaves out the others',
    async check({ unitOfWork, queries }) {
      const rich = aWallet({ userId: 2, balance: MOST, entries: 3, updatedAt: FAR_FUTURE });
      await unitOfWork.run((tx) => tx.wallets.addMany([aWallet({ userId: 1 }), rich]));
      const found = await queries.wallets.findMany([2, 3, 1, 2].map(userId));
      mustEqual(new Set(found.keys()), new Set([1, 2]), 'the customers');
      mustEqual(found.get(userId(2)), rich.toSnapshot(), 'the wallet');
      mustEqual((await queries.wallets.findMany([])).size, 0, 'wallets found for no id');
    },
  },
  {
    sentence: 'lists a ledger by its numbers, newest first, below the cursor, up to the limit',
    async check(harness) {
      const entries = [3, 1, 12, 2, 4, 5, 11, 6, 7, 8, 9, 10].map((sequence) =>
        anEntry({ id: 100 - sequence, sequence }),
      );
      const another = anEntry({ id: 200, user: 2, sequence: 13 });
      await harness.unitOfWork.run((tx) => tx.wallets.appendEntries([...entries, another]));
      mustEqual(await sequences(harness, null, 3), [12, 11, 10], 'the first page');
      mustEqual(await sequences(harness, 10, 3), [9, 8, 7], 'the page below 10');
      mustEqual(await sequences(harness, 3, 3), [2, 1], 'the last page');
      mustEqual(await sequences(harness, 1, 3), [], 'the page below the first entry');
      mustEqual((await sequences(harness, null, 100)).length, 12, 'entries of the customer');
    },
  },
];
