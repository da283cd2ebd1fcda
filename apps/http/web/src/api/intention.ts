import type { Answer } from './answer.js';

/** Where an intention outlives a reload of its page: `sessionStorage`, or nothing. */
export interface Memory {
  readonly read: () => string | null;
  readonly write: (text: string | null) => void;
}

/** What was sent under a key, while nobody knows how it ended. It is no secret: a key is worth nothing without its customer's token. */
export interface Pending<Request> {
  readonly key: string;
  readonly request: Request;
  /** When its key was made, by the device's clock in milliseconds since 1970. */
  readonly since: number;
}

/** What was sent and has no known outcome. */
export interface Unsettled<Request> extends Pending<Request> {
  /** The shop may have forgotten its answer by now: sent again it may be done again, so it can only be looked for. */
  readonly isOutdated: boolean;
}

/** The shop knows a key for 24 hours; a little less, so that nothing arrives after them. */
const KNOWN_MS = 23.5 * 3_600_000;

/** A refusal that says nothing about whether the thing was done. */
interface Refused {
  readonly code: string;
  readonly mayBeDone?: boolean;
}

/**
 * One thing that a person wants done once: an order, a payment, a charge. Its Idempotency-Key is made at the first click and kept
 * until the outcome is known, whatever happens between: a second click joins the first, a retry after giving up, or after a
 * reload, carries the same key. Another request is another intention, with a key of its own; so is one that is older than the shop
 * remembers.
 */
export class Intention<Request> {
  private pending: Pending<Request> | null;
  private running: Promise<unknown> | null = null;

  constructor(
    private readonly newKey: () => string,
    private readonly memory: Memory = { read: () => null, write: () => {} },
    private readonly now: () => number = Date.now,
  ) {
    this.pending = parsed<Request>(memory.read());
  }

  /** What was sent and has no known outcome: after a reload, or after giving up. */
  get unsettled(): Unsettled<Request> | null {
    if (this.running !== null || this.pending === null) return null;
    return { ...this.pending, isOutdated: this.isOutdated(this.pending) };
  }

  /** Does it with the key of this intention, unless it is being done already: then the answer is that one's. */
  async pursue<Value, R extends Refused>(
    request: Request,
    send: (pending: Pending<Request>) => Promise<Answer<Value, R>>,
  ): Promise<Answer<Value, R>> {
    // Whoever clicks twice wants one thing: the buttons of an intention all send the same operation.
    if (this.running !== null) return (await this.running) as Answer<Value, R>;
    const pending = this.pendingFor(request);
    const isFirst = pending !== this.pending;
    this.keep(pending);
    const running = send(pending);
    this.running = running;
    try {
      const answer = await running;
      if (isSettled(answer, isFirst)) this.keep(null);
      return answer;
    } finally {
      this.running = null;
    }
  }

  /** Forgets a key without an outcome: the person looked, and wants it anew. */
  forget(): void {
    this.keep(null);
  }

  private pendingFor(request: Request): Pending<Request> {
    const known = this.pending;
    const isSame =
      known !== null &&
      !this.isOutdated(known) &&
      JSON.stringify(known.request) === JSON.stringify(request);
    return isSame ? known : { key: this.newKey(), request, since: this.now() };
  }

  private isOutdated({ since }: Pending<Request>): boolean {
    return this.now() - since >= KNOWN_MS;
  }

  private keep(pending: Pending<Request> | null): void {
    this.pending = pending;
    this.memory.write(pending === null ? null : JSON.stringify(pending));
  }
}

/** A session that ended, or a fault, leaves the thing as wanted as before, and maybe done: both keep the key. */
const KEEPS_ITS_KEY: ReadonlySet<string> = new Set([
  'GIVEN_UP',
  'UNREADABLE_ANSWER',
  'UNAUTHENTICATED',
  'INTERNAL_ERROR',
]);

/** `isFirst`: nothing was sent under this key before, so that nothing done now is nothing done at all. */
function isSettled(answer: Answer<unknown, Refused>, isFirst: boolean): boolean {
  if (answer.ok || !KEEPS_ITS_KEY.has(answer.refusal.code)) return true;
  return isFirst && answer.refusal.mayBeDone === false;
}

const timeOf = (since: unknown): number => (typeof since === 'number' ? since : 0);

function parsed<Request>(text: string | null): Pending<Request> | null {
  if (text === null) return null;
  try {
    const value = JSON.parse(text) as Partial<Pending<Request>> | null;
    return typeof value?.key === 'string' && value.request !== undefined
      ? // Without a time it is from before times were kept: nobody knows how old it is.
        { key: value.key, request: value.request, since: timeOf(value.since) }
      : null;
  } catch {
    return null;
  }
}
