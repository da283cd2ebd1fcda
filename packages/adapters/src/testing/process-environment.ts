import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Programs that tests start again and again are compiled once: a quarter of what a start costs. */
const COMPILED = join(tmpdir(), 'jumun-tests-compiled');

/** The environment of a process that a test starts: what it is given, and nothing of ours but where programs are. */
export const processEnvironment = (
  given: Readonly<Record<string, string>>,
): Record<string, string | undefined> => ({
  PATH: process.env['PATH'],
  NODE_COMPILE_CACHE: COMPILED,
  ...given,
});
