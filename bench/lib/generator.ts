import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';

type Reply<Report> = { readonly report: Report } | { readonly fault: string };

/** A process of its own that makes load, so that it shares no event loop with what it measures. */
export class Generator<Task extends object> {
  private readonly child: ChildProcess;

  private constructor(child: ChildProcess) {
    this.child = child;
  }

  /** Starts a program that calls {@link answerTasks}. */
  static start<Task extends object>(program: URL): Generator<Task> {
    return new Generator(fork(program));
  }

  /** Gives it a task and resolves to its report; one task at a time. */
  async run<Report>(task: Task): Promise<Report> {
    const ended = new AbortController();
    const { signal } = ended;
    try {
      const answer = once(this.child, 'message', { signal });
      const end = once(this.child, 'exit', { signal }).then(() => {
        throw new Error('the load generator ended in the middle of a task');
      });
      this.child.send(task);
      const [reply] = (await Promise.race([answer, end])) as [Reply<Report>];
      if ('fault' in reply) throw new Error(`the load generator failed: ${reply.fault}`);
      return reply.report;
    } finally {
      ended.abort();
    }
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const exit = once(this.child, 'exit');
    this.child.disconnect();
    await exit;
  }
}

/** Does what the starting process asks for, until it goes away. */
export function answerTasks(perform: (task: never) => Promise<unknown>): void {
  process.on('message', (task: unknown) => {
    perform(task as never).then(
      (report) => process.send?.({ report }),
      (fault: unknown) =>
        process.send?.({ fault: fault instanceof Error ? String(fault.stack) : String(fault) }),
    );
  });
  process.once('disconnect', () => process.exit());
}
