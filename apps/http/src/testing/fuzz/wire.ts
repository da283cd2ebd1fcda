import { Agent, request as ask } from 'node:http';
import { parseRaw } from '../raw-http.js';
import { connect } from 'node:net';
import type { WireRequest } from './requests.js';

/** An answer as it came. */
export interface WireAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** Nothing may take longer. */
const WITHIN_MS = 20_000;

/** Puts requests to a server on this machine: over open connections, or byte by byte where no client would send them. */
export class Wire {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 16 });

  constructor(private readonly port: number) {}

  /** Null: the server hung up without a word. Rejects when it does neither in time. */
  ask(wish: WireRequest): Promise<WireAnswer | null> {
    return isOrderly(wish) ? this.askOrderly(wish) : this.askRaw(wish);
  }

  close(): void {
    this.agent.destroy();
  }

  private askOrderly({ method, target, headers, body }: WireRequest): Promise<WireAnswer | null> {
    return new Promise((resolve, reject) => {
      const asking = ask(
        {
          host: '127.0.0.1',
          port: this.port,
          agent: this.agent,
          method,
          path: target,
          headers: {
            ...Object.fromEntries(headers),
            ...(body === undefined ? {} : { 'Content-Length': String(Buffer.byteLength(body)) }),
          },
        },
        (answer) => {
          const chunks: Buffer[] = [];
          answer.on('data', (chunk: Buffer) => chunks.push(chunk));
          answer.on('error', reject);
          answer.on('end', () => {
            const received = new Headers(answer.headers as Readonly<Record<string, string>>);
            const text = Buffer.concat(chunks).toString();
            resolve({ status: answer.statusCode ?? 0, headers: received, text });
          });
        },
      );
      asking.setTimeout(WITHIN_MS, () => asking.destroy(new Error('no answer in time')));
      asking.on('error', reject);
      asking.end(body);
    });
  }

  private askRaw({ method, target, headers, body }: WireRequest): Promise<WireAnswer | null> {
    const names = new Set(headers.map(([name]) => name.toLowerCase()));
    const lines = [
      `${method} ${target} HTTP/1.1`,
      ...(names.has('host') ? [] : [`Host: 127.0.0.1:${this.port}`]),
      ...(names.has('connection') ? [] : ['Connection: close']),
      ...headers.map(([name, value]) => `${name}: ${value}`),
      ...(body === undefined || names.has('content-length') || names.has('transfer-encoding')
        ? []
        : [`Content-Length: ${Buffer.byteLength(body)}`]),
    ];
    return new Promise((resolve, reject) => {
      const socket = connect(this.port, '127.0.0.1');
      let heard = '';
      const done = (): void => {
        clearTimeout(timer);
        socket.destroy();
        const answer = heard === '' ? null : parseRaw(heard);
        resolve(answer === null ? null : { ...answer, text: answer.body });
      };
      const timer = setTimeout(() => {
        socket.destroy();
        reject(new Error('no answer in time'));
      }, WITHIN_MS);
      socket.setEncoding('utf8');
      socket.on('data', (chunk: string) => {
        heard += chunk;
        if (isWhole(heard, method)) done();
      });
      socket.on('close', done);
      // A connection that the server broke off says nothing more; what it said before counts.
      socket.on('error', done);
      // Not ended: whoever hangs up on their side is gone for the server.
      socket.write(`${lines.join('\r\n')}\r\n\r\n${body ?? ''}`);
    });
  }
}

/** Whether Node's own client would send it as it is. */
const isOrderly = ({ target, headers, method }: WireRequest): boolean =>
  /^\/[\x21-\x7e]*$/.test(target) &&
  method !== 'BREW' &&
  new Set(headers.map(([name]) => name.toLowerCase())).size === headers.length &&
  headers.every(
    ([name, value]) =>
      /^[\x20-\x7e]*$/.test(value) &&
      !/^(?:host|transfer-encoding|content-length|connection|upgrade|expect|__proto__)$/i.test(
        name,
      ) &&
      !name.includes(' '),
  );

function isWhole(heard: string, method: string): boolean {
  if (!heard.includes('\r\n\r\n')) return false;
  const { status, headers, body } = parseRaw(heard);
  if (status < 200) return false;
  if (method === 'HEAD' || status === 204 || status === 304) return true;
  const length = headers.get('content-length');
  return length !== null && Buffer.byteLength(body) >= Number(length);
}
