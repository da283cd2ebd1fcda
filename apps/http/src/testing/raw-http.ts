import { connect } from 'node:net';

/** Sends bytes as they are, and resolves to everything that comes back until the server hangs up. */
export function sendRaw(port: number, bytes: string): Promise<string> {
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
