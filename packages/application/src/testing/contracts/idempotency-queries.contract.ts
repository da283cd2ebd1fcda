import { userId } from '@jumun/domain';
import { NOON } from '@jumun/domain/testing';
import { type Contract, mustEqual, type StoreHarness } from './contract.js';

/** What reads of remembered answers owe. */
export const idempotencyQueriesContract: Contract<StoreHarness> = [
  {
    sentence: 'finds committed answers, to the letter of their keys and by customer',
    async check({ unitOfWork, queries }) {
      const answer = {
        userId: userId(1),
        key: 'Key-1',
        fingerprint: 'place 101',
        answer: '{"id":1001}',
        createdAt: NOON,
      };
      await unitOfWork.run((tx) => tx.idempotency.remember([answer]));
      const found = await queries.idempotency.find([
        { userId: userId(1), key: 'Key-1' },
        { userId: userId(1), key: 'key-1' },
        { userId: userId(2), key: 'Key-1' },
      ]);
      mustEqual(found, [answer], 'the answers');
      mustEqual(await queries.idempotency.find([]), [], 'answers for no key');
    },
  },
  {
    sentence: 'answers a ping',
    async check({ queries }) {
      mustEqual(await queries.ping(), undefined, 'the answer to a ping');
    },
  },
];
