import type { Instant, Result, UserId } from '@jumun/domain';
import type { IdKind } from '../ports/id-source.js';
import type { Books, Changes } from './books.js';
import type { Claims } from './claims.js';

/** A refusal is plain data with a stable code. */
export interface Refusal {
  readonly code: string;
}

/** What an accepted command answers, and what it does to the books. */
export interface Decision<Answer> {
  readonly answer: Answer;
  readonly changes: Changes;
}

/**
 * One kind of command: what it needs, and how it is decided. `decide` is pure: it reads the books and returns what is to
 * change, so a refused command leaves nothing behind, and any number of commands can share a transaction.
 *
 * `Answer` is plain data that survives JSON unchanged, because it may be remembered under an idempotency key.
 */
export interface CommandHandler<Command, Answer, Refused extends Refusal> {
  /** A verb phrase, unique among all commands. */
  readonly name: string;
  /** Ids that one such command may use up. */
  readonly ids: Readonly<Partial<Record<IdKind, number>>>;
  /** Whose command it is: customers with many commands take turns. Without it the order of arrival alone counts. */
  customer?(command: Command): UserId;
  /** Whether it begins what later commands finish: when the shop is busy, those go first. */
  readonly begins?: boolean;
  /** What is contended for, where it pays to let only one process at a time try. */
  contention?(command: Command): string;
  /** The refusal that is certain without a look at the books, or undefined. Asked when the command's batch begins. */
  foresee?(command: Command, now: Instant): Refused | undefined;
  claim(command: Command, claims: Claims): void;
  decide(command: Command, books: Books, now: Instant): Result<Decision<Answer>, Refused>;
}

/** A customer's promise that requests under one key are one request. */
export interface Idempotency {
  readonly userId: UserId;
  readonly key: string;
  /** The same for the same request, another for another one; at most 2,000 characters, so a digest where requests are long. */
  readonly fingerprint: string;
}

/** The key was used for another request. */
export interface IdempotencyKeyReused {
  readonly code: 'IDEMPOTENCY_KEY_REUSED';
}

export interface Answered<Answer> {
  readonly answer: Answer;
  /** Whether this is the first answer again, and nothing was done this time. */
  readonly replayed: boolean;
}
