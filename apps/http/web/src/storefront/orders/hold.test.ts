import { describe, expect, it } from '@jest/globals';
import { clockFace, holdAt, saidMinutes } from './hold.js';

const PLACED = '2026-11-22T09:00:00.000Z';
const EXPIRES = '2026-11-22T09:15:00.000Z';
const at = (time: string) => holdAt(PLACED, EXPIRES, Date.parse(`2026-11-22T${time}Z`));

describe('A hold', () => {
  it.each([
    ['09:00:00.000', 900, 1],
    ['09:07:30.000', 450, 0.5],
    ['09:14:59.001', 1, 0.0011],
    ['09:15:00.000', 0, 0],
    ['09:20:00.000', 0, 0],
    // The page may be told of an order a moment before it believes it is that late.
    ['08:59:59.000', 900, 1],
  ])('at %s has %s seconds left', (time, seconds, share) => {
    expect(at(time).seconds).toBe(seconds);
    expect(at(time).share).toBeCloseTo(share, 3);
  });

  it.each([
    [900, '15:00'],
    [61, '1:01'],
    [9, '0:09'],
    [0, '0:00'],
    [3_723, '1:02:03'],
  ])('of %s seconds reads %s', (seconds, face) => {
    expect(clockFace(seconds)).toBe(face);
  });

  it('is said aloud now and then, and not every second', () => {
    const said = Array.from({ length: 901 }, (_, passed) => saidMinutes(900 - passed));
    const changes = said.filter((minutes, second) => minutes !== said[second - 1]);
    expect(changes).toEqual([null, 10, 5, 3, 1, 0]);
    expect(saidMinutes(60)).toBe(1);
    expect(saidMinutes(30)).toBe(0);
  });
});
