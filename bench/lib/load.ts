import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { LoadResult, Scenario } from './scenario.ts';

export type { LoadResult, Scenario } from './scenario.ts';

/** What the load process is told. */
export type LoadOrder = { readonly prepare: Scenario } | { readonly start: true };

/** What the load process tells. */
export type LoadReport = { readonly ready: true } | { readonly result: LoadResult };

/** A load process with its connections open and its tokens minted. */
export interface PreparedLoad {
  run(): Promise<LoadResult>;
}

const PROCESS = fileURLToPath(new URL('load-process.ts', import.meta.url));

/**
 * Starts a process of its own for `scenario`, which makes its tokens and opens its connections, so that several loads can
 * be begun together.
 */
export async function prepareLoad(scenario: Scenario): Promise<PreparedLoad> {
  const child = fork(PROCESS, { execArgv: [], serialization: 'advanced' });
  await ask(child, { prepare: scenario });
  return {
    async run() {
      const report = await ask(child, { start: true });
      if (!('result' in report)) throw new Error('the load process did not report');
      return report.result;
    },
  };
}

/** Complaints about a load: answers that nobody should get. */
export function complaintsAbout(result: LoadResult, what: string): readonly string[] {
  const { unexpected, unexpectedCount, withoutRetryAfter } = result;
  return [
    ...unexpected.map((each) => `${what}: ${each}`),
    ...(unexpectedCount > unexpected.length
      ? [`${what}: ${unexpectedCount} unexpected answers in all`]
      : []),
    ...(withoutRetryAfter > 0
      ? [`${what}: ${withoutRetryAfter} busy answers without Retry-After`]
      : []),
  ];
}

function ask(child: ChildProcess, order: LoadOrder): Promise<LoadReport> {
  return new Promise((resolve, reject) => {
    const onEnd = (code: number | null): void => {
      reject(new Error(`the load process ended with ${code}`));
    };
    child.once('exit', onEnd);
    child.once('message', (report) => {
      child.off('exit', onEnd);
      resolve(report as LoadReport);
    });
    child.send(order);
  });
}
