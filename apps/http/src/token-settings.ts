import { ConfigError, isReadableOnTheWay } from '@jumun/adapters';
import type { TokenPolicy } from './edge/tokens/token-policy.js';

/** What the environment says of tokens. */
export interface TokenVariables {
  readonly NODE_ENV?: string | undefined;
  readonly AUTH_JWT_SECRET?: string | undefined;
  readonly AUTH_JWKS_URL?: string | undefined;
  readonly AUTH_ISSUER?: string | undefined;
  readonly AUTH_AUDIENCE?: string | undefined;
}

export interface TokenSettings {
  readonly tokens: TokenPolicy;
  /** Whether anybody may have a token for anyone. */
  readonly devTokens: boolean;
  /** What an operator should know, though it stops nothing. */
  readonly warnings: readonly string[];
}

/**
 * Signs the tokens of the development issuer. It is no secret, and need not be: where it counts, anybody gets a token for
 * anyone by asking. A constant lets tokens outlive a restart.
 */
const DEVELOPMENT_TOKENS: TokenPolicy = {
  secret: 'jumun development tokens: anybody may mint these',
  issuer: null,
  audience: null,
};

/** RFC 7518, section 3.2: a key for HS256 is at least as long as its hash. */
const MIN_SECRET_BYTES = 32;
const TOO_SHORT = `AUTH_JWT_SECRET: must be at least ${MIN_SECRET_BYTES} bytes`;

/**
 * Who issues the tokens: whoever is configured; failing that the development issuer, in the embedded profile only. Throws a
 * {@link ConfigError}.
 */
export function tokenSettingsOf(
  variables: TokenVariables,
  profile: 'embedded' | 'production',
): TokenSettings {
  const { NODE_ENV, AUTH_JWT_SECRET, AUTH_JWKS_URL, AUTH_ISSUER, AUTH_AUDIENCE } = variables;
  const isProduction = NODE_ENV === 'production';
  const restrictions = { issuer: AUTH_ISSUER ?? null, audience: AUTH_AUDIENCE ?? null };
  if (AUTH_JWKS_URL !== undefined) {
    if (AUTH_JWT_SECRET !== undefined) {
      throw new ConfigError(['AUTH_JWKS_URL: cannot be set together with AUTH_JWT_SECRET']);
    }
    const tokens = { jwksUrl: AUTH_JWKS_URL, ...restrictions };
    return { tokens, devTokens: false, warnings: jwksWarnings(AUTH_JWKS_URL, restrictions) };
  }
  if (AUTH_JWT_SECRET !== undefined) {
    const [secret = '', otherSecret, ...more] = AUTH_JWT_SECRET.split(',').map((one) => one.trim());
    if (secret === '' || otherSecret === '' || more.length > 0) {
      throw new ConfigError(['AUTH_JWT_SECRET: must be one secret, or two with a comma']);
    }
    const areShort = [secret, otherSecret].some((one) => one !== undefined && isShort(one));
    if (isProduction && areShort) throw new ConfigError([TOO_SHORT]);
    const tokens = { secret, otherSecret, ...restrictions };
    return { tokens, devTokens: false, warnings: areShort ? [TOO_SHORT] : [] };
  }
  const unless = 'unless AUTH_JWKS_URL is set';
  if (isProduction) {
    throw new ConfigError([`AUTH_JWT_SECRET: is required when NODE_ENV is production, ${unless}`]);
  }
  if (profile === 'production') {
    throw new ConfigError([
      `AUTH_JWT_SECRET: is required when DATABASE_URL is mysql://, ${unless}`,
    ]);
  }
  if (AUTH_ISSUER !== undefined || AUTH_AUDIENCE !== undefined) {
    throw new ConfigError([
      `AUTH_JWT_SECRET: is required with AUTH_ISSUER or AUTH_AUDIENCE, ${unless}`,
    ]);
  }
  return { tokens: DEVELOPMENT_TOKENS, devTokens: true, warnings: [] };
}

const isShort = (secret: string): boolean => Buffer.byteLength(secret) < MIN_SECRET_BYTES;

/** An issuer signs tokens for other services, too, and sometimes for other issuers by the same keys. */
const jwksWarnings = (
  url: string,
  { issuer, audience }: Pick<TokenPolicy, 'issuer' | 'audience'>,
): readonly string[] => [
  ...(isReadableOnTheWay(url)
    ? ['AUTH_JWKS_URL: keys sent over http:// can be exchanged on the way']
    : []),
  ...(issuer === null ? ['AUTH_ISSUER: is not set; iss of a token may be anything'] : []),
  ...(audience === null
    ? ['AUTH_AUDIENCE: is not set; tokens meant for other services are taken']
    : []),
];
