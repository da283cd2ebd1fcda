import { describe, expect, it } from '@jest/globals';
import {
  followRanking,
  type Source,
  type StreamState,
  waitBeforeOpening,
} from './ranking-stream.js';

type Listener = (event: { readonly data?: unknown }) => void;

class FakeSource implements Source {
  readyState = 0;
  private readonly listeners = new Map<string, Listener>();

  addEventListener(name: string, listener: Listener): void {
    this.listeners.set(name, listener);
  }

  close(): void {
    this.readyState = 2;
  }

  say(name: string, data?: unknown): void {
    this.listeners.get(name)?.({ data: data === undefined ? undefined : JSON.stringify(data) });
  }

  /** Half a message. */
  mumble(name: string): void {
    this.listeners.get(name)?.({ data: '{"days":' });
  }
}

/** A page with a stream, where everything happens when the test says so. */
function page() {
  const sources: FakeSource[] = [];
  const states: StreamState[] = [];
  const told: unknown[] = [];
  const waits: { readonly milliseconds: number; readonly end: () => void }[] = [];
  const watchers = new Set<() => void>();
  let isVisible = true;
  let gaps = 0;
  const stop = followRanking({
    open: () => {
      const source = new FakeSource();
      sources.push(source);
      return source;
    },
    visibility: {
      isVisible: () => isVisible,
      watch: (watcher) => {
        watchers.add(watcher);
        return () => watchers.delete(watcher);
      },
    },
    wait: (milliseconds, signal) => {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      signal?.addEventListener('abort', () => reject(new Error('aborted')));
      waits.push({ milliseconds, end: resolve });
      return promise;
    },
    chance: () => 0,
    onRanking: (event) => told.push(event),
    onTrend: (event) => told.push(event),
    onGap: () => {
      gaps += 1;
    },
    onState: (state) => states.push(state),
  });
  return {
    sources,
    states,
    told,
    waits,
    stop,
    latest: (): FakeSource => sources.at(-1) ?? new FakeSource(),
    gaps: () => gaps,
    look: (looks: boolean) => {
      isVisible = looks;
      for (const watcher of watchers) watcher();
    },
  };
}

const RANKING = { days: 3, computedAt: '2024-01-17T03:00:00.000Z', items: [] };
const TREND = { productId: 103, name: '게이밍 마우스', rank: 1, previousRank: 2, message: '' };

describe('The stream of rankings', () => {
  it('tells what it says, and misses nothing by being opened', () => {
    const { latest, told, states, gaps } = page();
    latest().say('open');
    latest().say('ranking', RANKING);
    latest().say('trend', TREND);
    expect([told, states, gaps()]).toEqual([[RANKING, TREND], ['connecting', 'live'], 0]);
  });

  it('is not brought down by what cannot be read', () => {
    const { latest, told } = page();
    latest().say('open');
    latest().mumble('ranking');
    latest().say('ranking', RANKING);
    expect(told).toEqual([RANKING]);
  });

  it('has what was missed read anew after a loss, and leaves coming back to the browser', () => {
    const { latest, sources, states, gaps, waits } = page();
    latest().say('open');
    latest().say('error');
    expect([states.at(-1), gaps(), waits.length]).toEqual(['broken', 1, 0]);
    latest().say('open');
    expect([states.at(-1), gaps(), sources.length]).toEqual(['live', 2, 1]);
  });

  it('is opened again, later and later, where the browser has given up', async () => {
    const { latest, sources, waits } = page();
    for (const expected of [500, 1_000, 2_000]) {
      latest().close();
      latest().say('error');
      expect(waits.at(-1)?.milliseconds).toBe(expected);
      const before = sources.length;
      waits.at(-1)?.end();
      await Promise.resolve();
      expect(sources).toHaveLength(before + 1);
    }
  });

  it('begins with short waits again once it was open', async () => {
    const { latest, waits } = page();
    latest().close();
    latest().say('error');
    waits.at(-1)?.end();
    await Promise.resolve();
    latest().say('open');
    latest().close();
    latest().say('error');
    expect(waits.map(({ milliseconds }) => milliseconds)).toEqual([500, 500]);
  });

  it('rests while nobody looks, and has everything read anew when somebody does', () => {
    const { latest, sources, states, gaps, look } = page();
    const [first] = sources;
    latest().say('open');
    look(false);
    expect([first?.readyState, states.at(-1)]).toEqual([2, 'resting']);
    look(true);
    latest().say('open');
    expect([sources.length, states.at(-1), gaps()]).toEqual([2, 'live', 1]);
  });

  it('hears no more of a stream that it has left', () => {
    const { sources, states, look } = page();
    look(false);
    sources[0]?.say('open');
    sources[0]?.say('error');
    expect(states).toEqual(['connecting', 'resting']);
  });

  it('is over when it is stopped, also in the middle of a wait', async () => {
    const { latest, sources, waits, stop, look } = page();
    latest().close();
    latest().say('error');
    stop();
    waits.at(-1)?.end();
    await Promise.resolve();
    look(true);
    expect(sources).toHaveLength(1);
  });
});

describe('The wait before a stream is opened again', () => {
  it('grows up to half a minute, and is spread', () => {
    expect(waitBeforeOpening(0, 0)).toBe(500);
    expect(waitBeforeOpening(0, 1)).toBe(1_000);
    expect(waitBeforeOpening(30, 1)).toBe(30_000);
  });
});
