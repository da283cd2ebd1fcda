import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const READY_WITHIN_MS = 30_000;
const STOP_WITHIN_MS = 20_000;
const LOOK_EVERY_MS = 20;
const SAID_AT_MOST = 2_000;

/** A process with its log in a file, so that nobody has to read along while it is measured. */
export class Child {
  private readonly process: ChildProcess;
  private readonly folder: string;

  private constructor(child: ChildProcess, folder: string) {
    this.process = child;
    this.folder = folder;
  }

  /** Starts Node with `args`, and with nothing in its environment but `environment`. */
  static async start(
    args: readonly string[],
    environment: Readonly<Record<string, string>>,
  ): Promise<Child> {
    const folder = await mkdtemp(join(tmpdir(), 'jumun-bench-'));
    const log = await open(join(folder, 'log'), 'w');
    const child = spawn(process.execPath, args, {
      env: environment,
      stdio: ['ignore', log.fd, log.fd],
    });
    await log.close();
    return new Child(child, folder);
  }

  /** Its process id. */
  get pid(): number {
    return this.process.pid ?? -1;
  }

  /** Resolves to what its log first has that matches; rejects when it ends before that, or takes too long. */
  async said(what: RegExp): Promise<RegExpExecArray> {
    for (const deadline = Date.now() + READY_WITHIN_MS; ; await sleep(LOOK_EVERY_MS)) {
      const ended = this.hasEnded;
      const log = await readFile(join(this.folder, 'log'), 'utf8');
      const found = what.exec(log);
      if (found !== null) return found;
      if (!ended && Date.now() < deadline) continue;
      await this.stop();
      throw new Error(`a process did not start:\n${log.slice(-SAID_AT_MOST)}`);
    }
  }

  /** Asks it to stop, and makes it after a while; resolves to its exit code, null where it had to be killed. */
  async stop(): Promise<number | null> {
    if (!this.hasEnded) {
      const ended = once(this.process, 'exit');
      this.process.kill('SIGTERM');
      const timer = setTimeout(() => this.process.kill('SIGKILL'), STOP_WITHIN_MS);
      await ended;
      clearTimeout(timer);
    }
    await rm(this.folder, { recursive: true, force: true });
    return this.process.exitCode;
  }

  private get hasEnded(): boolean {
    return this.process.exitCode !== null || this.process.signalCode !== null;
  }
}
