/** Whose tokens are taken: of whoever shares a secret with us, or of an issuer that publishes its keys. */
export type TokenPolicy = SecretPolicy | JwksPolicy;

interface Restrictions {
  /** What `iss` and `aud` must be; `null`: whatever they are. */
  readonly issuer: string | null;
  readonly audience: string | null;
}

export interface SecretPolicy extends Restrictions {
  /** Signs and verifies by HS256. */
  readonly secret: string;
  /** Verifies, and signs nothing: the secret before, or the one to come, while they are exchanged. */
  readonly otherSecret?: string | undefined;
}

export interface JwksPolicy extends Restrictions {
  /** Where the issuer publishes its keys, as a JWK Set (RFC 7517). */
  readonly jwksUrl: string;
}

/** Clocks of different machines differ by so much: `exp` and `nbf` are judged with so many seconds to spare. */
export const CLOCK_TOLERANCE_SECONDS = 5;
