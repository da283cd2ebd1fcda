import { describe, expect, it } from '@jest/globals';
import { begunReplay, progressOf } from './replay.js';

const waiting = (pending: number, failed: number) => ({ pending, failed, oldestAt: null });

describe('A replay', () => {
  it('of all that failed is done when nothing waits any more', () => {
    const replay = begunReplay(10, 10, waiting(0, 10));
    const first = progressOf(replay, waiting(10, 0), null);
    expect(first).toEqual({ delivered: 0, waiting: 10, failed: 0 });
    const second = progressOf(replay, waiting(4, 0), first);
    expect(second).toEqual({ delivered: 6, waiting: 4, failed: 0 });
    expect(progressOf(replay, waiting(0, 0), second)).toEqual({
      delivered: 10,
      waiting: 0,
      failed: 0,
    });
  });

  it('of some leaves the others out, those that failed and those that wait', () => {
    const replay = begunReplay(2, 2, waiting(5, 9));
    expect(progressOf(replay, waiting(7, 7), null)).toEqual({
      delivered: 0,
      waiting: 2,
      failed: 0,
    });
    expect(progressOf(replay, waiting(5, 7), null)).toEqual({
      delivered: 2,
      waiting: 0,
      failed: 0,
    });
  });

  it('of one that had been delivered counts it, too', () => {
    const replay = begunReplay(1, 0, waiting(0, 3));
    expect(progressOf(replay, waiting(1, 3), null).waiting).toBe(1);
    expect(progressOf(replay, waiting(0, 3), null).delivered).toBe(1);
  });

  it('tells of those that failed once more', () => {
    const replay = begunReplay(10, 10, waiting(0, 12));
    expect(progressOf(replay, waiting(3, 6), null)).toEqual({
      delivered: 3,
      waiting: 3,
      failed: 4,
    });
  });

  it('never goes back because of orders that are paid meanwhile', () => {
    const replay = begunReplay(10, 10, waiting(0, 10));
    const far = progressOf(replay, waiting(2, 0), null);
    expect(progressOf(replay, waiting(9, 0), far)).toEqual(far);
    expect(progressOf(replay, waiting(50, 0), null)).toEqual({
      delivered: 0,
      waiting: 10,
      failed: 0,
    });
  });

  it('always adds up to what was requeued', () => {
    const replay = begunReplay(10, 10, waiting(3, 10));
    for (const [pending, failed] of [
      [0, 0],
      [13, 0],
      [8, 30],
      [3, 5],
    ] as const) {
      const {
        delivered,
        waiting: left,
        failed: again,
      } = progressOf(replay, waiting(pending, failed), { delivered: 9, waiting: 1, failed: 0 });
      expect(delivered + left + again).toBe(10);
      expect(Math.min(delivered, left, again)).toBeGreaterThanOrEqual(0);
    }
  });
});
