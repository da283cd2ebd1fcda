import { randomUUID } from 'node:crypto';
import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { problemOf, type Refusal } from '../problems.js';
import { linesOf } from './exchange.js';
import { requestIdOf } from './request-id.js';
import { SECURITY_HEADERS } from './security-headers.js';

const REFUSALS: Readonly<Record<string, Refusal>> = {
  ERR_HTTP_REQUEST_TIMEOUT: { code: 'REQUEST_TIMEOUT' },
  HPE_HEADER_OVERFLOW: { code: 'HEADERS_TOO_LARGE' },
};

/** What is known of a request that could not be read. */
type ClientFault = NodeJS.ErrnoException & {
  /** The bytes that could not be read, with what came in the same piece. */
  readonly rawPacket?: Buffer;
};

/** What the log should know of an answer that was written by hand. */
export interface HandWritten {
  readonly requestId: string;
  readonly status: number;
  readonly code: string;
}

interface HandWriting {
  readonly requestId: string;
  /** Whether no body is to be sent. */
  readonly isHead?: boolean;
  /** What was asked for, where that is known. */
  readonly path?: string;
}

/** So long after a CONNECT was answered, it has been read. */
const HANG_UP_AFTER_MS = 1_000;

/** Whether a request asked for no body. What came in an earlier piece is not known any more. */
const isHead = ({ rawPacket }: ClientFault): boolean =>
  rawPacket?.subarray(0, 5).toString('latin1') === 'HEAD ';

const REQUEST_ID = /\r\nX-Request-Id:[ \t]*([^\r\n]*?)[ \t]*\r\n/gi;

/**
 * The caller's own id, as for any other answer, else a fresh one. Where several stand in the bytes, there were several
 * requests, and nobody knows which of them is meant.
 */
function idIn({ rawPacket }: ClientFault): string {
  const [first, ...more] = rawPacket?.toString('latin1').matchAll(REQUEST_ID) ?? [];
  return first === undefined || more.length > 0 ? randomUUID() : requestIdOf(first[1]);
}

/**
 * Answers what could not be read, and hangs up. What came before it on the same connection is answered before it: nobody may
 * take this refusal for the answer to an order. `unanswered`: the answers that are still to be sent, in their order. `told`
 * hears of the refusal, unless there was nobody to tell.
 */
export function answerClientError(
  fault: ClientFault,
  socket: Duplex,
  unanswered: readonly ServerResponse[],
  told: (written: HandWritten) => void,
): void {
  if (fault.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const refuse = (): void => {
    if (!socket.writable) return;
    const refusal = REFUSALS[fault.code ?? ''] ?? { code: 'MALFORMED_REQUEST' };
    told(writeByHand(socket, refusal, { requestId: idIn(fault), isHead: isHead(fault) }));
  };
  // Only the last one can be what could not be read: its body is not what it should be, or does not come.
  const [last] = unanswered.slice(-1);
  const broken = last?.req.complete === false ? last : undefined;
  const before = broken === undefined ? last : unanswered.at(-2);
  // It may be answered while it waits for its turn: nobody hears two answers to it, nor loses the one before it.
  const settle = (): void => {
    if (broken?.headersSent === true) socket.end();
    else refuse();
  };
  if (before === undefined) settle();
  else before.once('close', settle);
}

/**
 * Answers a CONNECT, which asks for a way to somewhere else: there is none here. As {@link answerClientError}, after what
 * came before it. Node has let go of the socket by then, and no longer hears its faults.
 */
export function answerConnect(
  { headers, url = '' }: IncomingMessage,
  socket: Duplex,
  unanswered: readonly ServerResponse[],
  told: (written: HandWritten) => void,
): void {
  socket.on('error', () => socket.destroy());
  // Nobody reads what still comes, and unread it would hide that they have hung up.
  socket.resume();
  const refuse = (): void => {
    const requestId = requestIdOf(headers['x-request-id']);
    told(writeByHand(socket, { code: 'ROUTE_NOT_FOUND' }, { requestId, path: url }));
    // Nor does any of Node's limits of time hold for it any more: who does not hang up is hung up on.
    setTimeout(() => socket.destroy(), HANG_UP_AFTER_MS).unref();
  };
  const before = unanswered.at(-1);
  if (before === undefined) refuse();
  else before.once('close', refuse);
}

/** Answers where Node has no response object, with all that other answers have, and hangs up. */
function writeByHand(
  socket: Duplex,
  refusal: Refusal,
  { requestId, isHead: isBodyless = false, path = '' }: HandWriting,
): HandWritten {
  const { status, headers, body } = problemOf(refusal, { instance: path, requestId });
  const json = JSON.stringify(body);
  const names = [
    ...SECURITY_HEADERS,
    ...linesOf({
      'X-Request-Id': requestId,
      'Cache-Control': 'no-store',
      ...headers,
      'Content-Length': String(Buffer.byteLength(json)),
      Date: new Date().toUTCString(),
      Connection: 'close',
    }),
  ];
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${headOf(names)}\r\n${isBodyless ? '' : json}`,
  );
  return { requestId, status, code: refusal.code };
}

/** Names and values in turn, as they stand in an answer. */
const headOf = (lines: readonly string[]): string =>
  lines.map((text, at) => (at % 2 === 0 ? `${text}: ` : `${text}\r\n`)).join('');
