import { waitBefore } from './backoff.js';
import type { Surroundings } from './surroundings.js';

export type ConnectionState = 'well' | 'lost';

/**
 * Whether the shop can be reached. Once it is lost, one prober for the whole page asks the shop whether it lives, slower and
 * slower, and at once when the browser says that the network is back; whoever waits goes on when it answers.
 */
export class Connection {
  private state: ConnectionState = 'well';
  private readonly watchers = new Set<(state: ConnectionState) => void>();
  private nudge: AbortController = new AbortController();
  private probing: Promise<void> | null = null;

  constructor(
    private readonly surroundings: Surroundings,
    private readonly isAlive: () => Promise<boolean> = () => answersAtAll(surroundings),
  ) {}

  get current(): ConnectionState {
    return this.state;
  }

  /** Tells of every change from now on; the answer ends it. */
  watch(watcher: (state: ConnectionState) => void): () => void {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  }

  /** An answer came, from whichever request: the shop can be reached. */
  reached(): void {
    this.become('well');
  }

  /** No answer came. Probing begins, unless it has already. */
  lost(): void {
    this.become('lost');
    this.probing ??= this.probe().finally(() => {
      this.probing = null;
    });
  }

  /** The network may be back: ask now, not when the wait is over. */
  probeNow(): void {
    this.nudge.abort();
  }

  /** Settles when the shop can be reached; rejects as soon as the signal is aborted. */
  async whenWell(signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    if (this.state === 'well') return;
    await new Promise<void>((resolve, reject) => {
      const end = () => {
        stopWatching();
        signal?.removeEventListener('abort', abort);
      };
      const abort = () => {
        end();
        reject(new Error('Aborted', { cause: signal?.reason }));
      };
      const stopWatching = this.watch((state) => {
        if (state !== 'well') return;
        end();
        resolve();
      });
      signal?.addEventListener('abort', abort, { once: true });
    });
  }

  private async probe(): Promise<void> {
    for (let attempt = 0; this.state === 'lost'; attempt += 1) {
      this.nudge = new AbortController();
      const { chance, wait } = this.surroundings;
      await wait(waitBefore(attempt, null, chance()), this.nudge.signal).catch(() => {});
      if (this.state === 'lost' && (await this.isAlive())) this.become('well');
    }
  }

  private become(state: ConnectionState): void {
    if (this.state === state) return;
    this.state = state;
    for (const watcher of this.watchers) watcher(state);
  }
}

/** Any answer of the shop will do, also one that says that it is busy; only silence and a gateway's own error are none. */
async function answersAtAll({ fetch, wait }: Surroundings): Promise<boolean> {
  const patience = new AbortController();
  const isOver = new AbortController();
  const limit = wait(PROBE_TIMEOUT_MS, isOver.signal).then(
    () => patience.abort(),
    () => {},
  );
  try {
    const { status } = await fetch('/livez', { cache: 'no-store', signal: patience.signal });
    return status < 500;
  } catch {
    return false;
  } finally {
    isOver.abort();
    await limit;
  }
}
const PROBE_TIMEOUT_MS = 4_000;
