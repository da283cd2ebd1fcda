import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** What a process has open beside its connections: libraries, pipes, the database. */
const RESERVED = 200;

/**
 * How many connections one process can hold. Node raises the soft limit on open files to the hard one when it starts, so
 * the hard one counts.
 */
export async function mostConnections(): Promise<number> {
  const { stdout } = await promisify(execFile)('/bin/sh', ['-c', 'ulimit -Hn']);
  const limit = stdout.trim();
  return limit === 'unlimited' ? Number.POSITIVE_INFINITY : Number(limit) - RESERVED;
}
