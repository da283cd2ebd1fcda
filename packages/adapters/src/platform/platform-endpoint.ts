import { isSecret, keyOf } from '../receiver/signature.js';
import { isReadableOnTheWay } from '../settings/http-url.js';

/** Where messages go, and by what the receiver knows that they are ours. */
export interface PlatformEndpoint {
  readonly url: string;
  /** One, or, while it is replaced, two: every message is signed by each. */
  readonly secrets: readonly string[];
}

const MOST_SECRETS = 2;
/** Standard Webhooks asks for 24 bytes or more. */
const SHORT_BYTES = 24;

/** The secrets in a variable: one, or two with a comma, the new one first; undefined where one of them can be none. */
export function platformSecretsOf(text: string): readonly string[] | undefined {
  const secrets = text.split(',').map((secret) => secret.trim());
  return secrets.length <= MOST_SECRETS && secrets.every(isSecret) ? secrets : undefined;
}

/** What an operator should know of an endpoint, though it stops nothing; each line names the variable. */
export const platformWarnings = ({ url, secrets }: PlatformEndpoint): readonly string[] => [
  ...(isReadableOnTheWay(url)
    ? ['PLATFORM_URL: what is sent over http:// can be read on the way']
    : []),
  ...(secrets.some((secret) => keyOf(secret).length < SHORT_BYTES)
    ? [`PLATFORM_SECRET: should be at least ${SHORT_BYTES} bytes`]
    : []),
];
