import { execFile } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { delimiter, isAbsolute, join } from 'node:path';

export interface Outcome {
  readonly ok: boolean;
  readonly output: string;
}

/** What the machine that runs the tests has to offer. */
export interface Machine {
  readonly isRoot: boolean;
  /** Where the first of these programs is that is installed. */
  find(programs: readonly string[]): Promise<string | undefined>;
  /** Runs a program to its end. */
  run(program: string, args: readonly string[]): Promise<Outcome>;
  /** Tells whoever started the tests. */
  say(line: string): void;
}

/** Servers are often not on an ordinary user's PATH. */
const SERVER_FOLDERS = [
  '/usr/sbin',
  '/usr/local/sbin',
  '/usr/local/bin',
  '/usr/libexec',
  '/usr/local/mysql/bin',
  '/opt/homebrew/bin',
  '/opt/homebrew/opt/mysql/bin',
  '/opt/homebrew/opt/mariadb/bin',
];

/** Installing packages takes the longest. */
const LONGEST_RUN_MS = 600_000;

export const thisMachine: Machine = {
  isRoot: process.getuid?.() === 0,

  async find(programs) {
    const folders = [...(process.env['PATH'] ?? '').split(delimiter), ...SERVER_FOLDERS];
    for (const program of programs) {
      const places = isAbsolute(program) ? [program] : folders.map((each) => join(each, program));
      for (const place of places) if (await isExecutable(place)) return place;
    }
    return undefined;
  },

  run(program, args) {
    return new Promise((resolve) => {
      const options = { timeout: LONGEST_RUN_MS, encoding: 'utf8' } as const;
      execFile(program, args, options, (error, stdout, stderr) => {
        resolve({ ok: error === null, output: `${stdout}${stderr}` });
      });
    });
  },

  say(line) {
    process.stderr.write(`${line}\n`);
  },
};

async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
