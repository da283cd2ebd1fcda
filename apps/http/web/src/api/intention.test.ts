import { describe, expect, it } from '@jest/globals';
import { type Answer, answered, refused } from './answer.js';
import { Intention, type Memory, type Pending } from './intention.js';

const MOUSE = { productId: 101, quantity: 1 };
const KEYBOARD = { productId: 102, quantity: 1 };
const HOUR = 3_600_000;
type Line = typeof MOUSE;
type Outcome = Answer<string, { readonly code: string; readonly mayBeDone?: boolean }>;

/** Keys that can be told apart, and what was sent with them. */
function customer(memory?: Memory, now = () => 0) {
  let made = 0;
  const intention = new Intention<Line>(() => `key-${(made += 1)}`, memory, now);
  const sent: Pending<Line>[] = [];
  const pursue = (line: Line, outcome: Outcome | Promise<Outcome>) =>
    intention.pursue(line, async (pending) => {
      sent.push(pending);
      return await outcome;
    });
  return { intention, pursue, keys: () => sent.map(({ key }) => key) };
}

/** What a tab keeps over a reload. */
function tab(): Memory {
  let kept: string | null = null;
  return { read: () => kept, write: (text) => (kept = text) };
}

describe('An intention', () => {
  it('is sent once by a double click, and both clicks get the answer', async () => {
    const { pursue, keys } = customer();
    let settle = (_: Outcome) => {};
    const outcome = new Promise<Outcome>((resolve) => (settle = resolve));
    const clicks = [pursue(MOUSE, outcome), pursue(MOUSE, outcome)];
    settle(answered('placed'));
    expect(await Promise.all(clicks)).toEqual([answered('placed'), answered('placed')]);
    expect(keys()).toEqual(['key-1']);
  });

  it.each(['OUT_OF_STOCK', 'INSUFFICIENT_BALANCE', 'IDEMPOTENCY_KEY_REUSED'])(
    'has another key after %s: its outcome is known',
    async (code) => {
      const { pursue, keys } = customer();
      await pursue(MOUSE, refused({ code }));
      await pursue(MOUSE, answered('placed'));
      await pursue(MOUSE, answered('placed'));
      expect(keys()).toEqual(['key-1', 'key-2', 'key-3']);
    },
  );

  it.each(['GIVEN_UP', 'UNREADABLE_ANSWER', 'UNAUTHENTICATED', 'INTERNAL_ERROR'])(
    'keeps its key after %s: nobody knows the outcome, or it is still wanted',
    async (code) => {
      const { intention, pursue, keys } = customer();
      await pursue(MOUSE, refused({ code }));
      expect(intention.unsettled).toMatchObject({ key: 'key-1', request: MOUSE });
      await pursue(MOUSE, answered('placed'));
      expect(keys()).toEqual(['key-1', 'key-1']);
      expect(intention.unsettled).toBeNull();
    },
  );

  it('has no doubt left where it was given up before anything could be done', async () => {
    const { intention, pursue, keys } = customer();
    await pursue(MOUSE, refused({ code: 'GIVEN_UP', mayBeDone: false }));
    expect(intention.unsettled).toBeNull();
    await pursue(MOUSE, refused({ code: 'GIVEN_UP', mayBeDone: true }));
    await pursue(MOUSE, refused({ code: 'GIVEN_UP', mayBeDone: false }));
    // The second time nothing was done; the first time something may have been.
    expect(intention.unsettled).toMatchObject({ key: 'key-2' });
    expect(keys()).toEqual(['key-1', 'key-2', 'key-2']);
  });

  it('is outdated before the shop forgets its answer, a day after its key was made, and has another key then', async () => {
    let now = 0;
    const memory = tab();
    const { pursue, keys } = customer(memory, () => now);
    await pursue(MOUSE, refused({ code: 'GIVEN_UP' }));
    now = 23 * HOUR;
    await pursue(MOUSE, refused({ code: 'GIVEN_UP' }));
    const reloaded = () =>
      new Intention<Line>(
        () => 'another',
        memory,
        () => now,
      ).unsettled;
    expect(reloaded()).toEqual({ key: 'key-1', request: MOUSE, since: 0, isOutdated: false });
    now = 24 * HOUR - 1;
    expect(reloaded()).toMatchObject({ key: 'key-1', isOutdated: true });
    await pursue(MOUSE, answered('placed'));
    expect(keys()).toEqual(['key-1', 'key-1', 'key-2']);
  });

  it('is outdated where it was kept without a time', () => {
    const text = JSON.stringify({ key: 'a', request: MOUSE });
    const kept = new Intention<Line>(() => 'key', { read: () => text, write: () => {} });
    expect(kept.unsettled).toMatchObject({ key: 'a', isOutdated: true });
  });

  it('has another key for another request', async () => {
    const { pursue, keys } = customer();
    await pursue(MOUSE, refused({ code: 'GIVEN_UP' }));
    await pursue(KEYBOARD, answered('placed'));
    expect(keys()).toEqual(['key-1', 'key-2']);
  });

  it('is found again after a reload in the middle, with its key, and not after its end', async () => {
    const memory = tab();
    // The first page is gone before it hears anything.
    const never = new Promise<Outcome>(() => {});
    const gone = customer(memory);
    gone.pursue(MOUSE, never).catch(() => {});
    const reloaded = new Intention<Line>(
      () => 'another',
      memory,
      () => 0,
    );
    expect(reloaded.unsettled).toMatchObject({ key: 'key-1', request: MOUSE });
    await reloaded.pursue(MOUSE, async ({ key }) => answered(key));
    expect(
      new Intention<Line>(
        () => 'another',
        memory,
        () => 0,
      ).unsettled,
    ).toBeNull();
  });

  it('can be forgotten', async () => {
    const { intention, pursue, keys } = customer();
    await pursue(MOUSE, refused({ code: 'GIVEN_UP' }));
    intention.forget();
    await pursue(MOUSE, answered('placed'));
    expect(keys()).toEqual(['key-1', 'key-2']);
  });

  it.each(['{', 'null', '{"key": 1}', '{"key": "a"}'])('is not made of %s', (text) => {
    expect(new Intention(() => 'key', { read: () => text, write: () => {} }).unsettled).toBeNull();
  });

  it('keeps its key when the sending throws', async () => {
    const { intention, pursue } = customer();
    await expect(pursue(MOUSE, Promise.reject(new Error('a fault')))).rejects.toThrow('a fault');
    expect(intention.unsettled).toMatchObject({ key: 'key-1', request: MOUSE });
  });
});
