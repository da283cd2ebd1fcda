import type { Command } from 'fast-check';

/** A fast-check model command from a sentence and what it does to the model and to the real thing. */
export const command = <Model extends object, Real>(
  sentence: string,
  run: (model: Model, real: Real) => void,
): Command<Model, Real> => ({
  check: () => true,
  run,
  toString: () => sentence,
});
