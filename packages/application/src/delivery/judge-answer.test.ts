import { describe, expect, it } from '@jest/globals';
import { fc, test } from '@fast-check/jest';
import { NOON } from '@jumun/domain/testing';
import type { PlatformAnswer } from '../ports/data-platform.js';
import { DELIVERY_DEFAULTS as POLICY } from './delivery-policy.js';
import { isPassing, judgeAnswer } from './judge-answer.js';

const answered = (status: number, retryAfter: string | null = null): PlatformAnswer => ({
  kind: 'ANSWERED',
  status,
  retryAfter,
});
const SILENT: PlatformAnswer = { kind: 'UNREACHABLE', reason: 'no answer within 5000 ms' };

const judge = (answer: PlatformAnswer, { attempts = 1, chance = 0 } = {}) =>
  judgeAnswer({ attempts }, answer, { now: NOON, chance, policy: POLICY });

/** Milliseconds until the message is sent again. */
const pause = (answer: PlatformAnswer, of: { attempts?: number; chance?: number } = {}): number => {
  const outcome = judge(answer, of);
  if (outcome.status === 'DELIVERED' || outcome.nextAttemptAt === null) return Number.NaN;
  return outcome.nextAttemptAt - NOON;
};

describe('A message that was sent', () => {
  it.each([200, 201, 202, 204, 299])('is DELIVERED when the platform answers %i', (status) => {
    expect(judge(answered(status))).toEqual({ status: 'DELIVERED', deliveredAt: NOON });
  });

  it.each([408, 425, 429, 500, 502, 503, 504, 599, 301, 302, 307, 308])(
    'is sent again after %i',
    (status) => {
      expect(judge(answered(status))).toMatchObject({
        status: 'PENDING',
        error: `answered ${status}`,
      });
    },
  );

  it.each([400, 401, 403, 404, 409, 410, 413, 422, 499])(
    'is FAILED at once and for good after %i',
    (status) => {
      const failed = { status: 'FAILED', error: `answered ${status}`, nextAttemptAt: null };
      expect(judge(answered(status))).toEqual(failed);
      expect(isPassing(answered(status))).toBe(false);
    },
  );

  it('is sent four times in all, with pauses that double, and is FAILED then', () => {
    expect([1, 2, 3].map((attempts) => pause(SILENT, { attempts }))).toEqual([1_000, 2_000, 4_000]);
    expect(judge(SILENT, { attempts: 4 })).toEqual({
      status: 'FAILED',
      error: 'no answer within 5000 ms',
      nextAttemptAt: NOON + 30_000,
    });
    // After that it has one attempt each time it is sent again.
    expect(judge(SILENT, { attempts: 5 }).status).toBe('FAILED');
    expect(judge(answered(204), { attempts: 9 }).status).toBe('DELIVERED');
  });

  it('waits up to a half less, by chance', () => {
    expect(pause(SILENT, { attempts: 2, chance: 0.5 })).toBe(1_500);
    expect(pause(SILENT, { attempts: 2, chance: 0.999_999 })).toBe(1_000);
  });

  it('waits for as long as the platform asks, in seconds or until a date', () => {
    expect(pause(answered(429, '7'))).toBe(7_000);
    expect(pause(answered(503, 'Wed, 17 Jan 2024 03:00:45 GMT'))).toBe(45_000);
    expect(pause(answered(503, '120'), { attempts: 4 })).toBe(120_000);
  });

  it('waits no less than it would anyway, and no longer than five minutes', () => {
    expect(pause(answered(429, '0'), { attempts: 3 })).toBe(4_000);
    expect(pause(answered(429, 'Wed, 17 Jan 2024 02:00:00 GMT'), { attempts: 3 })).toBe(4_000);
    expect(pause(answered(429, '86400'))).toBe(300_000);
    expect(pause(answered(429, 'Thu, 18 Jan 2029 02:00:00 GMT'))).toBe(300_000);
  });

  it.each(['soon', '', '-5', '1.5', '2024', '99999999999999999999999'])(
    'is not confused by Retry-After: %s',
    (retryAfter) => {
      expect([1_000, 300_000]).toContain(pause(answered(429, retryAfter)));
    },
  );

  it('keeps no more of an error than is stored', () => {
    const reason = 'x'.repeat(10_000);
    expect(judge({ kind: 'UNREACHABLE', reason })).toMatchObject({ error: 'x'.repeat(500) });
  });

  test.prop([
    fc.integer({ min: 1, max: 20 }),
    fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
    fc.integer({ min: 100, max: 599 }),
    fc.option(fc.oneof(fc.string(), fc.nat().map(String))),
  ])(
    'is always delivered, refused, or sent again within five minutes',
    (attempts, chance, status, after) => {
      const outcome = judge(answered(status, after), { attempts, chance });
      if (outcome.status === 'DELIVERED') return expect(status).toBeLessThan(300);
      if (outcome.nextAttemptAt === null) return expect(Math.floor(status / 100)).toBe(4);
      const wait = outcome.nextAttemptAt - NOON;
      expect(Number.isSafeInteger(wait)).toBe(true);
      expect(wait).toBeGreaterThanOrEqual(500);
      expect(wait).toBeLessThanOrEqual(300_000);
      expect(outcome.status).toBe(attempts < 4 ? 'PENDING' : 'FAILED');
    },
  );
});
