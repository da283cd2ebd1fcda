import { describe, expect, it } from '@jest/globals';
import { PASSING_CODES, type Refusal } from '../../api/answer.js';
import { hindranceText, problemText, WORDS } from './problem-text.js';

/** Members for whichever code. */
const MEMBERS = {
  balance: 15_000,
  required: 120_000,
  min: 1,
  max: 10_000_000,
  limit: 1_000_000_000,
  startsAt: '2026-01-01T00:00:00Z',
  endsAt: '2026-02-01T00:00:00Z',
  couponStatus: 'USED',
  orderStatus: 'EXPIRED',
  errors: [{ path: 'amount', message: 'is missing' }],
  mayBeDone: true,
};
const refusal = (code: string) => ({ code, ...MEMBERS }) as unknown as Refusal;

describe('The words for problems', () => {
  it.each(Object.keys(WORDS.ko))('know %s in both languages', (code) => {
    const unknown = problemText(refusal('SOMETHING_NEW'), 'ko');
    const said = problemText(refusal(code), 'ko');
    expect(said).toMatch(/[가-힣]/);
    expect(said).not.toMatch(/undefined|NaN/);
    expect(problemText(refusal(code), 'en')).toMatch(/^[A-Z][^가-힣]+$/);
    const isOurFault = /INTERNAL|MALFORMED|HEADERS|MEDIA/.test(code);
    expect(said === unknown).toBe(isOurFault);
  });

  it.each([...PASSING_CODES, 'CONNECTION_LOST'] as const)('tell why one waits: %s', (hindrance) => {
    expect(hindranceText(hindrance, 'ko')).toMatch(/[가-힣]/);
    expect(hindranceText(hindrance, 'en')).toMatch(/^[A-Z]/);
  });

  it('name what is missing to the won', () => {
    expect(problemText(refusal('INSUFFICIENT_BALANCE'), 'ko')).toContain('105,000원 부족');
    expect(problemText(refusal('INSUFFICIENT_BALANCE'), 'en')).toContain('₩105,000 short');
  });

  it('say of what was given up whether it may be done', () => {
    const nothing = { code: 'GIVEN_UP', hindrance: 'SERVICE_BUSY', mayBeDone: false } as const;
    expect(problemText(nothing, 'en')).toContain('Nothing was done');
    expect(problemText({ ...nothing, mayBeDone: true }, 'en')).toContain('do not know');
  });
});
