import { connect } from 'node:net';
import { documentGuard } from './api/guard.js';

/**
 * Sends bytes as they are, and resolves to everything that comes back until the server hangs up. Where that is one whole
 * answer, it must be one that the API's document tells of.
 */
export async function sendRaw(port: number, bytes: string): Promise<string> {
  const heard = await exchange(port, bytes);
  guard(bytes, heard);
  return heard;
}

function exchange(port: number, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    let heard = '';
    socket.setEncoding('utf8');
    socket.on('data', (chunk: string) => {
      heard += chunk;
    });
    socket.on('error', reject);
    socket.on('close', () => resolve(heard));
  });
}

function guard(bytes: string, heard: string): void {
  const { status, headers, body } = parseRaw(heard);
  const isOne = Number(headers.get('content-length') ?? 0) === Buffer.byteLength(body);
  if (!isOne || status < 200) return;
  const [method = '', target = ''] = (bytes.split('\r\n')[0] ?? '').split(' ');
  const [path = ''] = target.split('?');
  documentGuard().check({ method, path, status, headers, text: body });
}

/** An answer from {@link sendRaw}, taken apart. */
export function parseRaw(heard: string): {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
} {
  const end = heard.indexOf('\r\n\r\n');
  const [start = '', ...lines] = heard.slice(0, end).split('\r\n');
  const headers = new Headers(
    lines.map((line): [string, string] => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon), line.slice(colon + 1).trim()];
    }),
  );
  return { status: Number(start.split(' ')[1]), headers, body: heard.slice(end + 4) };
}
