import { describe, expect, it } from '@jest/globals';
import { ServerClock } from './server-clock.js';

const SECOND = 1_000;

/** A device whose clock is `behind` milliseconds behind the server's, and a network that takes `delay` each way. */
function device(behind: number, delay: number) {
  let now = Date.parse('2026-11-22T00:00:00.000Z');
  const clock = new ServerClock(() => now);
  return {
    clock,
    pass: (ms: number) => (now += ms),
    turnBack: (ms: number) => (now -= ms),
    hear: () => {
      const sentAt = now;
      const made = Math.floor((now + delay + behind) / SECOND) * SECOND;
      now += 2 * delay;
      clock.learn(new Date(made).toUTCString(), sentAt, now);
    },
    error: () => Math.abs(clock.time() - (now + behind)),
  };
}

describe('The server’s clock', () => {
  it('is the device’s own until an answer came', () => {
    expect(device(90_000, 20).error()).toBe(90_000);
  });

  it.each([90_000, -90_000, 0, 333])(
    'is known within a second by one answer, %s ms off',
    (behind) => {
      const { error, hear } = device(behind, 20);
      hear();
      expect(error()).toBeLessThan(SECOND);
    },
  );

  it('is known better with every answer', () => {
    const { error, hear, pass } = device(123_456, 20);
    for (let answers = 0; answers < 20; answers += 1) {
      hear();
      pass(1_137);
    }
    expect(error()).toBeLessThan(100);
  });

  it('is learnt anew when the device’s clock was set', () => {
    const { clock, error, hear, pass, turnBack } = device(0, 20);
    hear();
    pass(5_000);
    turnBack(3_600_000);
    // The server did not follow: now the device is an hour behind.
    const now = clock.time();
    clock.learn(new Date(now + 3_600_000).toUTCString(), now, now + 20);
    expect(Math.abs(error() - 3_600_000)).toBeLessThan(2 * SECOND);
  });

  it.each([null, '', 'yesterday'])('learns nothing from %s', (date) => {
    const { clock, error } = device(5_000, 20);
    clock.learn(date, 0, 1);
    expect(error()).toBe(5_000);
  });
});
