import { describe, expect, it } from '@jest/globals';
import { ReadDesk } from './read-desk.js';

/** A desk over a store that answers when the test says so. */
function held(options: { readonly maxBatch?: number; readonly maxQueued?: number } = {}) {
  const store = new Map([
    ['a', 1],
    ['b', 2],
  ]);
  const queries: string[] = [];
  const answers: (() => void)[] = [];
  const desk = new ReadDesk<string, number>(
    (keys) => {
      queries.push(keys.join());
      return new Promise((resolve) => {
        answers.push(() => resolve(store));
      });
    },
    { maxBatch: 100, maxQueued: 100, endOfTurn: () => Promise.resolve(), ...options },
  );
  return { desk, store, queries, answer: (at: number) => answers[at]?.() };
}

async function turns(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}

describe('A read desk', () => {
  it('answers what is asked for together by one query, which names each key once', async () => {
    const { desk, queries, answer } = held();
    const reads = Promise.all(['a', 'b', 'a', 'c'].map((key) => desk.find(key)));
    await turns();
    answer(0);
    expect((await reads).map((read) => read.unwrapOr(-1))).toEqual([1, 2, 1, undefined]);
    expect(queries).toEqual(['a,b,c']);
  });

  it('answers nobody from a query that was under way when they asked', async () => {
    const { desk, store, queries, answer } = held();
    const early = desk.find('a');
    await turns();
    const late = desk.find('a');
    answer(0);
    expect((await early).unwrapOr(-1)).toBe(1);
    await turns();
    store.set('a', 100);
    answer(1);
    expect((await late).unwrapOr(-1)).toBe(100);
    expect(queries).toEqual(['a', 'a']);
  });

  it('refuses what is too much at once', async () => {
    const { desk, answer } = held({ maxQueued: 1 });
    const first = desk.find('a');
    await turns();
    const second = desk.find('a');
    const third = await desk.find('a');
    expect(third.isErr() && third.error).toEqual({ code: 'SERVICE_BUSY' });
    answer(0);
    expect((await first).isOk()).toBe(true);
    await turns();
    answer(1);
    expect((await second).isOk()).toBe(true);
    expect(desk.counts()).toMatchObject({ items: 2, batches: 2, refused: 1 });
  });
});
