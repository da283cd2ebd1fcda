/**
 * A rule of the model that must hold was found broken. It is a fault, never an answer to a customer: the data or the
 * calling code is wrong, and nothing may be saved.
 */
export class InvariantViolation extends Error {
  override readonly name = 'InvariantViolation';
}

/** Throws {@link InvariantViolation} unless `holds`. */
export function invariant(holds: boolean, rule: string): asserts holds {
  if (!holds) throw new InvariantViolation(rule);
}
