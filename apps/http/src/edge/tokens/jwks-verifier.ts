import { err, ok } from '@jumun/domain';
import { errors, jwtVerify, type JWTVerifyOptions } from 'jose';
import { RemoteKeys, type RemoteKeysOptions } from './remote-keys.js';
import { CLOCK_TOLERANCE_SECONDS, type JwksPolicy } from './token-policy.js';
import type { TokenVerifier, Verdict } from './token-verifier.js';

/** Only those that sign with a private key: were HS256 among them, the public key would do as a secret. */
const ALGORITHMS = ['RS256', 'PS256', 'ES256', 'EdDSA'];

export interface JwksVerifierOptions extends RemoteKeysOptions {
  /** Milliseconds since 1970. */
  readonly wallClock: () => number;
}

/** Verifies by the keys that an issuer publishes. */
export class JwksVerifier implements TokenVerifier {
  private readonly keys: RemoteKeys;
  private readonly wallClock: () => number;
  private readonly required: JWTVerifyOptions;

  constructor({ jwksUrl, issuer, audience }: JwksPolicy, options: JwksVerifierOptions) {
    this.keys = new RemoteKeys(jwksUrl, options);
    this.wallClock = options.wallClock;
    this.required = {
      algorithms: ALGORITHMS,
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
      ...(issuer === null ? {} : { issuer }),
      ...(audience === null ? {} : { audience }),
    };
  }

  get generation(): number {
    return this.keys.generation;
  }

  refresh(): Promise<void> | undefined {
    return this.keys.refresh();
  }

  async verify(token: string): Promise<Verdict> {
    if (!this.keys.areKnown) await this.keys.lookAgain();
    if (!this.keys.areKnown) return err('UNKNOWN');
    const first = await this.check(token);
    if (first !== 'NO_SUCH_KEY') return first;
    await this.keys.lookAgain();
    const second = await this.check(token);
    if (second !== 'NO_SUCH_KEY') return second;
    // It may be a new key: that is for the issuer to say.
    return err(this.keys.isIssuerAway ? 'UNKNOWN' : 'INVALID');
  }

  private async check(token: string): Promise<Verdict | 'NO_SUCH_KEY'> {
    try {
      const currentDate = new Date(this.wallClock());
      const { payload } = await jwtVerify(token, this.keys.find, { ...this.required, currentDate });
      return ok(payload);
    } catch (fault) {
      if (fault instanceof errors.JWKSNoMatchingKey) return 'NO_SUCH_KEY';
      if (isOfToken(fault)) return err('INVALID');
      throw fault;
    }
  }
}

/** A `TypeError` or `DOMException` tells of a published key that cannot be used for what the token says of itself. */
const isOfToken = (fault: unknown): boolean =>
  fault instanceof errors.JOSEError || fault instanceof TypeError || fault instanceof DOMException;
