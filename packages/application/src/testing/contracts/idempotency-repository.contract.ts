import { afterSeconds, instant, userId } from '@jumun/domain';
import { NOON } from '@jumun/domain/testing';
import type { IdempotencyKey, RememberedAnswer } from '../../ports/repositories.js';
import type { Transaction } from '../../ports/unit-of-work.js';
import { type Contract, mustEqual, mustReject, type StoreHarness } from './contract.js';
import { FAR_FUTURE, HARD_TEXTS, LONG_TEXT, MOST } from './samples.js';

const keyed = (key: string, user = 1): IdempotencyKey => ({ userId: userId(user), key });

const answered = (
  key: string,
  { user = 1, answer = '{"balance":50000}', fingerprint = 'charge 50000', createdAt = NOON } = {},
): RememberedAnswer => ({ ...keyed(key, user), fingerprint, answer, createdAt });

const remember = (
  { unitOfWork }: StoreHarness,
  ...answers: readonly RememberedAnswer[]
): Promise<void> => unitOfWork.run((tx) => tx.idempotency.remember(answers));

const find = (
  { unitOfWork }: StoreHarness,
  ...keys: readonly IdempotencyKey[]
): Promise<readonly RememberedAnswer[]> => unitOfWork.run((tx) => tx.idempotency.find(keys));

/** What was answered before, else `mine`, remembered: as the desk does it. */
async function answerOnce(tx: Transaction, mine: RememberedAnswer): Promise<string> {
  const [earlier] = await tx.idempotency.find([mine]);
  if (earlier !== undefined) return earlier.answer;
  await tx.idempotency.remember([mine]);
  return mine.answer;
}

/** What a store owes for the answers of idempotency keys. */
export const idempotencyRepositoryContract: Contract<StoreHarness> = [
  {
    sentence: 'finds every answer as it was remembered',
    async check(harness) {
      const visible = Array.from({ length: 94 }, (_, at) => String.fromCharCode(0x21 + at)).join(
        '',
      );
      const answers = [
        answered(visible),
        answered('k'.repeat(255), { createdAt: FAR_FUTURE }),
        answered('long', { answer: JSON.stringify({ text: LONG_TEXT.repeat(20) }) }),
        answered('hard', { answer: JSON.stringify(HARD_TEXTS), user: MOST }),
      ];
      await remember(harness, ...answers);
      mustEqual(new Set(await find(harness, ...answers)), new Set(answers), 'the answers');
    },
  },
  {
    sentence: 'takes keys to the letter, and each customer’s for their own',
    async check(harness) {
      await remember(harness, answered('Key'), answered('key'), answered('key', { user: 2 }));
      const asked = [keyed('key', 2), keyed('Key', 2), keyed('KEY'), keyed('ke'), keyed('key_')];
      mustEqual(await find(harness, ...asked), [answered('key', { user: 2 })], 'the answers');
      mustEqual(await find(harness), [], 'answers for no key');
    },
  },
  {
    sentence: 'remembers no answer of a set in which one key has an answer already',
    async check(harness) {
      await remember(harness, answered('taken'));
      const both = [answered('free'), answered('taken', { answer: '"another"' })];
      await mustReject(remember(harness, ...both), 'a second answer for one key');
      const found = await find(harness, keyed('free'), keyed('taken'));
      mustEqual(found, [answered('taken')], 'the answers');
    },
  },
  {
    sentence: 'remembers nothing for an empty set',
    async check(harness) {
      await remember(harness);
      mustEqual(await find(harness, keyed('any')), [], 'the answers');
    },
  },
  {
    sentence: 'gives callers that race with one key the same answer',
    async check(harness) {
      const callers = [harness.unitOfWork, harness.rival, harness.unitOfWork, harness.rival];
      const answers = await Promise.all(
        callers.map((caller, at) =>
          caller.run((tx) => answerOnce(tx, answered('raced', { answer: `"caller ${at}"` }))),
        ),
      );
      mustEqual(new Set(answers).size, 1, 'how many different answers were given');
    },
  },
  {
    sentence: 'forgets answers older than the time it is told, as many as it is told',
    async check(harness) {
      const { unitOfWork } = harness;
      const old = ['a', 'b', 'c'].map((key) => answered(key, { createdAt: instant(NOON - 1) }));
      await remember(
        harness,
        ...old,
        answered('now'),
        answered('later', { createdAt: FAR_FUTURE }),
      );
      const forget = (limit: number): Promise<number> =>
        unitOfWork.run((tx) => tx.idempotency.forget(NOON, limit));
      mustEqual(await forget(2), 2, 'how many were forgotten at first');
      mustEqual((await find(harness, ...old)).length, 1, 'how many old ones are left');
      mustEqual(await forget(2), 1, 'how many were forgotten then');
      mustEqual(await forget(2), 0, 'how many were forgotten in the end');
      const kept = await find(harness, ...old, keyed('now'), keyed('later'));
      mustEqual(new Set(kept.map(({ key }) => key)), new Set(['now', 'later']), 'what is kept');
      await remember(harness, answered('a', { createdAt: afterSeconds(NOON, 1) }));
    },
  },
];
