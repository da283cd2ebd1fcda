/**
 * Does `npm start` start? Starts it on a fresh database and free ports, waits until it is ready,
 * stops it with SIGTERM, and expects a clean exit.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

const START_MS = 180_000; // includes the build
const READY_MS = 30_000;
const STOP_MS = 20_000;

const folder = mkdtempSync(path.join(tmpdir(), 'jumun-smoke-'));
const app = spawn('npm', ['start'], {
  detached: true, // its own process group, so that nothing of it survives this script
  stdio: ['ignore', 'pipe', 'inherit'],
  env: {
    ...process.env,
    PORT: '0',
    MANAGEMENT_PORT: '0',
    DATABASE_URL: `sqlite://${path.join(folder, 'jumun.db')}`,
  },
});
const exited = once(app, 'exit') as Promise<[code: number | null, signal: string | null]>;

async function within<T>(ms: number, what: string, work: Promise<T>): Promise<T> {
  const timer = new AbortController();
  const late = sleep(ms, undefined, { signal: timer.signal }).then(() => {
    throw new Error(`${what}: not within ${ms / 1000} s`);
  });
  return Promise.race([work, late]).finally(() => timer.abort());
}

/** The port in the log line of the application's server: {"msg":"listening","port":N}. */
async function listening(): Promise<number> {
  return new Promise((resolve, reject) => {
    createInterface({ input: app.stdout })
      .on('line', (line) => {
        console.log(`  ${line}`);
        if (!line.includes('"msg":"listening"')) return;
        const { port } = JSON.parse(line) as { port?: unknown };
        if (typeof port === 'number') resolve(port);
      })
      .on('close', () => reject(new Error('npm start: ended before it listened')));
  });
}

async function ready(port: number): Promise<void> {
  for (const deadline = Date.now() + READY_MS; ; await sleep(100)) {
    const status = await fetch(`http://127.0.0.1:${port}/readyz`).then(
      (response) => response.status,
      (error: unknown) => String(error),
    );
    if (status === 200) return;
    if (Date.now() > deadline) throw new Error(`GET /readyz: ${status}`);
  }
}

try {
  const port = await within(START_MS, 'npm start', listening());
  await ready(port);
  app.kill('SIGTERM');
  const [code, signal] = await within(STOP_MS, 'SIGTERM', exited);
  if (code !== 0) throw new Error(`npm start: exit ${code ?? signal} after SIGTERM, expected 0`);
  console.log(`npm start: ready on port ${port}, stopped cleanly`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  try {
    if (app.pid !== undefined) process.kill(-app.pid, 'SIGKILL');
  } catch {
    // The group is gone, as it should be.
  }
  rmSync(folder, { recursive: true, force: true });
}
