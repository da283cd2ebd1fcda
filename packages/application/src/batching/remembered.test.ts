import { describe, expect, it } from '@jest/globals';
import { NOON } from '@jumun/domain/testing';
import { ManualClock } from '../testing/doubles/manual-clock.js';
import { remembered } from './remembered.js';

const OPTIONS = { forMs: 5_000, restTimes: 20 };

/** Loads that take so long by the clock; the answers are numbered from 1. */
function loading(clock: ManualClock, tookSeconds = 0) {
  let loads = 0;
  const load = async (): Promise<number> => {
    await Promise.resolve();
    clock.advance(tookSeconds * 1_000);
    loads += 1;
    return loads;
  };
  return { read: remembered(load, { clock, ...OPTIONS }), loads: () => loads };
}

describe('What is remembered', () => {
  it('is loaded once for all who ask at one time', async () => {
    const { read, loads } = loading(new ManualClock(NOON));
    expect(await Promise.all([read(), read(), read()])).toEqual([1, 1, 1]);
    expect(loads()).toBe(1);
  });

  it('is the same for as long as it is told to be, and not for longer', async () => {
    const clock = new ManualClock(NOON);
    const { read } = loading(clock);
    await read();
    clock.advance(4_999);
    expect(await read()).toBe(1);
    clock.advance(1);
    expect(await read()).toBe(2);
  });

  it('is the same for longer where it took long to load', async () => {
    const clock = new ManualClock(NOON);
    const { read } = loading(clock, 2);
    await read();
    clock.advance(39_999);
    expect(await read()).toBe(1);
    clock.advance(1);
    expect(await read()).toBe(2);
  });

  it('is loaded again when the clock was set back to before it was loaded', async () => {
    const clock = new ManualClock(NOON);
    const { read } = loading(clock);
    await read();
    clock.advance(-1);
    expect(await read()).toBe(2);
    expect(await read()).toBe(2);
  });

  it('is loaded once where the clock is set back meanwhile', async () => {
    const { read, loads } = loading(new ManualClock(NOON), -60);
    await Promise.all([read(), read()]);
    await read();
    expect(loads()).toBe(1);
  });

  it('is never a failure', async () => {
    const clock = new ManualClock(NOON);
    let isAway = true;
    const read = remembered(
      async () => {
        if (isAway) throw new Error('away');
        return 'there';
      },
      { clock, ...OPTIONS },
    );
    await expect(Promise.all([read(), read()])).rejects.toThrow('away');
    isAway = false;
    expect(await read()).toBe('there');
  });
});
