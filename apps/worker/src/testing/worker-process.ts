import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { processEnvironment } from '@jumun/adapters/testing';

const running = new Set<ChildProcess>();

/** The built main of that name, in a process of its own. */
export function startMain(
  name: string,
  environment: Readonly<Record<string, string>>,
  args: readonly string[] = [],
): ChildProcess {
  const main = fileURLToPath(new URL(`../../dist/${name}.js`, import.meta.url));
  const child = spawn(process.execPath, [main, ...args], {
    env: processEnvironment(environment),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  child.once('exit', () => running.delete(child));
  return child;
}

/** Ends what a test that failed has left running: the tests would never come to an end. */
export function killTheRest(): void {
  for (const child of running) child.kill('SIGKILL');
}

/** Resolves to what is found when the process prints a line that is `wanted`; rejects when it ends without. */
export async function lineOf(child: ChildProcess, wanted: RegExp): Promise<readonly string[]> {
  if (child.stdout === null) throw new Error('the process prints');
  for await (const line of createInterface({ input: child.stdout })) {
    const found = wanted.exec(line);
    if (found !== null) return found;
  }
  throw new Error(`the process ended without saying ${wanted}`);
}

/** All that a process prints on its way to the end, and its exit code. */
export async function outcomeOf(
  child: ChildProcess,
): Promise<{ readonly code: number | null; readonly out: string; readonly err: string }> {
  let out = '';
  let err = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    out += chunk.toString();
  });
  child.stderr?.on('data', (chunk: Buffer) => {
    err += chunk.toString();
  });
  await once(child, 'close');
  return { code: child.exitCode, out, err };
}
