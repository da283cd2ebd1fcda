import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { aMachine } from './a-machine.js';
import { startRedis } from './redis-server.js';

/** Something that answers as Redis does. */
const listen = (port: number): Server =>
  createServer((socket) => {
    socket.on('error', () => {});
    socket.end('+PONG\r\n');
  }).listen(port, '127.0.0.1');

describe('A server in a Docker container', () => {
  let folder: string;
  let inside: Server | undefined;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'jumun-docker-'));
    await writeFile(join(folder, 'docker'), `#!/bin/sh\necho "$@" >>"${folder}/calls"\n`);
    await chmod(join(folder, 'docker'), 0o755);
  });
  afterEach(async () => {
    inside?.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('is made once, takes what is asked of it, and is removed in the end', async () => {
    const machine = aMachine({
      programs: [join(folder, 'docker')],
      onRun(call) {
        const port = /--publish 127\.0\.0\.1:(\d+):6379/.exec(call)?.[1];
        if (port !== undefined) inside = listen(Number(port));
      },
    });
    const server = await startRedis({}, machine);
    await server.pause();
    await server.resume();
    await server.kill();
    await server.restart();
    await server.stop();

    const [info, run, ...others] = machine.ran;
    const port = new URL(server.url).port;
    const name = /--name (\S+)/.exec(run ?? '')?.[1];
    expect(info).toBe('docker info');
    expect(run).toBe(
      `docker run --detach --name ${name} --publish 127.0.0.1:${port}:6379 redis:8 --save  --appendonly no`,
    );
    expect(others).toEqual(
      ['pause', 'unpause', 'kill', 'start'].map((order) => `docker ${order} ${name}`),
    );
    expect(await readFile(join(folder, 'calls'), 'utf8')).toBe(`rm --force --volumes ${name}\n`);
  });

  it('takes another port when Docker finds that one taken', async () => {
    let tries = 0;
    const machine = aMachine({
      programs: [join(folder, 'docker')],
      onRun(call) {
        const port = /--publish 127\.0\.0\.1:(\d+):6379/.exec(call)?.[1];
        if (port === undefined) return;
        tries += 1;
        inside = listen(Number(port));
      },
    });
    const run = machine.run.bind(machine);
    const server = await startRedis(
      {},
      {
        ...machine,
        async run(program, args) {
          const outcome = await run(program, args);
          if (args[0] !== 'run' || tries > 1) return outcome;
          inside?.close();
          return { ok: false, output: 'Bind for 127.0.0.1:1 failed: port is already allocated' };
        },
      },
    );
    await server.stop();
    expect(tries).toBe(2);
  });
});
