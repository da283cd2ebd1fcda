import { err, ok, type Result, userId } from '@jumun/domain';
import { createVerifier, TokenError } from 'fast-jwt';
import { SignJWT } from 'jose';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import type { Refusal } from '../problems.js';
import type { Access, Customer } from '../routes/route.js';

export interface TokenPolicy {
  /** Signs and verifies by HS256. */
  readonly secret: string;
  /** What `iss` and `aud` must be; `null`: whatever they are. */
  readonly issuer: string | null;
  readonly audience: string | null;
}

const OPERATOR = 'operator';
const BEARER = /^Bearer +([\w-]+\.[\w-]+\.[\w-]+)$/i;

const claims = z.object({
  sub: z
    .string()
    .regex(/^[1-9]\d{0,15}$/)
    .transform(Number)
    .pipe(z.int()),
  roles: z.array(z.string()).default([]),
  exp: z.number().default(Number.POSITIVE_INFINITY),
  nbf: z.number().default(0),
});

/** Tokens that are remembered at most: looking one up takes a tenth of the time of verifying it. */
const MOST_TOKENS = 10_000;
/** A remembered token is verified again after so long, whatever its own time. */
const REMEMBERED_MS = 300_000;

interface Verified {
  readonly customer: Customer;
  /** Seconds since 1970, as in the token: the first moment at which it is no longer good. */
  readonly expiresAt: number;
}

/** Tells customers by their bearer tokens, and makes such tokens where nobody else does. */
export class Authentication {
  private readonly key: Uint8Array;
  /**
   * Checks signature, algorithm, issuer and audience, and throws a `TokenError`. It is not asynchronous: a crowd of strangers
   * would wait for the thread pool, which takes five times as long.
   */
  private readonly check: (token: string) => unknown;
  /** By the header that was sent. */
  private readonly verified = new LRUCache<string, Verified>({
    max: MOST_TOKENS,
    ttl: REMEMBERED_MS,
  });

  /** `now`: milliseconds since 1970. */
  constructor(
    private readonly policy: TokenPolicy,
    private readonly now: () => number = Date.now,
  ) {
    const { secret, issuer, audience } = policy;
    this.key = new TextEncoder().encode(secret);
    const required = { iss: issuer, aud: audience };
    this.check = createVerifier({
      key: Buffer.from(secret),
      algorithms: ['HS256'],
      cache: false,
      // Judged here, by our clock.
      ignoreExpiration: true,
      ignoreNotBefore: true,
      requiredClaims: Object.entries(required).flatMap(([claim, value]) =>
        value === null ? [] : [claim],
      ),
      ...(issuer === null ? {} : { allowedIss: issuer }),
      ...(audience === null ? {} : { allowedAud: audience }),
    });
  }

  /** Who asks, and may they? On a public route nobody is asked, whatever token they carry. */
  async admit(
    access: Access,
    authorization: string | undefined,
  ): Promise<Result<Customer | null, Refusal>> {
    if (access === 'public') return ok(null);
    if (authorization === undefined) return err({ code: 'UNAUTHENTICATED', challenge: 'Bearer' });
    const customer = this.recall(authorization) ?? this.verify(authorization);
    if (customer === null) {
      return err({ code: 'UNAUTHENTICATED', challenge: 'Bearer error="invalid_token"' });
    }
    const allowed = access === 'customer' || customer.roles.includes(OPERATOR);
    return allowed ? ok(customer) : err({ code: 'FORBIDDEN' });
  }

  /** A token for the customer, good for `seconds`. */
  async issue(customer: number, roles: readonly string[], seconds: number): Promise<string> {
    const { issuer, audience } = this.policy;
    const token = new SignJWT({ roles: [...roles] })
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject(String(customer))
      .setIssuedAt()
      .setExpirationTime(`${seconds}s`);
    if (issuer !== null) token.setIssuer(issuer);
    if (audience !== null) token.setAudience(audience);
    return token.sign(this.key);
  }

  /** Whoever sent this header before, while their token is still good. */
  private recall(authorization: string): Customer | undefined {
    const verified = this.verified.get(authorization);
    if (verified === undefined) return undefined;
    return this.seconds() < verified.expiresAt ? verified.customer : undefined;
  }

  private verify(authorization: string): Customer | null {
    const token = BEARER.exec(authorization)?.[1];
    if (token === undefined) return null;
    try {
      const read = claims.safeParse(this.check(token));
      if (!read.success) return null;
      const { sub, roles, exp, nbf } = read.data;
      if (this.seconds() < nbf || this.seconds() >= exp) return null;
      const customer = { userId: userId(sub), roles };
      this.verified.set(authorization, { customer, expiresAt: exp });
      return customer;
    } catch (fault) {
      if (fault instanceof TokenError) return null;
      throw fault;
    }
  }

  /** Now, as tokens tell the time. */
  private seconds(): number {
    return Math.floor(this.now() / 1_000);
  }
}
