import { err, type Instant, ok, type Result } from '@jumun/domain';
import type { IdempotencyQueries } from '../ports/queries.js';
import type {
  IdempotencyKey,
  IdempotencyRepository,
  RememberedAnswer,
} from '../ports/repositories.js';
import type { Answered, Idempotency, IdempotencyKeyReused } from './command.js';

/** What was answered under the idempotency keys of a batch. Only accepted commands are remembered, never a refusal. */
export class AnswerBook {
  private readonly fresh: RememberedAnswer[] = [];

  private constructor(
    private readonly repository: IdempotencyRepository,
    private readonly known: Map<string, RememberedAnswer>,
  ) {}

  static async open(
    repository: IdempotencyRepository,
    keys: readonly IdempotencyKey[],
  ): Promise<AnswerBook> {
    const found = keys.length === 0 ? [] : await repository.find(keys);
    return new AnswerBook(repository, new Map(found.map((answer) => [keyOf(answer), answer])));
  }

  /** The first answer again, or that the key was used for something else, or null for a key never seen. */
  recall(idempotency: Idempotency): Result<Answered<unknown>, IdempotencyKeyReused> | null {
    const answer = this.known.get(keyOf(idempotency));
    return answer === undefined ? null : replay(answer, idempotency);
  }

  note({ userId, key, fingerprint }: Idempotency, answer: unknown, createdAt: Instant): void {
    const noted = { userId, key, fingerprint, answer: JSON.stringify(answer), createdAt };
    this.known.set(keyOf(noted), noted);
    this.fresh.push(noted);
  }

  async save(): Promise<void> {
    await this.repository.remember(this.fresh);
  }
}

/** What was answered under each of these keys, by the key itself. */
export async function findAnswers(
  queries: IdempotencyQueries,
  keys: readonly IdempotencyKey[],
): Promise<ReadonlyMap<IdempotencyKey, RememberedAnswer>> {
  const found = new Map((await queries.find(keys)).map((answer) => [keyOf(answer), answer]));
  return new Map(
    keys.flatMap((key) => {
      const answer = found.get(keyOf(key));
      return answer === undefined ? [] : [[key, answer] as const];
    }),
  );
}

/** What a request gets whose key has an answer. */
export function replay<Answer>(
  remembered: RememberedAnswer,
  { fingerprint }: Idempotency,
): Result<Answered<Answer>, IdempotencyKeyReused> {
  return remembered.fingerprint === fingerprint
    ? ok({ answer: JSON.parse(remembered.answer) as Answer, replayed: true })
    : err({ code: 'IDEMPOTENCY_KEY_REUSED' });
}

const keyOf = ({ userId, key }: IdempotencyKey): string => `${userId}:${key}`;
