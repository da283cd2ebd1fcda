import {
  type Answer,
  type AnswerOf,
  answered,
  type GivenUp,
  type Hindrance,
  isPassing,
  type Problem,
  type Refusal,
  refused,
} from './answer.js';
import { secondsToWait, waitBefore } from './backoff.js';
import type { Connection } from './connection.js';
import type { InputOf, Method, PathOf } from './document.js';
import type { ServerClock } from './server-clock.js';
import type { Surroundings } from './surroundings.js';
import { type Given, requestOf } from './wire.js';

/** Who asks. The token is in memory only, and is never told to anything but the shop. */
export interface Credentials {
  readonly token: () => string | null;
  /** Another token, because the shop no longer takes this one; null where the person has to sign in themselves. Rejects when nobody
   * could be asked. */
  readonly renew: (refusedToken: string) => Promise<string | null>;
}

/** Why an answer is late, and when the next try is: for the person who waits. */
export interface Waiting {
  readonly hindrance: Hindrance;
  /** How many tries there were. */
  readonly tries: number;
  /** When the next try is, by the device's clock; null while the connection is lost, since that ends when it ends. */
  readonly until: number | null;
}

export interface Options {
  /** Ends the waiting: the answer is GIVEN_UP. */
  readonly signal?: AbortSignal | undefined;
  /** Told whenever the client has to wait, and with null when the next try begins. */
  readonly onWait?: ((waiting: Waiting | null) => void) | undefined;
}

export interface Sending extends Options {
  /** The Idempotency-Key of the intention: the same for every try of it. See intention.ts. */
  readonly key: string;
}

/** How long one try may take. The server's own limits are shorter: what takes longer was lost on the way. */
const TRY_MS = 20_000;

/**
 * The shop's API, typed by its document. An operation ends with a value or a refusal and never throws; what passes by itself (a
 * busy server, a rate limit, a lost connection) is waited for and asked again, as long as nobody gives up: with POST that is
 * safe, because every try carries the key of its intention.
 */
export class ApiClient {
  constructor(
    private readonly surroundings: Surroundings,
    private readonly credentials: Credentials,
    private readonly connection: Connection,
    private readonly clock: ServerClock,
  ) {}

  /** Reads. */
  async get<P extends PathOf<'get'>>(
    path: P,
    input: InputOf<'get', P>,
    options: Options = {},
  ): Promise<AnswerOf<'get', P>> {
    return (await this.call('get', path, input as Given, null, options)) as AnswerOf<'get', P>;
  }

  /** Does something, once for each key. */
  async post<P extends PathOf<'post'>>(
    path: P,
    input: InputOf<'post', P>,
    { key, ...options }: Sending,
  ): Promise<AnswerOf<'post', P>> {
    return (await this.call('post', path, input as Given, key, options)) as AnswerOf<'post', P>;
  }

  /** Changes something to what is given: doing it twice is doing it once. */
  async patch<P extends PathOf<'patch'>>(
    path: P,
    input: InputOf<'patch', P>,
    options: Options = {},
  ): Promise<AnswerOf<'patch', P>> {
    return (await this.call('patch', path, input as Given, null, options)) as AnswerOf<'patch', P>;
  }

  private async call(
    method: Method,
    path: string,
    input: Given,
    key: string | null,
    { signal, onWait }: Options,
  ): Promise<Answer<unknown, Refusal>> {
    const doubt: Doubt = { hindrance: null, mayBeDone: false };
    let renewed = false;
    for (let tries = 1; ; tries += 1) {
      if (signal?.aborted === true) return refused(givenUp(doubt));
      const token = this.credentials.token();
      const request = requestOf(method, path, input, { key, token });
      let outcome = await this.attempt(request, signal);
      if (token !== null && !renewed && isUnauthenticated(outcome)) {
        const renewal = await this.renewal(token);
        renewed = renewal === 'renewed';
        if (renewed) continue;
        if (renewal === 'lost') outcome = { kind: 'silence' };
      }
      if (outcome.kind === 'answer') return answered(outcome.value);
      if (outcome.kind === 'unreadable') {
        return refused({ code: 'UNREADABLE_ANSWER', status: outcome.status });
      }
      if (outcome.kind === 'problem' && !isPassing(outcome.problem.code)) {
        return refused(outcome.problem as Refusal);
      }
      const hindrance =
        outcome.kind === 'problem' && isPassing(outcome.problem.code)
          ? outcome.problem.code
          : 'CONNECTION_LOST';
      doubt.hindrance = hindrance;
      doubt.mayBeDone ||= method !== 'get' && LEAVES_DOUBT.has(hindrance);
      const retryAfter = outcome.kind === 'problem' ? outcome.retryAfter : null;
      const goOn = await this.waitFor({ hindrance, tries, retryAfter, signal, onWait });
      if (!goOn) return refused(givenUp(doubt));
    }
  }

  /** Asks for another token. Where that is not answered, nothing is known of the person: it is no reason to send them away. */
  private async renewal(token: string): Promise<'renewed' | 'none' | 'lost'> {
    try {
      return (await this.credentials.renew(token)) === null ? 'none' : 'renewed';
    } catch {
      this.connection.lost();
      return 'lost';
    }
  }

  /** Waits until another try is worth it; false when the person gave up. */
  private async waitFor(late: Late): Promise<boolean> {
    const { hindrance, tries, retryAfter, signal, onWait } = late;
    const { chance, now, wait } = this.surroundings;
    try {
      if (hindrance === 'CONNECTION_LOST') {
        onWait?.({ hindrance, tries, until: null });
        await this.connection.whenWell(signal);
      } else {
        const milliseconds = waitBefore(tries - 1, retryAfter, chance());
        onWait?.({ hindrance, tries, until: now() + milliseconds });
        await wait(milliseconds, signal);
      }
      return true;
    } catch {
      return false;
    } finally {
      onWait?.(null);
    }
  }

  private async attempt({ url, init }: Request, signal?: AbortSignal): Promise<Outcome> {
    const { fetch, now, wait } = this.surroundings;
    const patience = new AbortController();
    const stop = () => patience.abort();
    signal?.addEventListener('abort', stop, { once: true });
    wait(TRY_MS, patience.signal).then(stop, () => {});
    const sentAt = now();
    try {
      const response = await fetch(url, { ...init, signal: patience.signal });
      const receivedAt = now();
      const outcome = await outcomeOf(response);
      // A gateway that cannot reach the shop answers too; that is not the shop.
      if (outcome.kind === 'silence') this.connection.lost();
      else this.connection.reached();
      if (response.headers.get('cache-control') === 'no-store') {
        this.clock.learn(response.headers.get('date'), sentAt, receivedAt);
      }
      return outcome;
    } catch {
      if (signal?.aborted !== true) this.connection.lost();
      return { kind: 'silence' };
    } finally {
      signal?.removeEventListener('abort', stop);
      stop();
    }
  }
}

type Request = ReturnType<typeof requestOf>;

interface Late extends Options {
  readonly hindrance: Hindrance;
  readonly tries: number;
  readonly retryAfter: number | null;
}

/** What is known of a call that has no answer yet. */
interface Doubt {
  hindrance: Hindrance | null;
  mayBeDone: boolean;
}

/** After these nobody knows whether what was sent was done; after the others nothing was. */
const LEAVES_DOUBT: ReadonlySet<Hindrance> = new Set(['CONNECTION_LOST', 'OUTCOME_UNKNOWN']);

const givenUp = ({ hindrance, mayBeDone }: Doubt): GivenUp => ({
  code: 'GIVEN_UP',
  hindrance,
  mayBeDone,
});

/** What became of one try. */
type Outcome =
  | { readonly kind: 'answer'; readonly value: unknown }
  | {
      readonly kind: 'problem';
      readonly problem: Problem;
      readonly retryAfter: number | null;
    }
  | { readonly kind: 'unreadable'; readonly status: number }
  | { readonly kind: 'silence' };

const isUnauthenticated = (outcome: Outcome): boolean =>
  outcome.kind === 'problem' && outcome.problem.code === 'UNAUTHENTICATED';

async function outcomeOf(response: Response): Promise<Outcome> {
  const { headers, ok, status } = response;
  const type = headers.get('content-type') ?? '';
  if (!/^application\/(problem\+)?json/.test(type)) {
    return status >= 500 ? { kind: 'silence' } : { kind: 'unreadable', status };
  }
  const text = await response.text();
  try {
    const value: unknown = JSON.parse(text);
    if (ok) return { kind: 'answer', value };
    return isProblem(value)
      ? { kind: 'problem', problem: value, retryAfter: secondsToWait(headers.get('retry-after')) }
      : { kind: 'unreadable', status };
  } catch {
    return { kind: 'unreadable', status };
  }
}

const isProblem = (value: unknown): value is Problem =>
  typeof value === 'object' && value !== null && 'code' in value && typeof value.code === 'string';
