import type { Clock } from '../ports/clock.js';

export interface RememberedOptions {
  readonly clock: Clock;
  /** For at least so long, in milliseconds, nobody loads again. */
  readonly forMs: number;
  /** Nor for so many times as long as the last load took: however much there is to load, it keeps nothing busy for long. */
  readonly restTimes: number;
}

/**
 * Answers from memory for a while; those who ask while it loads share one load. It is for what is dear and may be a little
 * old, and who asks often cannot make it dear for others. What failed is not remembered, nor what was loaded at a time
 * that, by a clock that was set back, is still to come.
 */
export function remembered<Answer>(
  load: () => Promise<Answer>,
  { clock, forMs, restTimes }: RememberedOptions,
): () => Promise<Answer> {
  let kept: { readonly answer: Promise<Answer>; from: number; until: number } | null = null;
  const begin = (began: number): Promise<Answer> => {
    const flight = { answer: load(), from: -Infinity, until: Infinity };
    kept = flight;
    return flight.answer.then(
      (answer) => {
        const now = clock.now();
        flight.from = now;
        flight.until = now + Math.max(forMs, restTimes * (now - began));
        return answer;
      },
      (fault: unknown) => {
        kept = null;
        throw fault;
      },
    );
  };
  return () => {
    const now = clock.now();
    return kept !== null && now >= kept.from && now < kept.until ? kept.answer : begin(now);
  };
}
