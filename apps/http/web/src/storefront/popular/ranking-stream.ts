import type { Visibility } from '../../api/follow.js';
import type { RankingEvent, TrendEvent } from './ranking.js';

/** As much of the browser's EventSource as is needed. */
export interface Source {
  readonly readyState: number;
  addEventListener(name: string, listener: (event: { readonly data?: unknown }) => void): void;
  close(): void;
}

export interface StreamSettings {
  readonly open: () => Source;
  readonly visibility: Visibility;
  readonly wait: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
  /** A number from 0 to just below 1. */
  readonly chance: () => number;
  readonly onRanking: (event: RankingEvent) => void;
  readonly onTrend: (event: TrendEvent) => void;
  /** Something may have been missed: what is shown must be read anew. */
  readonly onGap: () => void;
  readonly onState: (state: StreamState) => void;
}

/** `resting`: nobody looks at the page. */
export type StreamState = 'connecting' | 'live' | 'broken' | 'resting';

const CLOSED = 2;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;

/** How long to wait before the n-th try (from 0), spread so that a crowd does not come back as one. */
export const waitBeforeOpening = (tries: number, chance: number): number =>
  Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** tries) * (0.5 + chance / 2);

/**
 * Listens to the rankings as long as somebody looks. The browser comes back by itself after a loss and names what it heard
 * last, so that the shop tells it the rest; where it gives up (the shop was full, or answered something else), we open
 * another stream after a while. Then, and when somebody looks again, the ranking is read anew. The answer ends it.
 */
export function followRanking(settings: StreamSettings): () => void {
  const { visibility, onState, onGap } = settings;
  const end = new AbortController();
  let source: Source | null = null;
  let tries = 0;
  let hasListened = false;

  const rest = (): void => {
    source?.close();
    source = null;
  };
  const listen = (): void => {
    if (source !== null || end.signal.aborted || !visibility.isVisible()) return;
    onState('connecting');
    const mine = settings.open();
    source = mine;
    mine.addEventListener('open', () => {
      if (source !== mine) return;
      tries = 0;
      onState('live');
      if (hasListened) onGap();
      hasListened = true;
    });
    // The shop's own stream says what the document says.
    mine.addEventListener('ranking', ({ data }) => {
      const event = read(data) as RankingEvent | null;
      if (event !== null) settings.onRanking(event);
    });
    mine.addEventListener('trend', ({ data }) => {
      const event = read(data) as TrendEvent | null;
      if (event !== null) settings.onTrend(event);
    });
    mine.addEventListener('error', () => {
      if (source !== mine) return;
      onState('broken');
      // Whether the shop can be reached at all is found out by asking it for what was missed.
      onGap();
      if (mine.readyState !== CLOSED) return;
      rest();
      const milliseconds = waitBeforeOpening(tries, settings.chance());
      tries += 1;
      settings.wait(milliseconds, end.signal).then(listen, () => {});
    });
  };

  const stopWatching = visibility.watch(() => {
    if (visibility.isVisible()) return listen();
    rest();
    onState('resting');
  });
  listen();
  return () => {
    end.abort();
    stopWatching();
    rest();
  };
}

/** What an event says; null where that cannot be read, and then it is read when the stream is open again. */
function read(data: unknown): unknown {
  if (typeof data !== 'string') return null;
  try {
    return JSON.parse(data);
  } catch {
    return null;
  }
}
