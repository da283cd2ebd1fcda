import type { Result } from '@jumun/domain';

/** `INVALID`: it is not to be trusted. `UNKNOWN`: nobody can tell now, because the issuer's keys are not to be had. */
export type Distrust = 'INVALID' | 'UNKNOWN';

/** The claims of a token that is signed by whoever may, for us; their times are still to be judged. */
export type Verdict = Result<unknown, Distrust>;

/** Tells by its signature, algorithm, issuer and audience whether a token is to be trusted. */
export interface TokenVerifier {
  /** Another number as soon as a token that was trusted may not be trusted any more. */
  readonly generation: number;
  /** A promise to wait for before anything is trusted, remembered or not; undefined when there is nothing to wait for. */
  refresh(): Promise<void> | undefined;
  /** Never rejects because of the token. */
  verify(token: string): Verdict | Promise<Verdict>;
}
