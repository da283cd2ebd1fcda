import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { ServerDidNotStart } from './housing.js';
import { LocalProcess } from './local-process.js';
import { thisMachine } from './machine.js';
import { startRedis } from './redis-server.js';

describe('A server as a local process', () => {
  it('does not take another server on its port for itself', async () => {
    const other = await startRedis();
    const port = Number(new URL(other.url).port);
    const folder = await mkdtemp(join(tmpdir(), 'jumun-redis-'));
    const housing = new LocalProcess({
      program: (await thisMachine.find(['redis-server', 'valkey-server'])) ?? '',
      args: ['--bind', '127.0.0.1', '--port', String(port), '--dir', folder],
      ready: /Ready to accept connections/,
      folder,
      port,
    });
    try {
      await expect(housing.start()).rejects.toThrow(ServerDidNotStart);
      await expect(housing.start()).rejects.toThrow(/in use/);
    } finally {
      await housing.remove();
      await other.stop();
    }
  });
});
