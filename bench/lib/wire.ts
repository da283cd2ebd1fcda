import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** An answer; its body is UTF-8. */
export interface WireAnswer {
  readonly status: number;
  readonly body: Buffer;
}

/** A request, of which everything but the host is known beforehand. */
export interface WireRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly token?: string;
  readonly idempotencyKey?: string;
  /** Sent as JSON. */
  readonly body?: object;
}

/** The bytes of a request. They can be made before anything is measured. */
export function bytesOf({ method, path, token, idempotencyKey, body }: WireRequest): Buffer {
  const lines = [`${method} ${path} HTTP/1.1`, 'Host: 127.0.0.1'];
  if (token !== undefined) lines.push(`Authorization: Bearer ${token}`);
  if (idempotencyKey !== undefined) lines.push(`Idempotency-Key: ${idempotencyKey}`);
  const content = body === undefined ? '' : JSON.stringify(body);
  if (method === 'POST') {
    lines.push('Content-Type: application/json', `Content-Length: ${Buffer.byteLength(content)}`);
  }
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${content}`);
}

const NOTHING = Buffer.alloc(0);
const END_OF_HEAD = '\r\n\r\n';
const STATUS_AT = 'HTTP/1.1 '.length;
const LENGTH = /\r\ncontent-length: *(\d+)/i;

interface Waiting {
  readonly resolve: (answer: WireAnswer) => void;
  readonly reject: (fault: Error) => void;
}

/**
 * One keep-alive connection with one request at a time. It understands as much of HTTP as the answers need that are
 * measured here, so that making load costs next to nothing beside serving it: on a small machine both share the cores.
 */
export class Wire {
  /** Whether the connection has ended. */
  isClosed = false;
  private readonly socket: Socket;
  private received: Buffer = NOTHING;
  private waiting: Waiting | null = null;

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.setNoDelay(true);
    socket.on('data', (bytes: Buffer) => this.take(bytes));
    socket.on('error', (fault) => this.fail(fault));
    socket.on('close', () => this.fail(new Error('the connection was closed')));
  }

  /** Resolves when the connection is open. */
  static async open(url: string): Promise<Wire> {
    const { hostname, port } = new URL(url);
    const socket = connect({ host: hostname, port: Number(port) });
    await once(socket, 'connect');
    return new Wire(socket);
  }

  /** Sends a request; rejects when the connection ends before its answer. */
  ask(request: Buffer): Promise<WireAnswer> {
    if (this.isClosed) return Promise.reject(new Error('the connection is closed'));
    return new Promise((resolve, reject) => {
      this.waiting = { resolve, reject };
      this.socket.write(request);
    });
  }

  close(): void {
    this.socket.destroy();
  }

  private take(bytes: Buffer): void {
    this.received = this.received.length === 0 ? bytes : Buffer.concat([this.received, bytes]);
    const { received } = this;
    const headEnd = received.indexOf(END_OF_HEAD);
    if (headEnd < 0) return;
    const head = received.toString('latin1', 0, headEnd);
    const length = LENGTH.exec(head)?.[1];
    if (length === undefined) {
      this.socket.destroy(new Error(`an answer does not say its length: ${head}`));
      return;
    }
    const bodyStart = headEnd + END_OF_HEAD.length;
    const bodyEnd = bodyStart + Number(length);
    if (received.length < bodyEnd) return;
    this.received = received.length === bodyEnd ? NOTHING : received.subarray(bodyEnd);
    const status = Number(head.slice(STATUS_AT, STATUS_AT + 3));
    const { waiting } = this;
    this.waiting = null;
    waiting?.resolve({ status, body: received.subarray(bodyStart, bodyEnd) });
  }

  private fail(fault: Error): void {
    this.isClosed = true;
    const { waiting } = this;
    this.waiting = null;
    waiting?.reject(fault);
  }
}
