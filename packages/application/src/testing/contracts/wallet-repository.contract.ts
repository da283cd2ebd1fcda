import { orderId, type UserId, userId, type WalletEntry } from '@jumun/domain';
import { aWallet, anyWallet } from '@jumun/domain/testing';
import * as fc from 'fast-check';
import { type Contract, mustEqual, mustReject, type StoreHarness } from './contract.js';
import { repositoryContract } from './repository.contract.js';
import { anEntry, FAR_FUTURE, MOST } from './samples.js';

const anyStates = fc
  .sample(anyWallet(), { numRuns: 40, seed: 26 })
  .map((wallet, at) => aWallet({ ...wallet.toSnapshot(), userId: 10_000 + at }));

const append = ({ unitOfWork }: StoreHarness, entries: readonly WalletEntry[]): Promise<void> =>
  unitOfWork.run((tx) => tx.wallets.appendEntries(entries));

const ledger = ({ queries }: StoreHarness, user: UserId): Promise<readonly WalletEntry[]> =>
  queries.wallets.entries(user, null, 100);

/** What a store owes for wallets and their ledgers. It is asked to store ledgers without a wallet or an order. */
export const walletRepositoryContract: Contract<StoreHarness> = [
  ...repositoryContract({
    of: (tx) => tx.wallets,
    idOf: (wallet) => wallet.userId,
    nth: (n) => aWallet({ userId: n }),
    states: [
      aWallet({ userId: 1 }),
      aWallet({ userId: 2, balance: 50_000 }),
      aWallet({ userId: 3, balance: MOST, entries: MOST, updatedAt: FAR_FUTURE }),
      aWallet({ userId: MOST, balance: 1, entries: 1 }),
      ...anyStates,
    ],
    changes: [
      [
        aWallet({ userId: 1 }),
        aWallet({ userId: 1, balance: MOST, entries: 2, updatedAt: FAR_FUTURE }),
      ],
    ],
  }),
  {
    sentence: 'keeps ledger entries of every kind as they were appended',
    async check(harness) {
      const entries = [
        anEntry({ id: MOST, sequence: 1, amount: MOST, balanceAfter: MOST }),
        anEntry({
          id: 2,
          sequence: 2,
          kind: 'PAYMENT',
          amount: -MOST,
          balanceAfter: 0,
          orderId: orderId(MOST),
        }),
        anEntry({
          id: 3,
          sequence: 3,
          kind: 'REFUND',
          amount: 1,
          balanceAfter: 1,
          orderId: orderId(7),
          createdAt: FAR_FUTURE,
        }),
      ];
      await append(harness, entries);
      mustEqual(await ledger(harness, userId(1)), entries.toReversed(), 'the ledger');
    },
  },
  {
    sentence: 'appends no entry of a set in which one number of a ledger is taken',
    async check(harness) {
      await append(harness, [anEntry({ id: 1, sequence: 1 })]);
      const both = [anEntry({ id: 2, sequence: 2 }), anEntry({ id: 3, sequence: 1 })];
      await mustReject(append(harness, both), 'a second entry with the number 1');
      mustEqual((await ledger(harness, userId(1))).length, 1, 'how many entries there are');
    },
  },
  {
    sentence: 'appends nothing for an empty set',
    async check(harness) {
      await append(harness, []);
      mustEqual(await ledger(harness, userId(1)), [], 'the ledger');
    },
  },
];
