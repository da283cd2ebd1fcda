import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from '@jest/globals';
import { instant } from '@jumun/domain';
import { HttpPlatformClient } from '../platform/http-platform-client.js';

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));
const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

/** The program in docs/how-to/receive-order-events.md. */
const program = (): string => {
  const page = readFileSync(`${ROOT}docs/how-to/receive-order-events.md`, 'utf8');
  const [, code = ''] = /```js\n([\s\S]*?)```/.exec(page) ?? [];
  return code;
};

const message = (orderId: number, sequence: number) => ({
  id: `order-${orderId}-${sequence}`,
  body: JSON.stringify({ type: 'jumun.order.completed.v1', data: { orderId, sequence } }),
  at: instant(Date.now()),
});

describe('The receiver in the documentation', () => {
  let receiver: ChildProcess | undefined;
  const clients: HttpPlatformClient[] = [];
  afterEach(async () => {
    receiver?.kill('SIGKILL');
    for (const client of clients.splice(0)) await client.close();
  });

  it('runs as it stands there: takes what is ours once, and refuses what is not', async () => {
    const child = spawn(process.execPath, ['--input-type=module', '-'], {
      cwd: ROOT,
      env: { PORT: '0', PLATFORM_SECRET: `${SECRET},the secret before` },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    receiver = child;
    child.stdin.end(program());
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const next = async (): Promise<string> => String((await lines.next()).value);
    const port = (await next()).replace('listening on ', '');
    const client = (secret: string): HttpPlatformClient => {
      const endpoint = { url: `http://127.0.0.1:${port}/`, secrets: [secret] };
      const made = new HttpPlatformClient(endpoint, { connectMs: 10_000, totalMs: 10_000 });
      clients.push(made);
      return made;
    };
    const shop = client(SECRET);
    expect(await shop.send(message(1001, 1))).toMatchObject({ status: 204 });
    expect(await next()).toBe('NEW jumun.order.completed.v1 order-1001-1');
    expect(await shop.send(message(1001, 1))).toMatchObject({ status: 204 });
    expect(await client('the secret before').send(message(1002, 1))).toMatchObject({ status: 204 });
    expect(await next()).toBe('NEW jumun.order.completed.v1 order-1002-1');
    expect(await client('a guess').send(message(1003, 1))).toMatchObject({ status: 401 });
    expect(await next()).toBe('refused: FORGED');
    const late = { ...message(1004, 1), at: instant(Date.now() - 600_000) };
    expect(await shop.send(late)).toMatchObject({ status: 401 });
    expect(await next()).toBe('refused: TOO_OLD');
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  });
});
