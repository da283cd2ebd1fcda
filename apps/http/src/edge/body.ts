import type { IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';
import { err, ok, type Result } from '@jumun/domain';
import type { Refusal } from '../problems.js';

/** 100 kB. */
export const MAX_BODY_BYTES = 100_000;

/**
 * How much of a body that is too large is still taken, and thrown away, after the refusal was sent: a client that is cut off
 * while it sends often never sees the answer.
 */
const MAX_DISCARDED_BYTES = 10_000_000;

const NOTHING = Buffer.alloc(0);
const UTF8 = new TextDecoder('utf-8', { fatal: true });

const carriesBody = (headers: IncomingHttpHeaders): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

/** A request, of which only the body is still to come. */
export interface BodySource extends Readable {
  /** Whether all of it has arrived. */
  readonly complete?: boolean;
  readonly headers: IncomingHttpHeaders;
}

/** The body of a request as JSON; none counts as `{}`. */
export async function readJson(request: BodySource): Promise<Result<unknown, Refusal>> {
  const { headers } = request;
  if (!carriesBody(headers)) return ok({});
  if (!isJson(headers)) return err({ code: 'UNSUPPORTED_MEDIA_TYPE' });
  const bytes = readArrived(request) ?? (await readBytes(request));
  if (bytes.isErr()) return err(bytes.error);
  if (bytes.value.length === 0) return ok({});
  try {
    return ok(JSON.parse(UTF8.decode(bytes.value)) as unknown);
  } catch {
    return err({ code: 'MALFORMED_JSON' });
  }
}

function isJson(headers: IncomingHttpHeaders): boolean {
  if (headers['content-type'] === 'application/json' && headers['content-encoding'] === undefined)
    return true;
  const [type = '', ...parameters] = (headers['content-type'] ?? '')
    .toLowerCase()
    .split(';')
    .map((part) => part.trim());
  const charset = parameters.find((parameter) => parameter.startsWith('charset='));
  return (
    type === 'application/json' &&
    (charset === undefined || /^charset="?utf-?8"?$/.test(charset)) &&
    (headers['content-encoding'] ?? 'identity').toLowerCase() === 'identity'
  );
}

/** The body that has arrived whole with the headers, as almost every one does: without waiting for an event. */
function readArrived(request: BodySource): Result<Buffer, Refusal> | undefined {
  if (request.complete !== true || request.destroyed) return undefined;
  if (request.readableLength > MAX_BODY_BYTES) return undefined;
  return ok((request.read() as Buffer | null) ?? NOTHING);
}

function readBytes(request: BodySource): Promise<Result<Buffer, Refusal>> {
  const { promise, resolve } = Promise.withResolvers<Result<Buffer, Refusal>>();
  const chunks: Buffer[] = [];
  let size = 0;
  request.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size <= MAX_BODY_BYTES) chunks.push(chunk);
    else resolve(err({ code: 'PAYLOAD_TOO_LARGE', limit: MAX_BODY_BYTES }));
    if (size > MAX_DISCARDED_BYTES) request.destroy();
  });
  request.on('end', () => resolve(ok(Buffer.concat(chunks))));
  // The client went away in the middle. What it sent so far must not be taken for the whole.
  const cutOff = (): void => resolve(err({ code: 'MALFORMED_REQUEST' }));
  request.on('error', cutOff);
  request.on('close', cutOff);
  if (request.destroyed) cutOff();
  return promise;
}
