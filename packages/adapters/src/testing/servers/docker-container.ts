import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type Housing, ServerDidNotStart } from './housing.js';
import type { Machine } from './machine.js';

export interface DockerImage {
  /** Where Docker's own program is. */
  readonly docker: string;
  readonly image: string;
  /** The port that the server has inside its container. */
  readonly innerPort: number;
  /** What `docker run` is told of the container. */
  readonly options: readonly string[];
  /** What the server is told. */
  readonly args: readonly string[];
  /** Unique on this machine. */
  readonly name: string;
  readonly port: number;
}

/** Removes the container when this process is gone, however it ended. */
const WATCHDOG = 'while read -r line; do :; done; exec "$1" rm --force --volumes "$2"';

/** A server in a container of its own. */
export class DockerContainer implements Housing {
  readonly port: number;
  private readonly what: DockerImage;
  private readonly machine: Machine;
  private readonly watchdog: ChildProcess;
  private isMade = false;

  constructor(what: DockerImage, machine: Machine) {
    this.what = what;
    this.port = what.port;
    this.machine = machine;
    this.watchdog = spawn('/bin/sh', ['-c', WATCHDOG, 'watchdog', what.docker, what.name], {
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    this.watchdog.unref();
  }

  async start(): Promise<void> {
    const { image, innerPort, options, args, name, port } = this.what;
    const publish = `127.0.0.1:${port}:${innerPort}`;
    const make = ['run', '--detach', '--name', name, '--publish', publish, ...options, image];
    await this.docker(...(this.isMade ? ['start', name] : [...make, ...args]));
    this.isMade = true;
  }

  async kill(): Promise<void> {
    await this.docker('kill', this.what.name);
  }

  async pause(): Promise<void> {
    await this.docker('pause', this.what.name);
  }

  async resume(): Promise<void> {
    await this.docker('unpause', this.what.name);
  }

  async remove(): Promise<void> {
    if (this.watchdog.exitCode !== null) return;
    this.watchdog.ref();
    const removed = once(this.watchdog, 'exit');
    this.watchdog.stdin?.end();
    await removed;
  }

  private async docker(...args: string[]): Promise<void> {
    const { ok, output } = await this.machine.run(this.what.docker, args);
    if (!ok) throw new ServerDidNotStart(`docker ${args[0]}: ${output}`);
  }
}
