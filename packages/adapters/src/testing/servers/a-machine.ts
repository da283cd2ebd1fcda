import { basename } from 'node:path';
import type { Machine } from './machine.js';

/** What a machine of a test has. */
export interface MachineOptions {
  /** Programs that are installed; in /fake, unless they are named with their paths. */
  readonly programs: readonly string[];
  readonly isRoot?: boolean;
  /** Calls that fail. */
  readonly failing?: readonly string[];
  /** By package, the program that apt-get installs. */
  readonly installs?: Readonly<Record<string, string>>;
  readonly onRun?: (call: string) => void;
}

export interface MachineOfATest extends Machine {
  readonly ran: readonly string[];
  readonly said: readonly string[];
}

/** A machine on which nothing is really run. */
export function aMachine(options: MachineOptions): MachineOfATest {
  const { isRoot = false, failing = [], installs = {}, onRun = () => {} } = options;
  const installed = new Map(
    options.programs.map((each) => [basename(each), each.startsWith('/') ? each : `/fake/${each}`]),
  );
  const ran: string[] = [];
  const said: string[] = [];
  return {
    isRoot,
    ran,
    said,
    async find(programs) {
      const program = programs.find((each) => installed.has(each));
      return program === undefined ? undefined : installed.get(program);
    },
    async run(program, args) {
      const call = [basename(program), ...args].join(' ');
      ran.push(call);
      onRun(call);
      const coming = installs[args.at(-1) ?? ''];
      if (call.startsWith('apt-get') && coming !== undefined) {
        installed.set(coming, `/fake/${coming}`);
      }
      return { ok: !failing.includes(call), output: 'what it said' };
    },
    say(line) {
      said.push(line);
    },
  };
}
