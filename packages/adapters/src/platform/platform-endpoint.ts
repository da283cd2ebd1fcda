import { isSecret, keyOf } from '../receiver/signature.js';

/** Where messages go, and by what the receiver knows that they are ours. */
export interface PlatformEndpoint {
  readonly url: string;
  /** One, or, while it is replaced, two: every message is signed by each. */
  readonly secrets: readonly string[];
}

/** What must be said of a URL that is none, and of a secret. */
export const PLATFORM_RULES = {
  url: 'must be https://host/path or http://host/path, without a user',
  secret: 'must be a secret, or two with a comma; what follows whsec_ must be base64',
  both: 'PLATFORM_SECRET: is required with PLATFORM_URL',
};

const MOST_SECRETS = 2;
/** Standard Webhooks asks for 24 bytes or more. */
const SHORT_BYTES = 24;

/** Whether messages can be sent there: `https://…` or `http://…`, without a user. */
export function isPlatformUrl(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, username, password } = new URL(url);
  return /^https?:$/.test(protocol) && username === '' && password === '';
}

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

function isReadableOnTheWay(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === 'http:' && !/^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
}
