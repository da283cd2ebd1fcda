import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

// A process: node bare-http-process.ts ANSWER. ANSWER is JSON: the headers, names and values in turn, and the body. Node's own
// server, and nothing before or behind it. It ends on SIGTERM.

interface Answer {
  readonly headers: readonly string[];
  readonly body: string;
}

const { headers, body } = JSON.parse(process.argv[2] ?? '{}') as Answer;
const lines = [...headers];
// As fast as Node goes: a text of one byte a character leaves in one piece with the headers.
const bytes = Buffer.from(body).toString('latin1');

const server = createServer((_request, response) => {
  response.writeHead(200, lines).end(bytes, 'latin1');
});

server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  process.stdout.write(`${JSON.stringify({ port, msg: 'listening' })}\n`);
});

process.once('SIGTERM', () => {
  server.close();
});
