import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
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

/** A process that has done Jest's global set-up, as if its tests ran now. */
interface Run {
  readonly process: ChildProcess;
  readonly ports: readonly number[];
}

/** It is the first of a process group, as what is started in a terminal is. */
async function startRun(folder: string): Promise<Run> {
  const { TEST_MYSQL_URL: _mysql, TEST_REDIS_URL: _redis, ...env } = process.env;
  const hooks = ['start', 'stop'].map((each) =>
    path.join(repository, `.ci/${each}-test-servers.ts`),
  );
  const child = spawn(process.execPath, ['--input-type=module', '-e', RUN, ...hooks], {
    detached: true,
    env: { ...env, TMPDIR: folder },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  const urls = JSON.parse(line) as readonly string[];
  return { process: child, ports: urls.map((url) => Number(new URL(url).port)) };
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
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'jumun-run-'));
  });
  afterEach(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  async function nothingIsLeft({ ports }: Run): Promise<void> {
    for (const deadline = Date.now() + GONE_MS; ; await sleep(LOOK_EVERY_MS)) {
      const left = [...(await readdir(folder)), ...(await Promise.all(ports.map(listens)))];
      if (left.every((each) => each === false)) return;
      if (Date.now() > deadline) throw new Error(`still there: ${left.join()}`);
    }
  }

  it('are private to it, and gone when it has ended, was interrupted or was killed', async () => {
    const runs = await Promise.all([startRun(folder), startRun(folder), startRun(folder)]);
    const ports = runs.flatMap((run) => run.ports);
    expect(new Set(ports).size).toBe(6);
    expect(await Promise.all(ports.map(listens))).toEqual(ports.map(() => true));

    const [ended, interrupted, killed] = runs;
    ended.process.stdin?.end();
    expect(await once(ended.process, 'exit')).toEqual([0, null]);
    expect(await Promise.all(ended.ports.map(listens))).toEqual([false, false]);
    expect(await readdir(folder)).toHaveLength(4);
    killed.process.kill('SIGKILL');
    process.kill(-(interrupted.process.pid ?? 0), 'SIGINT');
    await Promise.all(runs.map(nothingIsLeft));
  });
});
