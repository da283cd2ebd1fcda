import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { createInterface } from 'node:readline';
import { Client } from './client.js';

const MAIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
const OUTPUT_KEPT = 50;

/** The built app in a process of its own, which can be killed. */
export class ShopProcess {
  private constructor(
    private readonly child: ChildProcess,
    readonly anybody: Client,
  ) {}

  /** Resolves when it listens; rejects with what it printed when it ends before that. */
  static async start(environment: Readonly<Record<string, string>>): Promise<ShopProcess> {
    const child = spawn(process.execPath, [MAIN], {
      env: { PATH: process.env['PATH'], PORT: '0', MANAGEMENT_PORT: '0', ...environment },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const printed: string[] = [];
    const port = await new Promise<number>((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (code) => {
        reject(new Error(`the shop ended with ${code}:\n${printed.join('\n')}`));
      });
      createInterface({ input: child.stdout }).on('line', (line) => {
        if (printed.push(line) > OUTPUT_KEPT) printed.shift();
        const listening = /"port":(\d+).*"msg":"listening"/.exec(line);
        if (listening !== null) resolve(Number(listening[1]));
      });
    });
    return new ShopProcess(child, new Client(`http://127.0.0.1:${port}`));
  }

  /** As kill -9: the process gets no chance to do anything. */
  async kill(): Promise<void> {
    await this.end('SIGKILL');
  }

  /** Asks the process to stop; resolves to its exit code. */
  async stop(): Promise<number | null> {
    await this.end('SIGTERM');
    return this.child.exitCode;
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = once(this.child, 'exit');
    this.child.kill(signal);
    await ended;
  }
}
