import { describe, expect, it } from '@jest/globals';
import { formatDay, formatNumber, formatWon } from './format.js';

describe('Won', () => {
  it('reads as a Korean reader and as an English one expects it', () => {
    expect(formatWon(25_000, 'ko')).toBe('25,000원');
    expect(formatWon(25_000, 'en')).toBe('₩25,000');
    expect(formatWon(0, 'ko')).toBe('0원');
    expect(formatWon(-4_500, 'ko')).toBe('-4,500원');
    expect(formatWon(-4_500, 'en')).toBe('-₩4,500');
    expect(formatWon(1_000_000_000, 'ko')).toBe('1,000,000,000원');
  });
});

describe('A number', () => {
  it('has separators', () => {
    expect([formatNumber(1_250, 'ko'), formatNumber(1_250, 'en')]).toEqual(['1,250', '1,250']);
  });
});

describe('A calendar day', () => {
  it('is that day wherever the reader is', () => {
    expect(formatDay('2024-01-15', 'ko')).toBe('1월 15일');
    expect(formatDay('2024-01-15', 'en')).toBe('15 Jan');
  });
});
