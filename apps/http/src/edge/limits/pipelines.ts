import type { ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

/** A proxy or a browser sends one request after the other; a program may send some before the first is answered. */
const MOST_AT_ONCE = 64;

/**
 * Counts the requests of each connection that are not answered yet. HTTP/1.1 answers them in the order of their arrival, so
 * those that are answered stand first.
 */
export class Pipelines {
  private readonly waiting = new WeakMap<Duplex, ServerResponse[]>();

  /** `most`: how many of one connection are served at once. */
  constructor(readonly most: number = MOST_AT_ONCE) {}

  /** Notes one more request on a connection; whether it is one too many. */
  isOneTooMany(socket: Duplex, response: ServerResponse): boolean {
    const waiting = this.waiting.get(socket);
    if (waiting === undefined) {
      this.waiting.set(socket, [response]);
      return false;
    }
    forgetAnswered(waiting);
    waiting.push(response);
    return waiting.length > this.most;
  }

  /** What is still to be answered on a connection, or to be sent to it, in this order. */
  unansweredOn(socket: Duplex): readonly ServerResponse[] {
    const waiting = this.waiting.get(socket) ?? [];
    forgetAnswered(waiting);
    return waiting;
  }
}

/** Whose body is still on its way is not over, though it may be answered. */
function forgetAnswered(waiting: ServerResponse[]): void {
  while (waiting[0]?.writableFinished === true && waiting[0].req.complete) waiting.shift();
}
