import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { repository } from './planted.js';

const GONE_MS = 10_000;
const LOOK_EVERY_MS = 20;

/** Stops its servers when its standard input ends. */
const RUN = `
  const [start, stop] = await Promise.all(process.argv.slice(1).map((file) => import(file)));
  await start.default();
  console.log(JSON.stringify([process.env.TEST_MYSQL_URL, process.env.TEST_REDIS_URL]));
  for await (const _ of process.stdin);
  await stop.default();`;

/** Three servers of each kind start at once, beside all other tests. */
const START_AND_STOP_MS = 120_000;

/** A process that does Jest's global set-up, as if its tests ran then: the first of a process group, as in a terminal. */
function spawnRun(folder: string): ChildProcess {
  const { TEST_MYSQL_URL: _mysql, TEST_REDIS_URL: _redis, ...env } = process.env;
  const hooks = ['start', 'stop'].map((each) =>
    path.join(repository, `.ci/${each}-test-servers.ts`),
  );
  return spawn(process.execPath, ['--input-type=module', '-e', RUN, ...hooks], {
    detached: true,
    env: { ...env, TMPDIR: folder },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
}

/** Resolves when the servers run; rejects when the process has ended before that. */
function portsOf(child: ChildProcess): Promise<readonly number[]> {
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the set-up has ended with ${code}`)));
    child.stdout?.once('data', (line: Buffer) => {
      const urls = JSON.parse(line.toString()) as readonly string[];
      resolve(urls.map((url) => Number(new URL(url).port)));
    });
  });
}

async function listens(port: number): Promise<boolean> {
  const socket = createConnection({ host: '127.0.0.1', port });
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

describe('The servers of a test run', () => {
  let folder: string;
  let processes: readonly [ChildProcess, ChildProcess, ChildProcess];
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'jumun-run-'));
    processes = [spawnRun(folder), spawnRun(folder), spawnRun(folder)];
  });
  afterEach(async () => {
    for (const each of processes) each.kill('SIGKILL');
    await rm(folder, { recursive: true, force: true });
  });

  async function nothingIsLeft(ports: readonly number[]): Promise<void> {
    for (const deadline = Date.now() + GONE_MS; ; await sleep(LOOK_EVERY_MS)) {
      const left = [...(await readdir(folder)), ...(await Promise.all(ports.map(listens)))];
      if (left.every((each) => each === false)) return;
      if (Date.now() > deadline) throw new Error(`still there: ${left.join()}`);
    }
  }

  it(
    'are private to it, and gone when it has ended, was interrupted or was killed',
    async () => {
      const portsOfEach = await Promise.all(processes.map(portsOf));
      const ports = portsOfEach.flat();
      expect(new Set(ports).size).toBe(6);
      expect(await Promise.all(ports.map(listens))).toEqual(ports.map(() => true));

      const [ended, interrupted, killed] = processes;
      ended.stdin?.end();
      expect(await once(ended, 'exit')).toEqual([0, null]);
      expect(await Promise.all((portsOfEach[0] ?? []).map(listens))).toEqual([false, false]);
      expect(await readdir(folder)).toHaveLength(4);
      process.kill(-(interrupted.pid ?? 0), 'SIGINT');
      killed.kill('SIGKILL');
      await nothingIsLeft(ports);
    },
    START_AND_STOP_MS,
  );
});
