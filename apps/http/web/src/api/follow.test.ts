import { describe, expect, it } from '@jest/globals';
import { follow } from './follow.js';
import { FakeSurroundings } from './testing/fake-surroundings.js';

/** A page that can be hidden, and follows something every 5 seconds. */
function page() {
  const time = new FakeSurroundings(() => 'lost');
  const watchers = new Set<() => void>();
  let isVisible = true;
  let reads = 0;
  const follower = follow({
    read: async () => {
      reads += 1;
    },
    every: 5_000,
    wait: time.wait,
    visibility: {
      isVisible: () => isVisible,
      watch: (watcher) => {
        watchers.add(watcher);
        return () => watchers.delete(watcher);
      },
    },
  });
  const show = (visible: boolean) => {
    isVisible = visible;
    for (const watcher of watchers) watcher();
  };
  return { follower, pass: (ms: number) => time.pass(ms), reads: () => reads, show, watchers };
}

describe('Following', () => {
  it('reads now, and again and again', async () => {
    const { follower, pass, reads } = page();
    await pass(0);
    expect(reads()).toBe(1);
    await pass(15_000);
    expect(reads()).toBe(4);
    follower.stop();
  });

  it('rests while nobody looks, and reads at once when somebody does', async () => {
    const { follower, pass, reads, show } = page();
    await pass(1_000);
    show(false);
    await pass(60_000);
    expect(reads()).toBe(1);
    show(true);
    await pass(0);
    expect(reads()).toBe(2);
    follower.stop();
  });

  it.each([true, false])('ends when it is stopped, visible: %s', async (isVisible) => {
    const { follower, pass, reads, show, watchers } = page();
    await pass(1_000);
    show(isVisible);
    const before = reads();
    follower.stop();
    await follower.ended;
    show(true);
    await pass(60_000);
    expect(reads()).toBe(before);
    expect(watchers.size).toBe(0);
  });
});
