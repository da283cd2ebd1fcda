import { asksForHelp, ConfigError, type DescribedProgram, helpFor } from '@jumun/adapters';
import { type Config, readConfig } from './config.js';
import { PROGRAMS } from './programs.js';

const OLDEST_NODE = 24;

/** The parts of a Node process that starting needs. */
export interface StartingProcess {
  readonly versions: { readonly node: string };
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown };
  readonly exit: (code: number) => never;
}

/**
 * The worker's configuration; a process that cannot run with it says why, in a line for each variable, and ends. So does one
 * that is asked for help.
 */
export function configOrExit(
  starting: StartingProcess,
  program: DescribedProgram = PROGRAMS.worker,
): Config {
  const { versions, argv, env, stdout, stderr } = starting;
  if (Number.parseInt(versions.node, 10) < OLDEST_NODE) {
    stderr.write(`Jumun needs Node ${OLDEST_NODE} or newer; this is ${versions.node}.\n`);
    return starting.exit(1);
  }
  if (asksForHelp(argv)) {
    stdout.write(`${helpFor(program)}\n`);
    return starting.exit(0);
  }
  try {
    return readConfig(env);
  } catch (fault) {
    if (!(fault instanceof ConfigError)) throw fault;
    for (const line of fault.lines) stderr.write(`${line}\n`);
    return starting.exit(1);
  }
}
