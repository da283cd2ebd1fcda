import { destination, type DestinationStream } from 'pino';

/** Lines are written together once there are so many bytes of them, and after so long in any case. */
const BUFFERED_BYTES = 65_536;
const BUFFERED_MS = 100;

/**
 * The standard output, for a log that says something of every request: a write of its own for each line takes a tenth of
 * all the time that the process has. What is buffered is written at the end of the process, and with a `fatal` line; a
 * process that is killed loses the lines of its last moment.
 */
export function bufferedOutput(): DestinationStream {
  const output = destination({
    dest: 1,
    sync: false,
    minLength: BUFFERED_BYTES,
    maxWrite: 2 * BUFFERED_BYTES,
  });
  setInterval(() => output.flush(), BUFFERED_MS).unref();
  return output;
}
