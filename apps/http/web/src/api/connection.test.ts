import { describe, expect, it } from '@jest/globals';
import { Connection } from './connection.js';
import { FakeSurroundings, json, problem, type Reaction } from './testing/fake-surroundings.js';

describe('A connection', () => {
  it('is asked after slower and slower, by one prober for all who lost it', async () => {
    const surroundings = new FakeSurroundings(() => 'lost');
    const connection = new Connection(surroundings);
    connection.lost();
    connection.lost();
    await surroundings.pass(40_000);
    const times = surroundings.asked.map(({ at }) => at);
    const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    expect(gaps.slice(0, 4)).toEqual([750, 1_500, 3_000, 6_000]);
    expect(Math.max(...gaps)).toBe(6_000);
  });

  it.each<readonly [what: string, state: string, reaction: () => Reaction]>([
    ['an answer', 'well', () => json(200, {})],
    ['a rate limit', 'well', () => problem(429, 'RATE_LIMITED')],
    ['the error of a gateway', 'lost', () => new Response('', { status: 502 })],
    ['a probe that hangs', 'lost', () => 'silent'],
  ])('after %s is %s', async (_, state, reaction) => {
    const surroundings = new FakeSurroundings(reaction);
    const connection = new Connection(surroundings);
    connection.lost();
    await surroundings.pass(20_000);
    expect(connection.current).toBe(state);
  });

  it('is asked after at once when the network is back', async () => {
    let isReachable = false;
    const surroundings = new FakeSurroundings(() => (isReachable ? json(200, {}) : 'lost'));
    const connection = new Connection(surroundings);
    connection.lost();
    await surroundings.pass(30_000);
    isReachable = true;
    connection.probeNow();
    await surroundings.pass(0);
    expect(connection.current).toBe('well');
    const asked = surroundings.asked.length;
    await surroundings.pass(60_000);
    expect(surroundings.asked).toHaveLength(asked);
  });

  it('tells its watchers of changes only, until they stop watching', async () => {
    const connection = new Connection(new FakeSurroundings(() => 'lost'));
    const seen: string[] = [];
    const stop = connection.watch((state) => seen.push(state));
    connection.reached();
    connection.lost();
    connection.lost();
    connection.reached();
    stop();
    connection.lost();
    expect(seen).toEqual(['lost', 'well']);
  });

  it('lets nobody wait who left', async () => {
    const connection = new Connection(new FakeSurroundings(() => 'lost'));
    connection.lost();
    const person = new AbortController();
    const waiting = connection.whenWell(person.signal);
    person.abort();
    await expect(waiting).rejects.toThrow('Aborted');
  });
});
