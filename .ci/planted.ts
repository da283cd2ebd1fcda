import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

export const repository = path.resolve(import.meta.dirname, '..');

/** A small source tree: path → content. */
export type Tree = Readonly<Record<string, string>>;

/** Writes `tree` into a temporary folder, hands the folder to `work`, and removes it. */
export async function withTree<T>(tree: Tree, work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await realpath(await mkdtemp(path.join(tmpdir(), 'jumun-planted-')));
  try {
    await Promise.all(
      Object.entries(tree).map(async ([name, content]) => {
        const file = path.join(folder, name);
        await mkdir(path.dirname(file), { recursive: true });
        await writeFile(file, content);
      }),
    );
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a script of this repository under the Node that runs the tests, with `cwd` as its folder. */
export function runNode(cwd: string, script: string, ...args: string[]): Promise<Outcome> {
  const env = { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0' };
  const command = [path.join(repository, script), ...args];
  return new Promise((resolve, reject) => {
    execFile(process.execPath, command, { cwd, env }, (error, stdout, stderr) => {
      const code = error === null ? 0 : error.code;
      if (typeof code === 'number') resolve({ code, stdout, stderr });
      else reject(new Error(`${script} did not run`, { cause: error }));
    });
  });
}
