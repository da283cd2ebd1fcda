import { readFile } from 'node:fs/promises';
import { platform } from 'node:os';

/** The kernel tells times in hundredths of a second, whatever its own clock. */
const TICKS_PER_SECOND = 100;
/** Fields of `/proc/PID/stat` after the name of the program, which may contain anything. */
const USER_FIELD = 11;
const SYSTEM_FIELD = 12;

/**
 * How long a process has had a processor since it began, in seconds; NaN where the system does not tell. Unlike a rate it
 * does not hang on who else wants the machine.
 */
export async function processorSeconds(pid: number): Promise<number> {
  if (platform() !== 'linux') return Number.NaN;
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[USER_FIELD]) + Number(fields[SYSTEM_FIELD])) / TICKS_PER_SECOND;
}
