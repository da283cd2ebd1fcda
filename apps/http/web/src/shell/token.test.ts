import { describe, expect, it } from '@jest/globals';
import { readToken } from './token.js';

/** As in a JWT: UTF-8 in base64url. */
function tokenOf(claims: unknown): string {
  const bytes = new TextEncoder().encode(JSON.stringify(claims));
  const payload = btoa(String.fromCharCode(...bytes));
  return `e30.${payload.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')}.signature`;
}

describe('A token', () => {
  it('says which customer it is of, and whether that is an operator', () => {
    expect(readToken(tokenOf({ sub: '1' }))).toEqual({ userId: 1, isOperator: false });
    expect(readToken(tokenOf({ sub: '9001', roles: ['operator'] }))).toEqual({
      userId: 9001,
      isOperator: true,
    });
  });

  it('is read whatever letters its text is made of', () => {
    expect(readToken(tokenOf({ sub: '7', name: '이영희 ÿÿÿ>>>???' }))?.userId).toBe(7);
  });

  it.each([
    ['nothing', ''],
    ['no token', 'hello'],
    ['a token of nobody', tokenOf({})],
    ['a token of a name', tokenOf({ sub: 'kim' })],
    ['a token of customer 0', tokenOf({ sub: '0' })],
    ['a token of text', tokenOf('1')],
  ])('is none where there is %s', (_what, text) => {
    expect(readToken(text)).toBeNull();
  });
});
