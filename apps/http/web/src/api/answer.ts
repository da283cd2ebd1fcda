import type { Method, ProblemOf, Schemas, ValueOf } from './document.js';

/** A problem that passes by itself: the client waits and asks again, with the same Idempotency-Key where there is one. */
export const PASSING_CODES = [
  'RATE_LIMITED',
  'SERVICE_BUSY',
  'DEPENDENCY_UNAVAILABLE',
  'OUTCOME_UNKNOWN',
  'NOT_READY',
  'REQUEST_TIMEOUT',
] as const satisfies readonly Problem['code'][];
export type PassingCode = (typeof PASSING_CODES)[number];

/** What keeps an answer from coming: a passing problem, or no answer at all. */
export type Hindrance = PassingCode | 'CONNECTION_LOST';

/** Every problem of the document, by its schemas. */
export type Problem = Extract<Schemas[keyof Schemas], { readonly code: string }>;

/** The person stopped waiting, or left. `mayBeDone`: something was sent, and nobody said what became of it. */
export interface GivenUp {
  readonly code: 'GIVEN_UP';
  readonly hindrance: Hindrance | null;
  readonly mayBeDone: boolean;
}

/** Neither a value nor a problem: something between the page and the shop answered in its stead. */
export interface UnreadableAnswer {
  readonly code: 'UNREADABLE_ANSWER';
  readonly status: number;
}

/** What can be told to the person when it did not go well. */
export type Refusal = Exclude<Problem, { readonly code: PassingCode }> | GivenUp | UnreadableAnswer;
export type RefusalCode = Refusal['code'];

/** The refusals of one operation. */
export type RefusalOf<M extends Method, P> =
  Exclude<ProblemOf<M, P>, { readonly code: PassingCode }> | GivenUp | UnreadableAnswer;

/** How an operation ended: with a value, or with why not. */
export type Answer<Value, Refused> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly refusal: Refused };

export type AnswerOf<M extends Method, P> = Answer<ValueOf<M, P>, RefusalOf<M, P>>;

/** A value as an answer. */
export const answered = <Value>(value: Value) => ({ ok: true, value }) as const;

/** A refusal as an answer. */
export const refused = <Refused>(refusal: Refused) => ({ ok: false, refusal }) as const;

/** Whether a problem passes by itself. */
export const isPassing = (code: string): code is PassingCode =>
  (PASSING_CODES as readonly string[]).includes(code);
