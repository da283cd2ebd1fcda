import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { problemOf, type Refusal } from '../problems.js';

const REFUSALS: Readonly<Record<string, Refusal>> = {
  ERR_HTTP_REQUEST_TIMEOUT: { code: 'REQUEST_TIMEOUT' },
  HPE_HEADER_OVERFLOW: { code: 'HEADERS_TOO_LARGE' },
};

/** What is known of a request that could not be read. */
type ClientFault = NodeJS.ErrnoException & {
  /** The bytes that could not be read, with what came in the same piece. */
  readonly rawPacket?: Buffer;
};

/** Whether a request asked for no body. What came in an earlier piece is not known any more. */
const isHead = ({ rawPacket }: ClientFault): boolean =>
  rawPacket?.subarray(0, 5).toString('latin1') === 'HEAD ';

/** Answers what never became a request, and hangs up. There is no response object yet, so it is written by hand. */
export function answerClientError(fault: ClientFault, socket: Duplex): void {
  if (fault.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const requestId = randomUUID();
  const refusal = REFUSALS[fault.code ?? ''] ?? { code: 'MALFORMED_REQUEST' };
  const { status, headers, body } = problemOf(refusal, { instance: '', requestId });
  const json = JSON.stringify(body);
  const lines = Object.entries({
    ...headers,
    'Content-Length': Buffer.byteLength(json),
    'X-Request-Id': requestId,
    'Cache-Control': 'no-store',
    Connection: 'close',
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n${isHead(fault) ? '' : json}`,
  );
}
