import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { processEnvironment } from '@jumun/adapters/testing';

const OUTPUT_KEPT = 50;

/** A main in a process of its own, which can be killed. It must have been built. */
export class NodeProcess {
  private constructor(
    private readonly child: ChildProcess,
    /** What the line that said that it is ready had to tell. */
    readonly greeting: RegExpExecArray,
    /** The latest lines of its output. */
    readonly printed: readonly string[],
  ) {}

  /** Resolves when a line of its output matches `ready`; rejects with what it printed when it ends before that. */
  static async start(
    main: string,
    environment: Readonly<Record<string, string>>,
    ready: RegExp,
  ): Promise<NodeProcess> {
    const child = spawn(process.execPath, [main], {
      env: processEnvironment(environment),
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const printed: string[] = [];
    const greeting = await new Promise<RegExpExecArray>((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (code) => {
        reject(new Error(`${main} ended with ${code}:\n${printed.join('\n')}`));
      });
      createInterface({ input: child.stdout }).on('line', (line) => {
        if (printed.push(line) > OUTPUT_KEPT) printed.shift();
        const found = ready.exec(line);
        if (found !== null) resolve(found);
      });
    });
    return new NodeProcess(child, greeting, printed);
  }

  /** Where it is looked at, as its log says. */
  get managementUrl(): string {
    const [, port] = /"managementPort":(\d+)/.exec(this.printed.join('\n')) ?? [];
    if (port === undefined) throw new Error('it has not said its management port');
    return `http://127.0.0.1:${port}`;
  }

  /** As kill -9: the process gets no chance to do anything. */
  async kill(): Promise<void> {
    await this.end('SIGKILL');
  }

  /** Resolves to its exit code when it has ended by itself. */
  async ended(): Promise<number | null> {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      await once(this.child, 'exit');
    }
    return this.child.exitCode;
  }

  /** Asks the process to stop; resolves to its exit code. */
  async stop(): Promise<number | null> {
    await this.end('SIGTERM');
    return this.child.exitCode;
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    this.child.kill(signal);
    await this.ended();
  }
}
