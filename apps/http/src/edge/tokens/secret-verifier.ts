import { err, ok } from '@jumun/domain';
import { createVerifier, TokenError } from 'fast-jwt';
import type { SecretPolicy } from './token-policy.js';
import type { TokenVerifier, Verdict } from './token-verifier.js';

/** Throws a `TokenError`. */
type Check = (token: string) => unknown;

/**
 * Verifies by shared secrets, HS256 and nothing else. It is not asynchronous: a crowd of strangers would wait for the
 * thread pool, which takes five times as long.
 */
export class SecretVerifier implements TokenVerifier {
  /** Secrets do not change while the process runs. */
  readonly generation = 0;
  private readonly checks: readonly Check[];

  constructor({ secret, otherSecret, issuer, audience }: SecretPolicy) {
    const required = { iss: issuer, aud: audience };
    const requiredClaims = Object.entries(required).flatMap(([claim, value]) =>
      value === null ? [] : [claim],
    );
    const secrets = otherSecret === undefined ? [secret] : [secret, otherSecret];
    this.checks = secrets.map((key) =>
      createVerifier({
        key: Buffer.from(key),
        algorithms: ['HS256'],
        cache: false,
        // Judged by whoever asks, by our own clock.
        ignoreExpiration: true,
        ignoreNotBefore: true,
        requiredClaims,
        ...(issuer === null ? {} : { allowedIss: issuer }),
        ...(audience === null ? {} : { allowedAud: audience }),
      }),
    );
  }

  refresh(): undefined {
    return undefined;
  }

  verify(token: string): Verdict {
    for (const check of this.checks) {
      try {
        return ok(check(token));
      } catch (fault) {
        if (!(fault instanceof TokenError)) throw fault;
      }
    }
    return err('INVALID');
  }
}
