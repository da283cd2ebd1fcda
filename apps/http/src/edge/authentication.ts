import { webcrypto } from 'node:crypto';
import { err, ok, type Result, userId } from '@jumun/domain';
import { errors, jwtVerify, SignJWT } from 'jose';
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
const HS256 = { name: 'HMAC', hash: 'SHA-256' };
const BEARER = /^Bearer +([\w-]+\.[\w-]+\.[\w-]+)$/i;

const claims = z.object({
  sub: z
    .string()
    .regex(/^[1-9]\d{0,15}$/)
    .transform(Number)
    .pipe(z.int()),
  roles: z.array(z.string()).default([]),
  exp: z.number().default(Number.POSITIVE_INFINITY),
});

/** Tokens that are remembered at most. Verifying one takes longer than all else that is done for a request at the edge. */
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
  /** Made once: making it of the secret's bytes takes as long as verifying a token by it. */
  private readonly key: Promise<webcrypto.CryptoKey>;
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
    const bytes = new TextEncoder().encode(policy.secret);
    this.key = webcrypto.subtle.importKey('raw', bytes, HS256, false, ['sign', 'verify']);
  }

  /** Who asks, and may they? On a public route nobody is asked, whatever token they carry. */
  async admit(
    access: Access,
    authorization: string | undefined,
  ): Promise<Result<Customer | null, Refusal>> {
    if (access === 'public') return ok(null);
    if (authorization === undefined) return err({ code: 'UNAUTHENTICATED', challenge: 'Bearer' });
    const customer = this.recall(authorization) ?? (await this.verify(authorization));
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
    return token.sign(await this.key);
  }

  /** Whoever sent this header before, while their token is still good. */
  private recall(authorization: string): Customer | undefined {
    const verified = this.verified.get(authorization);
    if (verified === undefined) return undefined;
    return Math.floor(this.now() / 1_000) < verified.expiresAt ? verified.customer : undefined;
  }

  private async verify(authorization: string): Promise<Customer | null> {
    const token = BEARER.exec(authorization)?.[1];
    if (token === undefined) return null;
    const { issuer, audience } = this.policy;
    try {
      const { payload } = await jwtVerify(token, await this.key, {
        algorithms: ['HS256'],
        currentDate: new Date(this.now()),
        ...(issuer === null ? {} : { issuer }),
        ...(audience === null ? {} : { audience }),
      });
      const read = claims.safeParse(payload);
      if (!read.success) return null;
      const { sub, roles, exp } = read.data;
      const customer = { userId: userId(sub), roles };
      this.verified.set(authorization, { customer, expiresAt: exp });
      return customer;
    } catch (fault) {
      if (fault instanceof errors.JOSEError) return null;
      throw fault;
    }
  }
}
