import { createHmac, timingSafeEqual } from 'node:crypto';

/** What Standard Webhooks puts before a secret that is written in base64. */
const PREFIX = 'whsec_';
const VERSION = 'v1';
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

/** Whether this can be a secret: `whsec_` and base64, or any other words, which are taken as they are. */
export const isSecret = (secret: string): boolean =>
  secret.startsWith(PREFIX) ? BASE64.test(secret.slice(PREFIX.length)) : secret !== '';

/** The key that a secret stands for. */
export const keyOf = (secret: string): Buffer =>
  secret.startsWith(PREFIX)
    ? Buffer.from(secret.slice(PREFIX.length), 'base64')
    : Buffer.from(secret, 'utf8');

/** What is signed: https://www.standardwebhooks.com. */
export interface Signed {
  /** The header `webhook-id`. */
  readonly id: string;
  /** The header `webhook-timestamp`: seconds since 1970. */
  readonly timestamp: string;
  readonly body: string | Uint8Array;
}

/** The header `webhook-signature`: a signature for each key, so that a receiver who knows one of the secrets is content. */
export const signatureHeader = (keys: readonly Buffer[], signed: Signed): string =>
  keys.map((key) => `${VERSION},${digest(key, signed).toString('base64')}`).join(' ');

/** Whether one of the signatures in a header is by one of the keys. It takes the same time whatever is wrong with it. */
export function isSignedBy(keys: readonly Buffer[], header: string, signed: Signed): boolean {
  const expected = keys.map((key) => digest(key, signed));
  let found = false;
  for (const each of header.split(' ')) {
    const [version, signature = ''] = each.split(',', 2);
    if (version !== VERSION) continue;
    const given = Buffer.from(signature, 'base64');
    for (const right of expected) {
      if (given.length === right.length && timingSafeEqual(given, right)) found = true;
    }
  }
  return found;
}

const digest = (key: Buffer, { id, timestamp, body }: Signed): Buffer =>
  createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest();
