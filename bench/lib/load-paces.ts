import { setTimeout as sleep } from 'node:timers/promises';
import type { Window } from './load-ledger.ts';

/** Makes one journey on a connection. `due` is when it should have begun, by `performance.now()`. */
export type Trip<Connection> = (connection: Connection, due: number) => Promise<void>;

const TICK_MS = 1;

/** Journeys back to back on every connection until `end`; resolves when the last one has ended. */
export async function withoutPause<Connection>(
  connections: readonly Connection[],
  trip: Trip<Connection>,
  end: number,
): Promise<void> {
  await Promise.all(
    connections.map(async (connection) => {
      for (let now = performance.now(); now < end; now = performance.now()) {
        await trip(connection, now);
      }
    }),
  );
}

/**
 * A fixed number of journeys a second until the end of the window. What is due while all connections are busy waits, and
 * its waiting counts. `onSeen` hears of each when it is seen to be due. Resolves when all that was begun has ended, to how
 * many were due within the window and not begun.
 */
export async function atRate<Connection>(
  connections: readonly Connection[],
  trip: Trip<Connection>,
  perSecond: number,
  { from, to }: Window,
  onSeen: (due: number) => void,
): Promise<number> {
  const queue = new Queue();
  const idle = [...connections];
  const underWay = new Set<Promise<void>>();

  const work = async (connection: Connection, first: number): Promise<void> => {
    for (let due: number | undefined = first; due !== undefined; due = queue.shift()) {
      await trip(connection, due);
    }
    idle.push(connection);
  };
  const begin = (due: number): void => {
    const connection = idle.pop();
    if (connection === undefined) {
      queue.push(due);
      return;
    }
    const working = work(connection, due);
    underWay.add(working);
    working.then(
      () => underWay.delete(working),
      () => {},
    );
  };

  const start = performance.now();
  for (let sent = 0, now = start; now < to; now = performance.now()) {
    for (const all = ((now - start) / 1_000) * perSecond; sent < all; sent += 1) {
      const due = start + (sent / perSecond) * 1_000;
      onSeen(due);
      begin(due);
    }
    await sleep(TICK_MS);
  }
  const left = queue.clear();
  await Promise.all(underWay);
  return left.filter((due) => due >= from).length;
}

/** First in, first out, however long it gets. */
class Queue {
  private waiting: number[] = [];
  private next = 0;

  push(due: number): void {
    this.waiting.push(due);
  }

  shift(): number | undefined {
    const due = this.waiting[this.next];
    this.next += 1;
    if (this.next < this.waiting.length) return due;
    this.clear();
    return due;
  }

  /** Empties it; returns what was in it. */
  clear(): readonly number[] {
    const left = this.waiting.slice(this.next);
    this.waiting = [];
    this.next = 0;
    return left;
  }
}
