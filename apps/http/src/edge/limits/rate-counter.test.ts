import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { RateCounter } from './rate-counter.js';

/** A counter by a clock that is set by hand, beginning with a second. */
function counterOf(limit: number) {
  const clock = { now: 1_800_000_000_000 };
  const counter = new RateCounter(limit, () => clock.now);
  /** How many of so many requests are let in. */
  const letIn = (requests: number, key = 'kim'): number =>
    Array.from({ length: requests }, () => counter.take(key)).filter((left) => left >= 0).length;
  return { clock, counter, letIn };
}

describe('A counter of requests', () => {
  it('lets in as many as it may, and says how many are left', () => {
    const { counter } = counterOf(3);
    expect([1, 2, 3, 4, 5].map(() => counter.take('kim'))).toEqual([2, 1, 0, -1, -1]);
  });

  it('counts each key by itself', () => {
    const { letIn } = counterOf(10);
    expect([letIn(15, 'kim'), letIn(15, 'lee')]).toEqual([10, 10]);
  });

  it('lets in as many again a second after the second', () => {
    const { clock, letIn } = counterOf(100);
    expect(letIn(150)).toBe(100);
    clock.now += 2_000;
    expect(letIn(150)).toBe(100);
  });

  it('does not let in twice as many where one second ends and the next begins', () => {
    const { clock, letIn } = counterOf(100);
    clock.now += 990;
    expect(letIn(60)).toBe(60);
    clock.now += 20;
    expect(letIn(100)).toBeLessThanOrEqual(41);
  });

  it('gives back little by little what was used in the second before', () => {
    const { clock, letIn } = counterOf(100);
    expect(letIn(100)).toBe(100);
    clock.now += 1_500;
    expect(letIn(100)).toBe(50);
  });

  it('does not count what it refuses: who asks too often gets what the others get', () => {
    const { clock, letIn } = counterOf(100);
    let got = 0;
    for (let at = 0; at < 500; at += 1) {
      got += letIn(10);
      clock.now += 10;
    }
    expect(got).toBeGreaterThan(5 * 100 * 0.95);
    expect(got).toBeLessThanOrEqual(6 * 100);
  });

  it('never lets in more than the limit in one second by the clock, nor twice as much in any', () => {
    const steps = fc.array(fc.tuple(fc.nat({ max: 400 }), fc.nat({ max: 40 })), { maxLength: 60 });
    fc.assert(
      fc.property(steps, fc.integer({ min: 1, max: 30 }), (asked, limit) => {
        const { clock, letIn } = counterOf(limit);
        const times: number[] = [];
        for (const [pause, requests] of asked) {
          clock.now += pause;
          times.push(...Array.from({ length: letIn(requests) }, () => clock.now));
        }
        const within = (from: number): number =>
          times.filter((time) => time >= from && time < from + 1_000).length;
        for (const time of times) {
          expect(within(Math.floor(time / 1_000) * 1_000)).toBeLessThanOrEqual(limit);
          expect(within(time)).toBeLessThan(2 * limit);
        }
      }),
    );
  });

  it('forgets whoever came no more', () => {
    const { clock, counter, letIn } = counterOf(1);
    letIn(1);
    clock.now += 5_000;
    expect(counter.take('kim')).toBe(0);
    clock.now -= 3_000;
    expect(counter.take('kim')).toBe(0);
  });
});
