import { describe, expect, it } from '@jest/globals';
import { FairQueue } from './fair-queue.js';

/** A queue of items like `a1`, each owned by its letter; those of `-` are nobody's. */
function queueOf(...items: readonly string[]): FairQueue<string> {
  const queue = new FairQueue<string>();
  for (const item of items) push(queue, item);
  return queue;
}

const push = (queue: FairQueue<string>, item: string): void =>
  queue.push(item, item.startsWith('-') ? null : item[0]);

/** Everything that waits, taken so many at a time. */
function rest(queue: FairQueue<string>, atATime = 1): string {
  const taken: string[] = [];
  while (queue.length > 0) taken.push(queue.take(atATime).join('+'));
  return taken.join(' ');
}

describe('A fair queue', () => {
  it('keeps the order of arrival of items whose owners have one each', () => {
    expect(rest(queueOf('c1', 'a1', '-1', 'b1', '-2'))).toBe('c1 a1 -1 b1 -2');
  });

  it('keeps the order of arrival of items that are nobody’s', () => {
    expect(rest(queueOf('-1', '-2', '-3'))).toBe('-1 -2 -3');
  });

  it('lets owners with several items take turns, each in their own order', () => {
    expect(rest(queueOf('a1', 'a2', 'a3', 'b1', 'b2', 'c1'))).toBe('a1 b1 c1 a2 b2 a3');
  });

  it('keeps the order of arrival in what is taken together', () => {
    const items = ['a1', 'a2', 'a3', 'b1', 'b2', 'c1'];
    expect(rest(queueOf(...items), 6)).toBe('a1+a2+a3+b1+b2+c1');
    expect(rest(queueOf(...items), 4)).toBe('a1+a2+b1+c1 a3+b2');
  });

  it('puts a newcomer behind one item of each, not behind all', () => {
    const queue = queueOf('a1', 'a2', 'a3', 'a4', 'b1');
    expect(queue.take(2)).toEqual(['a1', 'b1']);
    push(queue, 'c1');
    expect(rest(queue)).toBe('a2 c1 a3 a4');
  });

  it('does not let somebody who was just served overtake those who wait', () => {
    const queue = queueOf('a1', 'b1', 'c1');
    expect(queue.take(1)).toEqual(['a1']);
    push(queue, 'a2');
    expect(rest(queue)).toBe('b1 c1 a2');
  });

  it('takes no more than it is asked for, and goes on from there', () => {
    const queue = queueOf('a1', 'a2', 'b1');
    expect(queue.take(0)).toEqual([]);
    expect([queue.take(1), queue.take(1), queue.take(1), queue.take(1)]).toEqual([
      ['a1'],
      ['b1'],
      ['a2'],
      [],
    ]);
  });

  it('counts what waits, in all and of each owner', () => {
    const queue = queueOf('a1', 'a2', 'b1', '-1');
    expect([queue.length, queue.lengthOf('a'), queue.lengthOf('b'), queue.lengthOf('c')]).toEqual([
      4, 2, 1, 0,
    ]);
    queue.take(2);
    expect([queue.length, queue.lengthOf('a'), queue.lengthOf('b')]).toEqual([2, 1, 0]);
    queue.take(2);
    expect([queue.length, queue.lengthOf('a')]).toEqual([0, 0]);
  });

  it('starts anew for an owner who has nothing waiting any more', () => {
    const queue = queueOf('a1', 'a2', 'a3');
    expect(rest(queue)).toBe('a1 a2 a3');
    for (const item of ['b1', 'a4', 'b2']) push(queue, item);
    expect(rest(queue)).toBe('b1 a4 b2');
  });
});
