import { err, ok, type Result, userId } from '@jumun/domain';
import { errors, jwtVerify, SignJWT } from 'jose';
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
});

/** Tells customers by their bearer tokens, and makes such tokens where nobody else does. */
export class Authentication {
  private readonly key: Uint8Array;

  constructor(private readonly policy: TokenPolicy) {
    this.key = new TextEncoder().encode(policy.secret);
  }

  /** Who asks, and may they? On a public route nobody is asked, whatever token they carry. */
  async admit(
    access: Access,
    authorization: string | undefined,
  ): Promise<Result<Customer | null, Refusal>> {
    if (access === 'public') return ok(null);
    if (authorization === undefined) return err({ code: 'UNAUTHENTICATED', challenge: 'Bearer' });
    const customer = await this.verify(authorization);
    if (customer === null) {
      return err({ code: 'UNAUTHENTICATED', challenge: 'Bearer error="invalid_token"' });
    }
    const allowed = access === 'customer' || customer.roles.includes(OPERATOR);
    return allowed ? ok(customer) : err({ code: 'FORBIDDEN' });
  }

  /** A token for the customer, good for `seconds`. */
  issue(customer: number, roles: readonly string[], seconds: number): Promise<string> {
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

  private async verify(authorization: string): Promise<Customer | null> {
    const token = BEARER.exec(authorization)?.[1];
    if (token === undefined) return null;
    const { issuer, audience } = this.policy;
    try {
      const { payload } = await jwtVerify(token, this.key, {
        algorithms: ['HS256'],
        ...(issuer === null ? {} : { issuer }),
        ...(audience === null ? {} : { audience }),
      });
      const read = claims.safeParse(payload);
      return read.success ? { userId: userId(read.data.sub), roles: read.data.roles } : null;
    } catch (fault) {
      if (fault instanceof errors.JOSEError) return null;
      throw fault;
    }
  }
}
