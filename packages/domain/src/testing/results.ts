import { InvariantViolation, type Result } from '../index.js';

/** The value of a decision that must have been accepted; throws, naming the refusal, when it was not. */
export function accepted<T, E>(result: Result<T, E>): T {
  if (result.isErr()) throw new Error(`it was refused: ${JSON.stringify(result.error)}`);
  return result.value;
}

/** The refusal of a decision that must have been refused; throws when it was accepted. */
export function refused<T, E>(result: Result<T, E>): E {
  if (result.isOk()) throw new Error('it was accepted');
  return result.error;
}

/**
 * Whether `aggregate` is the same after `decide` as before, be it accepted, refused or thrown out as a broken invariant.
 * Every aggregate owes this for every decision.
 */
export function isUntouchedBy<Aggregate extends { toSnapshot(): unknown }>(
  aggregate: Aggregate,
  decide: (aggregate: Aggregate) => unknown,
): boolean {
  const before = JSON.stringify(aggregate.toSnapshot());
  try {
    decide(aggregate);
  } catch (fault) {
    if (!(fault instanceof InvariantViolation)) throw fault;
  }
  return JSON.stringify(aggregate.toSnapshot()) === before;
}
