import { describe, expect, it } from '@jest/globals';
import { RateCounter } from './rate-counter.js';
import { SharedCounting, type Tally } from './shared-counting.js';

const EVERY_MS = 5;

/** Counts for all, until it goes away. */
class HandTally implements Tally {
  readonly totals = new Map<string, number>();
  isAway = false;
  questions = 0;

  async add(counts: ReadonlyMap<string, number>): Promise<ReadonlyMap<string, number>> {
    this.questions += 1;
    if (this.isAway) throw new Error('away');
    for (const [key, count] of counts) this.totals.set(key, (this.totals.get(key) ?? 0) + count);
    return new Map([...counts.keys()].map((key) => [key, this.totals.get(key) ?? 0]));
  }
}

/** Processes with a limit of a hundred, and one clock. */
function processes(count: number) {
  const clock = { now: 1_800_000_000_000 };
  const tally = new HandTally();
  const members = Array.from({ length: count }, () => {
    const counter = new RateCounter(100, () => clock.now);
    const sharing = new SharedCounting(new Map([['customer', counter]]), tally, EVERY_MS);
    const letIn = (requests: number, key = 'kim'): number => {
      const taken = Array.from({ length: requests }, () => {
        const left = counter.take(key);
        if (left >= 0) sharing.wake(counter);
        return left;
      });
      return taken.filter((left) => left >= 0).length;
    };
    return { counter, letIn };
  });
  const told = async (): Promise<void> => {
    while (members.some(({ counter }) => counter.hasUntold)) {
      await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
    }
  };
  return { clock, tally, members, told };
}

describe('Processes that count together', () => {
  it('let in what is left of what the others did', async () => {
    const { members, told } = processes(2);
    const [one, other] = members;
    expect(one?.letIn(70)).toBe(70);
    await told();
    // The other one has to ask for the key before it hears.
    expect(other?.letIn(5)).toBe(5);
    await told();
    expect(other?.letIn(100)).toBe(25);
  });

  it('let in no more than the limit of whoever asks them in turn, but for what they did not tell yet', async () => {
    const { clock, members, told } = processes(2);
    let got = 0;
    for (let tenth = 0; tenth < 50; tenth += 1) {
      for (const { letIn } of members) got += letIn(20);
      await told();
      clock.now += 100;
    }
    // Alone, two of them would let in 1,000.
    expect(got).toBeLessThanOrEqual(5 * 100 * 1.25);
    expect(got).toBeGreaterThan(5 * 100 * 0.8);
  });

  it('remember in the next second what was told late of the one before', async () => {
    const { clock, members, told } = processes(2);
    const [one, other] = members;
    clock.now += 990;
    expect([one?.letIn(50), other?.letIn(50)]).toEqual([50, 50]);
    clock.now += 20;
    expect([one?.letIn(5), other?.letIn(5)]).toEqual([5, 5]);
    await told();
    // Who told first hears of the others when it tells again.
    expect(one?.letIn(5)).toBe(5);
    await told();
    // Alone, each would let in some 40 more.
    expect([one?.letIn(100), other?.letIn(100)]).toEqual([0, 0]);
  });

  it('tell nobody of those who ask now and then, and of many at once', async () => {
    const { tally, members, told } = processes(1);
    const [one] = members;
    for (let customer = 0; customer < 1_000; customer += 1) one?.letIn(2, `quiet ${customer}`);
    expect(one?.counter.hasUntold).toBe(false);
    for (let customer = 0; customer < 1_000; customer += 1) one?.letIn(20, `busy ${customer}`);
    await told();
    expect([tally.questions, tally.totals.size]).toEqual([1, 1_000]);
  });

  it('count each alone while the tally is away, and together again when it is back', async () => {
    const { clock, tally, members, told } = processes(2);
    const [one, other] = members;
    tally.isAway = true;
    expect(one?.letIn(150)).toBe(100);
    await told();
    expect(other?.letIn(150)).toBe(100);
    await told();
    expect(tally.questions).toBe(2);
    tally.isAway = false;
    clock.now += 2_000;
    expect(one?.letIn(70)).toBe(70);
    await told();
    other?.letIn(5);
    await told();
    expect(other?.letIn(100)).toBe(25);
  });
});
