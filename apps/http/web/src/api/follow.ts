/** What a follower needs to know of the page: whether anybody looks, and when that changes. */
export interface Visibility {
  readonly isVisible: () => boolean;
  /** Tells of every change; the answer ends it. */
  readonly watch: (watcher: () => void) => () => void;
}

export interface Following {
  /** Reads once and shows what it read; never rejects, and ends by itself when the signal is aborted. */
  readonly read: (signal: AbortSignal) => Promise<void>;
  /** Milliseconds from the end of one read to the beginning of the next. */
  readonly every: number;
  readonly visibility: Visibility;
  readonly wait: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
}

export interface Follower {
  readonly stop: () => void;
  /** Settles when nothing is read any more. */
  readonly ended: Promise<void>;
}

/**
 * Keeps what is shown fresh: reads now and again and again, one read at a time, and rests while nobody looks at the page; the
 * first look reads at once. An answer that did not change costs little: it has an ETag, and the browser asks for it by that.
 */
export function follow({ read, every, visibility, wait }: Following): Follower {
  const end = new AbortController();
  const isOver = () => end.signal.aborted;
  const run = async () => {
    while (!isOver()) {
      await whenVisible(visibility, end.signal);
      if (isOver()) return;
      await read(end.signal);
      if (isOver()) return;
      // The look is over before the wait is: then the next look need not wait for the rest of it.
      await pause(every, { visibility, wait, signal: end.signal });
    }
  };
  return { stop: () => end.abort(), ended: run() };
}

interface Pause extends Pick<Following, 'visibility' | 'wait'> {
  readonly signal: AbortSignal;
}

async function pause(milliseconds: number, { visibility, wait, signal }: Pause): Promise<void> {
  const short = new AbortController();
  const cut = () => short.abort();
  signal.addEventListener('abort', cut, { once: true });
  const stopWatching = visibility.watch(cut);
  await wait(milliseconds, short.signal).catch(() => {});
  stopWatching();
  signal.removeEventListener('abort', cut);
}

async function whenVisible(visibility: Visibility, signal: AbortSignal): Promise<void> {
  if (visibility.isVisible() || signal.aborted) return;
  await new Promise<void>((resolve) => {
    const end = () => {
      stopWatching();
      signal.removeEventListener('abort', end);
      resolve();
    };
    const stopWatching = visibility.watch(() => {
      if (visibility.isVisible()) end();
    });
    signal.addEventListener('abort', end, { once: true });
  });
}

/** The browser's own. */
export const pageVisibility = (): Visibility => ({
  isVisible: () => document.visibilityState === 'visible',
  watch: (watcher) => {
    document.addEventListener('visibilitychange', watcher);
    return () => document.removeEventListener('visibilitychange', watcher);
  },
});
