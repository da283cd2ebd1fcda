import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { open, readdir, readFile } from 'node:fs/promises';
import { platform } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { type Housing, ServerDidNotStart } from './housing.js';

export interface LocalProgram {
  readonly program: string;
  readonly args: readonly string[];
  /** The line of its log that says that it is ready. */
  readonly ready: RegExp;
  /** A folder of the server's own. It is removed with it. */
  readonly folder: string;
  readonly port: number;
}

const execute = promisify(execFile);
const START_MS = 60_000;
const LOOK_EVERY_MS = 5;
const SAID_AT_MOST = 2_000;

/**
 * Outlives this process by as long as it takes to kill the server and remove its folder, however this process ends. It is
 * told the server's process id, or `none`, on a pipe, which the system closes when this process is gone.
 */
const WATCHDOG = `
  server=none
  while read -r line; do server=$line; done
  [ "$server" = none ] || kill -KILL "$server"
  for attempt in 1 2 3 4 5 6 7 8 9 10; do rm -rf "$1" && exit; sleep 0.2; done`;

/** The server begins only when the watchdog knows of it. */
const ON_COMMAND = 'read -r go && exec "$0" "$@" </dev/null';

/** A server as a child process, out of reach of a Ctrl-C that is meant for the tests. */
export class LocalProcess implements Housing {
  readonly port: number;
  private readonly what: LocalProgram;
  private readonly watchdog: ChildProcess;
  private server: ChildProcess | undefined;

  constructor(what: LocalProgram) {
    this.what = what;
    this.port = what.port;
    this.watchdog = spawn('/bin/sh', ['-c', WATCHDOG, 'watchdog', what.folder], {
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    this.watchdog.unref();
  }

  async start(): Promise<void> {
    const { program, args, folder } = this.what;
    const log = await open(join(folder, 'log'), 'w');
    const server = spawn('/bin/sh', ['-c', ON_COMMAND, program, ...args], {
      cwd: folder,
      detached: true,
      stdio: ['pipe', log.fd, log.fd],
    });
    await log.close();
    server.unref();
    this.server = server;
    await this.tell(String(server.pid));
    server.stdin?.end('go\n');
    await this.ready(server);
  }

  async kill(): Promise<void> {
    const { server } = this;
    if (server === undefined) return;
    if (!hasEnded(server)) {
      server.ref();
      const ended = once(server, 'exit');
      server.kill('SIGKILL');
      await ended;
    }
    this.server = undefined;
    await this.tell('none');
  }

  /** Threads stop one by one, each when the system gets to it: resolves when none can answer any more. */
  async pause(): Promise<void> {
    const { server } = this;
    if (server?.pid === undefined) return;
    server.kill('SIGSTOP');
    while (!hasEnded(server) && !(await isStopped(server.pid))) await sleep(LOOK_EVERY_MS);
  }

  async resume(): Promise<void> {
    this.server?.kill('SIGCONT');
  }

  async remove(): Promise<void> {
    await this.kill();
    if (hasEnded(this.watchdog)) return;
    this.watchdog.ref();
    const removed = once(this.watchdog, 'exit');
    this.watchdog.stdin?.end();
    await removed;
  }

  private tell(line: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.watchdog.stdin?.write(`${line}\n`, (error) => {
        if (error) reject(error);
        else resolve();
      });
    });
  }

  private async ready(server: ChildProcess): Promise<void> {
    const log = join(this.what.folder, 'log');
    for (const deadline = Date.now() + START_MS; ; await sleep(LOOK_EVERY_MS)) {
      const ended = hasEnded(server);
      const said = await readFile(log, 'utf8');
      if (this.what.ready.test(said)) return;
      if (!ended && Date.now() < deadline) continue;
      await this.kill();
      throw new ServerDidNotStart(`${this.what.program}: ${said.slice(-SAID_AT_MOST)}`);
    }
  }
}

/** Whether every thread of the process is stopped. */
async function isStopped(pid: number): Promise<boolean> {
  if (platform() !== 'linux') {
    const { stdout } = await execute('ps', ['-o', 'state=', '-p', String(pid)]);
    return stdout.trim().startsWith('T');
  }
  const threads = await readdir(`/proc/${pid}/task`);
  const stats = await Promise.all(
    threads.map(async (thread) => {
      // A thread that has ended meanwhile is as good as running: look again.
      return readFile(`/proc/${pid}/task/${thread}/stat`, 'utf8').catch(() => '');
    }),
  );
  // The state follows the name of the program, which is in parentheses and may hold anything.
  return stats.every((stat) => stat.slice(stat.lastIndexOf(')') + 2).startsWith('T'));
}

const hasEnded = (child: ChildProcess): boolean =>
  child.exitCode !== null || child.signalCode !== null;
