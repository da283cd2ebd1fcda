import { randomBytes } from 'node:crypto';
import { err, ok, type Result, userId } from '@jumun/domain';
import { SignJWT } from 'jose';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import type { Refusal } from '../problems.js';
import type { Access, Customer } from '../routes/route.js';
import { JwksVerifier } from './tokens/jwks-verifier.js';
import { SecretVerifier } from './tokens/secret-verifier.js';
import { CLOCK_TOLERANCE_SECONDS, type TokenPolicy } from './tokens/token-policy.js';
import type { Distrust, TokenVerifier, Verdict } from './tokens/token-verifier.js';

export type { TokenPolicy } from './tokens/token-policy.js';

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
const PASS_BYTES = 32;

interface Verified {
  readonly customer: Customer;
  /** Seconds since 1970, as in the token: the first moment at which it is no longer good. */
  readonly expiresAt: number;
  /** Of the keys by which it was verified; `null`: by none. */
  readonly generation: number | null;
}

export interface AuthenticationOptions {
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  /** Milliseconds, of a clock that never goes back. */
  readonly steadyClock?: () => number;
  /** Hears when the issuer's keys are not to be had. */
  readonly onFault?: (fault: unknown) => void;
}

/** Tells customers by their bearer tokens, and makes such tokens where nobody else does. */
export class Authentication {
  private readonly now: () => number;
  private readonly verifier: TokenVerifier;
  /** By the header that was sent. */
  private readonly verified = new LRUCache<string, Verified>({
    max: MOST_TOKENS,
    ttl: REMEMBERED_MS,
  });

  constructor(
    private readonly policy: TokenPolicy,
    options: AuthenticationOptions = {},
  ) {
    const { now = Date.now, steadyClock, onFault } = options;
    this.now = now;
    this.verifier =
      'secret' in policy
        ? new SecretVerifier(policy)
        : new JwksVerifier(policy, { wallClock: now, steadyClock, onFault });
  }

  /** Gets the issuer's keys, if there are any to get, so that the first customers need not wait for them. Never rejects. */
  async prepare(): Promise<void> {
    await this.verifier.refresh();
  }

  /** Who asks, and may they? On a public route nobody is asked, whatever token they carry. */
  async admit(
    access: Access,
    authorization: string | undefined,
  ): Promise<Result<Customer | null, Refusal>> {
    if (access === 'public') return ok(null);
    if (authorization === undefined) return err({ code: 'UNAUTHENTICATED', challenge: 'Bearer' });
    const refreshing = this.verifier.refresh();
    if (refreshing !== undefined) await refreshing;
    const known = this.recall(authorization);
    const customer = known === undefined ? await this.verify(authorization) : ok(known);
    if (customer.isErr()) {
      return err(
        customer.error === 'UNKNOWN'
          ? { code: 'DEPENDENCY_UNAVAILABLE' }
          : { code: 'UNAUTHENTICATED', challenge: 'Bearer error="invalid_token"' },
      );
    }
    const allowed = access === 'customer' || customer.value.roles.includes(OPERATOR);
    return allowed ? ok(customer.value) : err({ code: 'FORBIDDEN' });
  }

  /**
   * A token for the customer, good for `seconds`. It is verified at once, so that its first use costs no more than the
   * others. Only who has a secret can make one; else it throws.
   */
  async issue(customer: number, roles: readonly string[], seconds: number): Promise<string> {
    if (!('secret' in this.policy)) throw new TypeError('there is nothing to sign tokens with');
    const { secret, issuer, audience } = this.policy;
    const token = new SignJWT({ roles: [...roles] })
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject(String(customer))
      .setIssuedAt(this.seconds())
      .setExpirationTime(this.seconds() + seconds);
    if (issuer !== null) token.setIssuer(issuer);
    if (audience !== null) token.setAudience(audience);
    const signed = await token.sign(new TextEncoder().encode(secret));
    const known = await this.verify(`Bearer ${signed}`);
    if (known.isErr()) throw new RangeError('the token is good for nothing');
    return signed;
  }

  /** What is as good as a token of that customer in this process, and nowhere else, for `seconds`, whoever issues tokens. */
  pass(customer: number, seconds: number): string {
    const pass = randomBytes(PASS_BYTES).toString('base64url');
    this.verified.set(`Bearer ${pass}`, {
      customer: { userId: userId(customer), roles: [] },
      expiresAt: this.seconds() + seconds,
      generation: null,
    });
    return pass;
  }

  /** Whoever sent this header before, while their token is still good. */
  private recall(authorization: string): Customer | undefined {
    const verified = this.verified.get(authorization);
    if (verified === undefined) return undefined;
    const { customer, expiresAt, generation } = verified;
    if (generation !== null && generation !== this.verifier.generation) return undefined;
    return this.seconds() < expiresAt ? customer : undefined;
  }

  private async verify(authorization: string): Promise<Result<Customer, Distrust>> {
    const token = BEARER.exec(authorization)?.[1];
    if (token === undefined) return err('INVALID');
    // Were the keys to change meanwhile, it is verified once more.
    const { generation } = this.verifier;
    const given = this.verifier.verify(token);
    const verdict: Verdict = given instanceof Promise ? await given : given;
    if (verdict.isErr()) return err(verdict.error);
    const read = claims.safeParse(verdict.value);
    if (!read.success) return err('INVALID');
    const { sub, roles, exp, nbf } = read.data;
    const now = this.seconds();
    const expiresAt = exp + CLOCK_TOLERANCE_SECONDS;
    if (now < nbf - CLOCK_TOLERANCE_SECONDS || now >= expiresAt) return err('INVALID');
    const customer = { userId: userId(sub), roles };
    this.verified.set(authorization, { customer, expiresAt, generation });
    return ok(customer);
  }

  /** Now, as tokens tell the time. */
  private seconds(): number {
    return Math.floor(this.now() / 1_000);
  }
}
