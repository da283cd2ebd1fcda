import { describe, expect, it } from '@jest/globals';
import { timeLeft } from './time-left.js';

const NOW = Date.parse('2026-11-22T09:00:00Z');

describe('The time that a campaign has left', () => {
  it.each([
    ['2100-01-01T00:00:00Z', { unit: 'always' }],
    ['2026-11-29T10:00:00Z', { unit: 'days', count: 7 }],
    ['2026-11-24T09:00:00Z', { unit: 'hours', count: 48 }],
    ['2026-11-22T15:00:00Z', { unit: 'seconds', count: 21_600 }],
    ['2026-11-22T09:00:00.001Z', { unit: 'seconds', count: 1 }],
    ['2026-11-22T09:00:00Z', { unit: 'over' }],
    ['2024-01-01T00:00:00Z', { unit: 'over' }],
  ])('until %s is told as %j', (endsAt, told) => {
    expect(timeLeft(endsAt, NOW)).toEqual(told);
  });
});
