/** A place where one server runs, always on the same port and with the same data. */
export interface Housing {
  readonly port: number;
  /** Resolves when the server says that it is ready. */
  start(): Promise<void>;
  /** Ends the server as `kill -9` does; resolves when it is gone. */
  kill(): Promise<void>;
  /** The server hangs: it is there, but does nothing. */
  pause(): Promise<void>;
  resume(): Promise<void>;
  /** Ends the server, and removes all that it has left. */
  remove(): Promise<void>;
}

/** The server did not start, and this is the end of what it said. */
export class ServerDidNotStart extends Error {
  override readonly name = 'ServerDidNotStart';
}
