import { describe, expect, it } from '@jest/globals';
import type { Result } from '@jumun/domain';
import { CommitOutcomeUnknown, DependencyUnavailable } from '../ports/faults.js';
import type { BatchTracer } from './batch-tracer.js';
import { Batcher, type BatcherOptions, type ServiceBusy } from './batcher.js';

/** Lets everything happen that needs nothing from outside. */
async function quiet(): Promise<void> {
  for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
}

interface Call {
  readonly items: readonly string[];
  finish(): void;
  fail(fault: Error): void;
}

/** What callers were told. */
const told = async (
  waiting: readonly Promise<Result<string, ServiceBusy>>[],
): Promise<readonly string[]> =>
  (await Promise.all(waiting)).map((answer) => answer.unwrapOr('busy'));

const options: BatcherOptions = {
  maxBatch: 100,
  maxQueued: 100,
  endOfTurn: () => Promise.resolve(),
};

/** A batcher whose batches end when the test says so. */
function held(changed: Partial<BatcherOptions> = {}) {
  const calls: Call[] = [];
  const batcher = new Batcher<string, string>(
    (items) =>
      new Promise((resolve, reject) => {
        const finish = (): void => resolve(items.map((item) => item.toUpperCase()));
        calls.push({ items, finish, fail: reject });
      }),
    { ...options, ...changed },
  );
  const call = (at: number): Call => {
    const made = calls[at];
    if (made === undefined) throw new Error(`there was no batch ${at}`);
    return made;
  };
  return { batcher, call, batches: () => calls.map(({ items }) => items.join('')) };
}

/** A batcher that processes at once, and whose batches fail as `judge` says. */
function judged(judge: (items: readonly string[], batch: number) => Error | null) {
  const batches: string[] = [];
  const batcher = new Batcher<string, string>(async (items) => {
    batches.push(items.join(''));
    const fault = judge(items, batches.length);
    if (fault !== null) throw fault;
    return items.map((item) => item.toUpperCase());
  }, options);
  const submitAll = async (items: string): Promise<string> =>
    (await Promise.allSettled(items.split('').map((item) => batcher.submit(item))))
      .map((outcome) => {
        if (outcome.status === 'rejected') return `[${(outcome.reason as Error).message}]`;
        return outcome.value.unwrapOr('busy');
      })
      .join('');
  return { batcher, batches, submitAll };
}

describe('Batcher', () => {
  it('answers every caller its own answer', async () => {
    const { submitAll } = judged(() => null);
    expect(await submitAll('abc')).toBe('ABC');
  });

  it('makes a lone item wait for nobody', async () => {
    const { batcher, batches } = held();
    const waiting = batcher.submit('a');
    await quiet();
    expect(batches()).toEqual(['a']);
    expect(await Promise.race([waiting, Promise.resolve('still waiting')])).toBe('still waiting');
  });

  it('puts what arrives in one turn into one batch', async () => {
    const { batcher, batches, call } = held();
    const waiting = ['a', 'b', 'c'].map((item) => batcher.submit(item));
    await quiet();
    expect(batches()).toEqual(['abc']);
    call(0).finish();
    expect(await told(waiting)).toEqual(['A', 'B', 'C']);
  });

  it('gathers while a batch is being processed, and keeps the order of arrival', async () => {
    const { batcher, batches, call } = held();
    const answered: string[] = [];
    const submit = (item: string) => batcher.submit(item).then(() => answered.push(item));
    const waiting = [submit('a')];
    await quiet();
    for (const item of ['b', 'c']) {
      waiting.push(submit(item));
      await quiet();
    }
    waiting.push(submit('d'));
    expect(batches()).toEqual(['a']);
    call(0).finish();
    await quiet();
    expect(batches()).toEqual(['a', 'bcd']);
    call(1).finish();
    await Promise.all(waiting);
    expect(answered).toEqual(['a', 'b', 'c', 'd']);
  });

  it('waits for the end of the turn before every batch', async () => {
    const turns: (() => void)[] = [];
    const endOfTurn = (): Promise<void> =>
      new Promise((resolve) => {
        turns.push(resolve);
      });
    const { batcher, batches, call } = held({ endOfTurn });
    const waiting = [batcher.submit('a')];
    await quiet();
    waiting.push(batcher.submit('b'));
    expect(batches()).toEqual([]);
    turns[0]?.();
    await quiet();
    expect(batches()).toEqual(['ab']);
    waiting.push(batcher.submit('c'));
    call(0).finish();
    await quiet();
    expect(batches()).toEqual(['ab']);
    turns[1]?.();
    await quiet();
    expect(batches()).toEqual(['ab', 'c']);
    call(1).finish();
    expect(await told(waiting)).toEqual(['A', 'B', 'C']);
  });

  it('puts no more than maxBatch items into a batch', async () => {
    const { batcher, batches, call } = held({ maxBatch: 2 });
    const waiting = ['a', 'b', 'c', 'd', 'e'].map((item) => batcher.submit(item));
    for (const batch of [0, 1, 2]) {
      await quiet();
      call(batch).finish();
    }
    expect(await told(waiting)).toEqual(['A', 'B', 'C', 'D', 'E']);
    expect(batches()).toEqual(['ab', 'cd', 'e']);
  });

  it('works again after it had nothing to do', async () => {
    const { submitAll, batches } = judged(() => null);
    await submitAll('a');
    await quiet();
    expect(await submitAll('b')).toBe('B');
    expect(batches).toEqual(['a', 'b']);
  });

  it('counts what it has done', async () => {
    const { batcher, call } = held({ maxBatch: 2 });
    const waiting = ['a', 'b', 'c'].map((item) => batcher.submit(item));
    await quiet();
    const one = { queued: 1, batches: 1, items: 0, refused: 0, retries: 0, splits: 0 };
    expect(batcher.counts()).toMatchObject(one);
    call(0).finish();
    await quiet();
    call(1).finish();
    expect(await told(waiting)).toEqual(['A', 'B', 'C']);
    expect(batcher.counts()).toMatchObject({ ...one, queued: 0, batches: 2, items: 3 });
  });

  it('measures how many share a batch, how long they wait and how long it takes', async () => {
    const watch = { ms: 1_000 };
    const { batcher, call } = held({ maxBatch: 2, stopwatch: () => watch.ms });
    const waiting = ['a', 'b', 'c'].map((item) => batcher.submit(item));
    await quiet();
    watch.ms += 30;
    call(0).finish();
    await quiet();
    watch.ms += 4;
    call(1).finish();
    await told(waiting);
    await quiet();
    const { batchSize, waitMs, workMs } = batcher.counts();
    expect(batchSize).toMatchObject({ count: 2, sum: 3, max: 2 });
    expect(waitMs).toMatchObject({ count: 3, sum: 30, max: 30 });
    expect(workMs).toMatchObject({ count: 2, sum: 34, max: 30 });
  });

  it('lets owners take turns where not all fit into a batch', async () => {
    const { batcher, batches, call } = held({ maxBatch: 2 });
    const submit = (item: string) => batcher.submit(item, { owner: item[0], begins: false });
    const waiting = ['a1', 'a2', 'a3', 'b1'].map(submit);
    await quiet();
    waiting.push(submit('c1'));
    for (const at of [0, 1, 2]) {
      call(at).finish();
      await quiet();
    }
    expect(await told(waiting)).toEqual(['A1', 'A2', 'A3', 'B1', 'C1']);
    expect(batches()).toEqual(['a1b1', 'a2c1', 'a3']);
  });

  describe('with a full queue', () => {
    it('refuses who has too many items waiting, and nobody else', async () => {
      const { batcher, call } = held({ maxQueued: 10, maxQueuedEach: 2 });
      const submit = (owner: string | null) => batcher.submit('x', { owner, begins: false });
      const waiting = [submit('a')];
      await quiet();
      for (const owner of ['a', 'a', 'a', 'b', null, null, null]) waiting.push(submit(owner));
      call(0).finish();
      await quiet();
      call(1).finish();
      const answers = await told(waiting);
      expect(answers).toEqual(['X', 'X', 'X', 'busy', 'X', 'X', 'X', 'X']);
      expect(batcher.counts().refused).toBe(1);
    });

    it('refuses what begins something while others had to wait for too long, and takes it again', async () => {
      const watch = { ms: 0 };
      const stopwatch = () => watch.ms;
      const { batcher, call } = held({ maxBatch: 1, maxQueued: 100, maxWaitMs: 50, stopwatch });
      const waiting = ['a', 'b', 'c', 'd', 'e'].map((item) => batcher.submit(item));
      await quiet();
      expect(batcher.isBusy(true)).toBe(false);
      watch.ms = 51;
      call(0).finish();
      await quiet();
      // b had waited for 51 ms, and three are left.
      expect([batcher.isBusy(true), batcher.isBusy(false)]).toEqual([true, false]);
      call(1).finish();
      await quiet();
      // No more than two batches are left.
      expect(batcher.isBusy(true)).toBe(false);
      for (const at of [2, 3, 4]) {
        call(at).finish();
        await quiet();
      }
      expect(await told(waiting)).toEqual(['A', 'B', 'C', 'D', 'E']);
    });

    it('refuses what begins something while there is still room for what finishes it', async () => {
      const { batcher, call } = held({ maxQueued: 4 });
      const submit = (begins: boolean) => batcher.submit('x', { owner: null, begins });
      const waiting = [submit(true)];
      await quiet();
      for (const begins of [true, true, true, true, false, false]) waiting.push(submit(begins));
      expect([batcher.isBusy(true), batcher.isBusy(false)]).toEqual([true, true]);
      call(0).finish();
      await quiet();
      expect([batcher.isBusy(true), batcher.isBusy(false)]).toEqual([false, false]);
      call(1).finish();
      expect(await told(waiting)).toEqual(['X', 'X', 'X', 'X', 'busy', 'X', 'busy']);
    });

    it('refuses one more at once, and takes one again when there is room', async () => {
      const { batcher, call, batches } = held({ maxQueued: 2 });
      const waiting = [batcher.submit('a')];
      await quiet();
      waiting.push(batcher.submit('b'), batcher.submit('c'));
      const refused = await batcher.submit('d');
      expect(refused._unsafeUnwrapErr()).toEqual({ code: 'SERVICE_BUSY' });
      call(0).finish();
      await quiet();
      waiting.push(batcher.submit('e'));
      call(1).finish();
      await quiet();
      call(2).finish();
      expect(await told(waiting)).toEqual(['A', 'B', 'C', 'E']);
      expect(batches()).toEqual(['a', 'bc', 'e']);
    });
  });

  describe('when closed', () => {
    it('does everything that was accepted, and takes nothing more', async () => {
      const { batcher, call, batches } = held({ maxBatch: 1 });
      const waiting = [batcher.submit('a'), batcher.submit('b')];
      await quiet();
      let isClosed = false;
      const closing = batcher.close().then(() => {
        isClosed = true;
      });
      const late = await batcher.submit('c');
      expect(late._unsafeUnwrapErr()).toEqual({ code: 'SERVICE_BUSY' });
      call(0).finish();
      await quiet();
      expect(isClosed).toBe(false);
      call(1).finish();
      await closing;
      expect(await told(waiting)).toEqual(['A', 'B']);
      expect(batches()).toEqual(['a', 'b']);
    });

    it('is closed at once when it has nothing to do', async () => {
      const { batcher } = held();
      await batcher.close();
      expect((await batcher.submit('a')).isErr()).toBe(true);
    });
  });
});

describe('Batcher, when a batch fails', () => {
  const poison = (items: readonly string[]): Error | null =>
    items.includes('x') ? new Error('poison') : null;

  it('tries it again as a whole, and tells nobody if that helps', async () => {
    const { submitAll, batches, batcher } = judged((_items, batch) =>
      batch === 1 ? new Error('a hiccup') : null,
    );
    expect(await submitAll('abcd')).toBe('ABCD');
    expect(batches).toEqual(['abcd', 'abcd']);
    expect(batcher.counts()).toMatchObject({ batches: 2, items: 4, retries: 1, splits: 0 });
  });

  it('splits it if trying again does not help, so that only the item at fault fails', async () => {
    const { submitAll, batches, batcher } = judged(poison);
    expect(await submitAll('abcxefg')).toBe('ABC[poison]EFG');
    expect(batches).toEqual(['abcxefg', 'abcxefg', 'abcx', 'ab', 'cx', 'c', 'x', 'efg']);
    expect(batcher.counts()).toMatchObject({ batches: 8, items: 6, retries: 1, splits: 3 });
  });

  it('finds several items at fault, each with its own fault', async () => {
    const { submitAll } = judged((items) => {
      const culprit = items.find((item) => '!?'.includes(item));
      return culprit === undefined ? null : new Error(culprit);
    });
    expect(await submitAll('a!b?c')).toBe('A[!]B[?]C');
  });

  it('gives a lone item one more try, and then its fault', async () => {
    const { submitAll, batches } = judged(poison);
    expect(await submitAll('x')).toBe('[poison]');
    expect(batches).toEqual(['x', 'x']);
  });

  it('goes on with the next batch', async () => {
    const { submitAll } = judged(poison);
    await submitAll('x');
    expect(await submitAll('a')).toBe('A');
  });

  it.each([
    ['DependencyUnavailable', new DependencyUnavailable('the database is away')],
    ['CommitOutcomeUnknown', new CommitOutcomeUnknown('who knows')],
  ])('never tries again after %s, and tells everybody at once', async (_name, fault) => {
    const { submitAll, batches, batcher } = judged((_items, batch) => (batch === 1 ? fault : null));
    expect(await submitAll('abc')).toBe(`[${fault.message}]`.repeat(3));
    expect(batches).toEqual(['abc']);
    expect(batcher.counts()).toMatchObject({ batches: 1, items: 0, retries: 0, splits: 0 });
    expect(await submitAll('d')).toBe('D');
  });

  it('stops trying when a second try ends in CommitOutcomeUnknown', async () => {
    const { submitAll, batches } = judged((_items, batch) =>
      batch === 1 ? new Error('a hiccup') : new CommitOutcomeUnknown('who knows'),
    );
    expect(await submitAll('ab')).toBe('[who knows][who knows]');
    expect(batches).toEqual(['ab', 'ab']);
  });

  it('tells only the half whose outcome is unknown, and does the other half', async () => {
    const { submitAll, batches } = judged((items) => {
      if (items.length === 4) return new Error('too much');
      return items.includes('a') ? new CommitOutcomeUnknown('who knows') : null;
    });
    expect(await submitAll('abcd')).toBe('[who knows][who knows]CD');
    expect(batches).toEqual(['abcd', 'abcd', 'ab', 'cd']);
  });

  describe('that is traced', () => {
    /** A tracer that says what it was told, and follows what `current` names. */
    function aTracer() {
      const traced: (readonly unknown[])[] = [];
      let current: string | undefined;
      const tracer: BatchTracer = {
        follow: () => current,
        run: (name, followed, size, work) => {
          traced.push([name, followed, size]);
          return work();
        },
      };
      return { tracer, traced, follow: (name: string | undefined) => (current = name) };
    }

    it('hands over what was followed when each item came, and no more', async () => {
      const { tracer, traced, follow } = aTracer();
      const { batcher, call } = held({ tracer, name: 'orders' });
      const answers = ['one', undefined, 'three'].map((name, at) => {
        follow(name);
        return batcher.submit(String(at));
      });
      follow('somebody else');
      await quiet();
      call(0).finish();
      await told(answers);
      expect(traced).toEqual([['orders', ['one', 'three'], 3]]);
    });

    it('is traced again for what is run again', async () => {
      const { tracer, traced, follow } = aTracer();
      const { batcher, call } = held({ tracer });
      follow('one');
      const answer = batcher.submit('a');
      await quiet();
      call(0).fail(new Error('once'));
      await quiet();
      call(1).finish();
      expect(await told([answer])).toEqual(['A']);
      expect(traced).toEqual([
        ['batch', ['one'], 1],
        ['batch', ['one'], 1],
      ]);
    });
  });
});
