import { describe, expect, it } from '@jest/globals';
import { Turns } from './turns.js';

const turnEnds = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('Turns of the event loop', () => {
  it('begin what arrived in them, in the order of arrival and no sooner', async () => {
    const turns = new Turns(10);
    const begun: string[] = [];
    for (const name of ['first', 'second', 'third']) turns.enter(() => begun.push(name));
    await Promise.resolve();
    expect(begun).toEqual([]);
    await turnEnds();
    expect(begun).toEqual(['first', 'second', 'third']);
  });

  it('begin only so much each, and leave the rest to the next ones', async () => {
    const turns = new Turns(2);
    const begun: number[] = [];
    for (let at = 0; at < 5; at += 1) turns.enter(() => begun.push(at));
    const lengths: number[] = [];
    for (let turn = 0; turn < 3; turn += 1) {
      await turnEnds();
      lengths.push(begun.length);
    }
    expect(lengths).toEqual([2, 4, 5]);
    expect(begun).toEqual([0, 1, 2, 3, 4]);
  });

  it('let whoever arrives while others wait wait behind them', async () => {
    const turns = new Turns(1);
    const begun: string[] = [];
    turns.enter(() => {
      begun.push('first');
      turns.enter(() => begun.push('third'));
    });
    turns.enter(() => begun.push('second'));
    for (let turn = 0; turn < 3; turn += 1) await turnEnds();
    expect(begun).toEqual(['first', 'second', 'third']);
  });

  it('go on after a pause in which nobody came', async () => {
    const turns = new Turns(1);
    const begun: number[] = [];
    for (let at = 0; at < 3; at += 1) {
      turns.enter(() => begun.push(at));
      await turnEnds();
      await turnEnds();
      expect(begun).toHaveLength(at + 1);
    }
  });
});
