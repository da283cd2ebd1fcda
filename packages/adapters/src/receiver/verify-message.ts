import { isSignedBy, keyOf } from './signature.js';

/** A request as it came in: its headers in lower case, as Node has them, and its body before anybody parsed it. */
export interface IncomingMessage {
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: string | Uint8Array;
}

/** A message that is from who knows the secret. */
export interface OrderMessage {
  /** The same for the same message, however often it comes. */
  readonly id: string;
  /** Such as `jumun.order.completed.v1`. */
  readonly type: string;
  readonly orderId: number;
  /** Counts the messages about this order, from 1. */
  readonly sequence: number;
  /** All of it, as docs/reference/order-events.schema.json describes it. */
  readonly content: unknown;
}

export type Verified =
  | { readonly ok: true; readonly message: OrderMessage }
  | {
      readonly ok: false;
      /**
       * UNSIGNED: a header is missing. TOO_OLD, TOO_NEW: the time of sending is too far from now; somebody may send again
       * what they have overheard. FORGED: no signature is right. NOT_A_MESSAGE: it is signed, and no message about an order.
       */
      readonly reason: 'UNSIGNED' | 'TOO_OLD' | 'TOO_NEW' | 'FORGED' | 'NOT_A_MESSAGE';
    };

export interface VerifyOptions {
  /** The secrets that are valid now: while one is replaced, the old one and the new one. */
  readonly secrets: readonly string[];
  /** How far the time of sending may be from now, in seconds; five minutes unless told otherwise. */
  readonly toleranceSeconds?: number;
  /** Milliseconds since 1970. */
  readonly now?: number;
}

const TOLERANCE_SECONDS = 300;

/** Whether a request is a message from the shop, signed as Standard Webhooks says, and which one. */
export function verifyMessage(
  { headers, body }: IncomingMessage,
  { secrets, toleranceSeconds = TOLERANCE_SECONDS, now = Date.now() }: VerifyOptions,
): Verified {
  const [id, timestamp, signature] = ['id', 'timestamp', 'signature'].map(
    (name) => headers[`webhook-${name}`],
  );
  if (typeof id !== 'string' || typeof timestamp !== 'string' || typeof signature !== 'string') {
    return { ok: false, reason: 'UNSIGNED' };
  }
  if (!/^\d{1,12}$/.test(timestamp)) return { ok: false, reason: 'UNSIGNED' };
  // First: what a forged message says of its time tells nobody anything.
  if (!isSignedBy(secrets.map(keyOf), signature, { id, timestamp, body })) {
    return { ok: false, reason: 'FORGED' };
  }
  const age = now / 1_000 - Number(timestamp);
  if (Math.abs(age) > toleranceSeconds)
    return { ok: false, reason: age > 0 ? 'TOO_OLD' : 'TOO_NEW' };
  const message = messageIn(id, body);
  return message === undefined ? { ok: false, reason: 'NOT_A_MESSAGE' } : { ok: true, message };
}

function messageIn(id: string, body: string | Uint8Array): OrderMessage | undefined {
  try {
    const content: unknown = JSON.parse(
      typeof body === 'string' ? body : new TextDecoder('utf-8', { fatal: true }).decode(body),
    );
    const { type, data } = content as { readonly type: unknown; readonly data: unknown };
    const { orderId, sequence } = data as { readonly orderId: unknown; readonly sequence: unknown };
    if (typeof type !== 'string' || !isCount(orderId) || !isCount(sequence)) return undefined;
    return { id, type, orderId, sequence, content };
  } catch {
    return undefined;
  }
}

const isCount = (value: unknown): value is number =>
  Number.isSafeInteger(value) && Number(value) >= 1;
