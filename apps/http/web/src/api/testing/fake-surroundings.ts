import type { Surroundings } from '../surroundings.js';

/** What the shop does with one request: an answer, `'lost'` for a connection that breaks, or `'silent'` for one that hangs. */
export type Reaction = Response | 'lost' | 'silent';

export interface Asked {
  readonly at: number;
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

interface Timer {
  readonly at: number;
  readonly ring: () => void;
}

/** A browser without a network and with a time of its own: it passes only when a test waits for something. */
export class FakeSurroundings implements Surroundings {
  readonly asked: Asked[] = [];
  private time = Date.parse('2026-11-22T00:00:00Z');
  private readonly began = this.time;
  private timers: Timer[] = [];

  constructor(private readonly react: (asked: Asked, nth: number) => Reaction) {}

  readonly now = () => this.time;

  readonly chance = () => 0.5;

  readonly fetch = async (url: string, init: RequestInit): Promise<Response> => {
    const { method = 'GET', headers, body, signal } = init;
    const asked: Asked = {
      at: this.time - this.began,
      method,
      url,
      headers: (headers ?? {}) as Record<string, string>,
      body: typeof body === 'string' ? JSON.parse(body) : null,
    };
    this.asked.push(asked);
    const reaction = this.react(asked, this.asked.length);
    if (reaction === 'lost') throw new TypeError('Failed to fetch');
    if (reaction === 'silent') return await new Promise((_, reject) => rejectWhen(signal, reject));
    return reaction;
  };

  readonly wait = async (milliseconds: number, signal?: AbortSignal): Promise<void> => {
    signal?.throwIfAborted();
    await new Promise<void>((resolve, reject) => {
      const timer = { at: this.time + milliseconds, ring: resolve };
      this.timers.push(timer);
      rejectWhen(signal, (fault) => {
        this.timers = this.timers.filter((other) => other !== timer);
        reject(fault);
      });
    });
  };

  /** Lets so many milliseconds pass; what falls due in them happens in its order. */
  async pass(milliseconds: number): Promise<void> {
    const end = this.time + milliseconds;
    for (;;) {
      await everythingElse();
      const [next] = this.timers.toSorted((one, other) => one.at - other.at);
      if (next === undefined || next.at > end) break;
      this.timers = this.timers.filter((timer) => timer !== next);
      this.time = Math.max(this.time, next.at);
      next.ring();
    }
    this.time = end;
    await everythingElse();
  }
}

/** Whatever can go on without time passing has gone on. */
const everythingElse = () => new Promise<void>((resolve) => setTimeout(resolve, 0));

function rejectWhen(signal: AbortSignal | null | undefined, reject: (fault: Error) => void): void {
  const abort = () => reject(new Error('Aborted'));
  if (signal?.aborted === true) abort();
  else signal?.addEventListener('abort', abort, { once: true });
}

/** An answer of the shop. */
export const json = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
  });

/** A problem of the shop. */
export const problem = (status: number, code: string, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify({ code, status }), {
    status,
    headers: { 'content-type': 'application/problem+json', ...headers },
  });
