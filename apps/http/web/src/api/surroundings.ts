/** What the client takes from the browser, as an argument: a test gives it a time and a network of its own. */
export interface Surroundings {
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  /** The device's own clock, in milliseconds since 1970. */
  readonly now: () => number;
  /** Settles after so many milliseconds; rejects as soon as the signal is aborted. */
  readonly wait: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
  /** A number from 0 to just below 1. */
  readonly chance: () => number;
}

/** The browser's own. */
export const browserSurroundings = (): Surroundings => ({
  fetch: (url, init) => fetch(url, init),
  now: () => Date.now(),
  wait: waitInBrowser,
  chance: () => Math.random(),
});

async function waitInBrowser(milliseconds: number, signal?: AbortSignal): Promise<void> {
  signal?.throwIfAborted();
  await new Promise<void>((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(asError(signal?.reason));
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, milliseconds);
    signal?.addEventListener('abort', stop, { once: true });
  });
}

const asError = (reason: unknown): Error =>
  reason instanceof Error ? reason : new Error('Aborted', { cause: reason });

/** A key that nobody guesses and nobody else has. `crypto.randomUUID` is missing on plain http, so it is made by hand. */
export function newIdempotencyKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
