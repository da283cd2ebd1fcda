import type { IdempotencyKey, IdempotencyRepository, RememberedAnswer } from '@jumun/application';
import type { Instant, UserId } from '@jumun/domain';
import { valuesOf } from './keyed-table.js';
import type { SqlSession } from './sql-session.js';

type AnswerRow = {
  readonly user_id: UserId;
  readonly idempotency_key: string;
  readonly fingerprint: string;
  readonly answer: string;
  readonly created_at: Instant;
};

const COLUMNS = [
  'user_id',
  'idempotency_key',
  'fingerprint',
  'answer',
  'created_at',
] as const satisfies readonly (keyof AnswerRow)[];

export class KnexIdempotencyRepository implements IdempotencyRepository {
  constructor(private readonly session: SqlSession) {}

  find(keys: readonly IdempotencyKey[]): Promise<readonly RememberedAnswer[]> {
    return findAnswers(this.session, keys);
  }

  remember(answers: readonly RememberedAnswer[]): Promise<void> {
    const rows = answers.map((answer) => valuesOf(toAnswerRow(answer), COLUMNS));
    return this.session.insertMany('idempotency_answers', COLUMNS, rows);
  }

  async forget(before: Instant, limit: number): Promise<number> {
    const old = await this.session.all<Pick<AnswerRow, 'user_id' | 'idempotency_key'>>(
      `SELECT user_id, idempotency_key FROM idempotency_answers
       WHERE created_at < ? ORDER BY created_at LIMIT ?`,
      [before, limit],
    );
    for (const row of old) {
      await this.session.run(
        'DELETE FROM idempotency_answers WHERE user_id = ? AND idempotency_key = ?',
        [row.user_id, row.idempotency_key],
      );
    }
    return old.length;
  }
}

/** The answers of these keys; of a key that is named twice, once. */
export async function findAnswers(
  session: SqlSession,
  keys: readonly IdempotencyKey[],
): Promise<readonly RememberedAnswer[]> {
  const distinct = new Map(keys.map(({ userId, key }) => [`${userId}:${key}`, [userId, key]]));
  const rows = await session.selectByKeys<AnswerRow>(
    {
      select: `SELECT ${COLUMNS.join(', ')} FROM idempotency_answers`,
      key: ['user_id', 'idempotency_key'],
    },
    [...distinct.values()],
  );
  return rows.map(toAnswer);
}

const toAnswerRow = (answer: RememberedAnswer): AnswerRow => ({
  user_id: answer.userId,
  idempotency_key: answer.key,
  fingerprint: answer.fingerprint,
  answer: answer.answer,
  created_at: answer.createdAt,
});

const toAnswer = (row: AnswerRow): RememberedAnswer => ({
  userId: row.user_id,
  key: row.idempotency_key,
  fingerprint: row.fingerprint,
  answer: row.answer,
  createdAt: row.created_at,
});
